package dev.yardmaster.run;

/** Where a run stands. */
public enum RunStatus {
    RUNNING,
    /** Everything in it waits for a person. */
    SUSPENDED,
    COMPLETED,
    FAILED,
    CANCELLED
}
