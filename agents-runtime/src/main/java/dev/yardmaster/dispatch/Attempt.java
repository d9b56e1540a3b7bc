package dev.yardmaster.dispatch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.worktree.Change;
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
 * @param change what was done in a worktree of its own; empty where there was none
 */
public record Attempt(
        int round,
        String subtask,
        Optional<String> agent,
        Status status,
        String text,
        List<String> open,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Change> change) {

    /** How an attempt ended. */
    public enum Status {
        DONE,
        /** The agent was stopped before it was done. */
        FAILED,
        /** Nobody tried, because what it needs was not done. */
        SKIPPED,
        /** It was done in a worktree, and does not go together with what is in the workspace. */
        CONFLICT
    }

    public Attempt {
        open = List.copyOf(open);
        change = change == null ? Optional.empty() : change; // earlier versions had none
    }

    /** One without a worktree. */
    public Attempt(int round, String subtask, Optional<String> agent, Status status, String text, List<String> open) {
        this(round, subtask, agent, status, text, open, Optional.empty());
    }

    Attempt leaving(Change left) {
        return new Attempt(round, subtask, agent, status, text, open, Optional.of(left));
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
