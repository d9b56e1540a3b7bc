package dev.yardmaster.cli.settings;

/**
 * Something that was set, and where: {@code --model}, {@code YARDMASTER_MODEL}, {@code yardmaster.yml:3}.
 *
 * @param value what was set
 * @param source where, for people
 */
public record Sourced<T>(T value, String source) {

    /** Whether it stands in a settings file, and not on the command line or in the environment. */
    public boolean isFromFile() {
        return source.contains(":");
    }
}
