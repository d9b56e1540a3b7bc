package dev.yardmaster.run;

import dev.yardmaster.event.RunId;

/** One execution of a graph. Thread-safe. */
public interface Run {

    RunId id();

    /**
     * Waits until the run has ended or can only go on with a person's answer; asked again after an answer, it waits
     * again.
     *
     * @throws OrchestratorClosedException when its orchestrator is closed before that
     */
    Outcome await() throws InterruptedException;

    /** What its journal says now. */
    RunView view();
}
