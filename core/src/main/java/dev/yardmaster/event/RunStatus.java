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
        if (fact instanceof Fact.RunAdmitted || fact instanceof Fact.RunResumed) {
            return Optional.of(RUNNING);
        }
        if (fact instanceof Fact.RunSuspended) {
            return Optional.of(SUSPENDED);
        }
        if (fact instanceof Fact.RunCompleted) {
            return Optional.of(COMPLETED);
        }
        if (fact instanceof Fact.RunFailed) {
            return Optional.of(FAILED);
        }
        return fact instanceof Fact.RunCancelled ? Optional.of(CANCELLED) : Optional.empty();
    }
}
