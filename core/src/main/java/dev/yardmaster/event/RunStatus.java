package dev.yardmaster.event;

import java.util.Optional;

/** Where a run stands. */
public enum RunStatus {
    RUNNING,
    /** Everything in it waits: for a person, or for a time that is not near. */
    SUSPENDED,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether nothing more happens by itself; a failed run can still be tried again. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** Where a run stands once this is its newest fact; empty when the fact changes nothing about that. */
    public static Optional<RunStatus> after(Fact fact) {
        return switch (fact) {
            case Fact.RunAdmitted admitted -> Optional.of(RUNNING);
            case Fact.RunResumed resumed -> Optional.of(RUNNING);
            case Fact.RunSuspended suspended -> Optional.of(SUSPENDED);
            case Fact.RunCompleted completed -> Optional.of(COMPLETED);
            case Fact.RunFailed failed -> Optional.of(FAILED);
            case Fact.RunCancelled cancelled -> Optional.of(CANCELLED);
            default -> Optional.empty();
        };
    }
}
