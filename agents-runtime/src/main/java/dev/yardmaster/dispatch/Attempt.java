package dev.yardmaster.dispatch;

import java.util.List;
import java.util.Optional;

/**
 * What came of a subtask when one agent tried it.
 *
 * @param round of the plan it was tried for
 * @param subtask its id
 * @param agent who tried; empty when nobody did
 * @param status how it ended
 * @param text what the agent said last, or why it failed or was skipped
 * @param open the acceptance that the agent could not show; it counts as done nevertheless
 */
public record Attempt(
        int round, String subtask, Optional<String> agent, Status status, String text, List<String> open) {

    /** How an attempt ended. */
    public enum Status {
        DONE,
        /** The agent was stopped before it was done. */
        FAILED,
        /** Nobody tried, because what it needs was not done. */
        SKIPPED
    }

    public Attempt {
        open = List.copyOf(open);
    }

    boolean isDone() {
        return status == Status.DONE;
    }

    /** The last attempt at a subtask. */
    static Optional<Attempt> last(List<Attempt> attempts, String subtask) {
        return attempts.stream()
                .filter(attempt -> attempt.subtask().equals(subtask))
                .reduce((first, second) -> second);
    }
}
