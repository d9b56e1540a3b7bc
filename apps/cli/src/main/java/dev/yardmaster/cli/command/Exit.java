package dev.yardmaster.cli.command;

/** Exit codes of the command. */
public final class Exit {

    public static final int DONE = 0;

    /** The work failed, or errors were found. */
    public static final int FAILED = 1;

    /** The command was called in a way that cannot work. */
    public static final int USAGE = 2;

    /** The run waits for a person. */
    public static final int SUSPENDED = 3;

    /** The run waits for a time; it can be resumed then. */
    public static final int PARKED = 4;

    /** The run was cancelled, or interrupted with Ctrl-C: 128 and the signal's number. */
    public static final int CANCELLED = 130;

    private Exit() {}
}
