package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;
import java.util.Arrays;
import java.util.Optional;

/** A limit that a command came to. */
public enum LimitReached {
    /** Of all memory it used. */
    MEMORY,
    /** Of what has to stay free on a disk. */
    DISK,
    /** Of one file. */
    FILE;

    /** How a shell tells of a process that was ended by SIGXFSZ. */
    private static final int TOO_LARGE = 128 + 25;

    /** @param word as it is written beside how a command ended */
    static Optional<LimitReached> find(String word) {
        return Arrays.stream(values())
                .filter(each -> each.name().equals(word.strip()))
                .findFirst();
    }

    static Optional<LimitReached> byExitCode(int code) {
        return code == TOO_LARGE ? Optional.of(FILE) : Optional.empty();
    }

    /** What happened, for whoever asked for the command. */
    public String text(CommandLimits limits) {
        return switch (this) {
            case MEMORY ->
                "a process of it was ended: it used more than " + CommandLimits.text(limits.memory())
                        + " of memory, the most that a command gets";
            case DISK ->
                "it was stopped: it left less free on the disk than has to stay free, "
                        + CommandLimits.text(limits.free())
                        + " or half of what there was; what it wrote is still there";
            case FILE ->
                "a process of it was ended: a file was to become larger than " + CommandLimits.text(limits.file())
                        + ", the most that a command gets";
        };
    }
}
