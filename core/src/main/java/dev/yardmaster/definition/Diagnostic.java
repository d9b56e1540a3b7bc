package dev.yardmaster.definition;

/**
 * Something worth telling about an agent file.
 *
 * @param file the file it is about
 * @param line from 1
 * @param column from 1
 * @param severity whether the file is refused, read with a doubt, or merely odd
 * @param code a stable name for programs, such as {@code yaml-tolerated} or {@code tools-unreadable}
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Diagnostic(
        String file, int line, int column, Severity severity, String code, String message, String remedy) {

    /** How much a diagnostic matters. */
    public enum Severity {
        /** The file is not used. */
        ERROR,
        /** The file is used, and may not mean what its author thought. */
        WARNING,
        /** The file is used; something in it has no effect. */
        HINT
    }

    /** {@code agents/a.md:3:1: warning[yaml-tolerated]: … ; …} */
    @Override
    public String toString() {
        return "%s:%d:%d: %s[%s]: %s; %s"
                .formatted(
                        file, line, column, severity.name().toLowerCase(java.util.Locale.ROOT), code, message, remedy);
    }
}
