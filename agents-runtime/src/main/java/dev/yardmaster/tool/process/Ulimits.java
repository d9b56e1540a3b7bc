package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;

/** The lines of a shell that limit whatever follows them. What cannot be limited is passed over without a word. */
final class Ulimits {

    /** Bytes that {@code sh} counts a file in, and {@code bash} unless it is called {@code sh}. */
    static final long SH = 512;

    static final long BASH = 1_024;

    private Ulimits() {}

    /** CommandLimits of each process by itself: no core dumps, no huge files. */
    static String ofEach(CommandLimits limits, long unit) {
        return "ulimit -c 0\n"
                + (limits.file() == CommandLimits.UNLIMITED
                        ? ""
                        : "ulimit -f " + Math.max(1, limits.file() / unit) + "\n");
    }

    /**
     * The same, and of all processes of a command that has a namespace of them. Their number is set in the one way that
     * holds for root, and in the one for others, which counts per namespace of users: see getrlimit(2).
     */
    static String of(CommandLimits limits, Owner user, long unit) {
        long most = limits.processes();
        String number = most == CommandLimits.UNLIMITED
                ? ""
                : user.limit(most) + "for option in -u -p; do ulimit $option " + most + " && break; done\n";
        return ofEach(limits, unit) + number;
    }
}
