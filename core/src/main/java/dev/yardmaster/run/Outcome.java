package dev.yardmaster.run;

import dev.yardmaster.graph.State;

/** How a run ended, or why it waits. Closed for good: what may grow is {@link RunView}. */
public sealed interface Outcome {

    RunView view();

    /**
     * The final state, for a caller who can do nothing with any other outcome.
     *
     * @throws NotCompletedException when the run failed, waits or was cancelled; says why
     */
    default State orElseThrow() {
        return switch (this) {
            case Completed done -> done.state();
            case Suspended waiting -> throw NotCompletedException.of(waiting);
            case Failed failed -> throw NotCompletedException.of(failed);
            case Cancelled cancelled -> throw new NotCompletedException(cancelled, "was cancelled");
        };
    }

    /** It reached its end. @param state what all paths wrote, merged */
    record Completed(State state, RunView view) implements Outcome {}

    /**
     * Everything in it waits: for a person, {@link RunView#questions} says for what, or for a time,
     * {@link RunView#waitsUntil}. At that time it goes on by itself if its orchestrator is still open.
     */
    record Suspended(RunView view) implements Outcome {}

    /** A node failed, and what did not depend on it is finished; {@link RunView#failures} says what failed. */
    record Failed(RunView view) implements Outcome {}

    /** Somebody cancelled it. */
    record Cancelled(RunView view) implements Outcome {}
}
