package dev.yardmaster.run;

import dev.yardmaster.event.Budget;
import java.time.Duration;
import java.util.Optional;

/**
 * How a run is to be resumed.
 *
 * @param changedAllowed whether the graph may be another than the run was started with, and steps may have other inputs
 *     than were recorded: recorded outputs are used all the same. False by default
 * @param deadline how long it may take from now on; by default what it was started with holds, counted from its start
 * @param failFast whether a failed node interrupts what runs beside it; by default that is left to finish
 * @param budget limits that hold from now on instead of those it was started with, what it has used before included; the
 *     others stay. None by default
 */
public record ResumeOptions(boolean changedAllowed, Optional<Duration> deadline, boolean failFast, Budget budget) {

    private static final ResumeOptions DEFAULTS = new ResumeOptions(false, Optional.empty(), false, Budget.unlimited());

    public static ResumeOptions defaults() {
        return DEFAULTS;
    }

    public ResumeOptions allowChanged() {
        return new ResumeOptions(true, deadline, failFast, budget);
    }

    public ResumeOptions withDeadline(Duration limit) {
        return new ResumeOptions(changedAllowed, Optional.of(limit), failFast, budget);
    }

    public ResumeOptions withFailFast() {
        return new ResumeOptions(changedAllowed, deadline, true, budget);
    }

    /** Replaces the limits that are in it. */
    public ResumeOptions withBudget(Budget larger) {
        return new ResumeOptions(changedAllowed, deadline, failFast, larger);
    }
}
