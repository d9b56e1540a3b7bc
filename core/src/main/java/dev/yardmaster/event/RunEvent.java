package dev.yardmaster.event;

import java.time.Instant;

/** What a listener of a run is told: everything that is recorded, in order, and passing things that are not. */
public sealed interface RunEvent {

    /**
     * An entry was appended to the run's journal.
     *
     * @param offset its place, from 0
     * @param at when
     */
    record Recorded(RunId run, long offset, Instant at, Entry entry) implements RunEvent {}

    /** Something worth showing and not worth storing: token deltas, progress. Other modules add their own. */
    non-sealed interface Live extends RunEvent {
        /** The execution it belongs to. */
        NodePath at();
    }
}
