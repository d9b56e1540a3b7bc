package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import java.util.List;
import java.util.Optional;

/** Starts, answers and cancels runs. Thread-safe; one serves a whole application. */
public interface Orchestrator extends AutoCloseable {

    static OrchestratorBuilder builder() {
        return new OrchestratorBuilder();
    }

    /** An orchestrator with a journal in memory and no listener. */
    static Orchestrator inMemory() {
        return builder().build();
    }

    /** Starts a run with default options; see {@link #start(Graph, State, RunOptions)}. */
    default Run start(Graph graph, State input) {
        return start(graph, input, RunOptions.defaults());
    }

    /**
     * Starts a run on virtual threads and returns at once; its admission is durable by then.
     *
     * @throws dev.yardmaster.graph.UndeclaredChannelException when the input writes channels the graph does not declare
     */
    Run start(Graph graph, State input, RunOptions options);

    /** A run that was started here. */
    Optional<Run> find(RunId run);

    /**
     * Answers a question of a run that is live here; it goes on at once.
     *
     * @throws AnswerRefusedException when no such question is open, or the choice is none of its choices
     * @throws dev.yardmaster.journal.UnknownRunException when the run is not live here
     */
    void answer(RunId run, Answer answer);

    /**
     * Interrupts everything in a run; returns at once, the run ends when its nodes have stopped. Does nothing to a run
     * that has ended.
     *
     * @throws dev.yardmaster.journal.UnknownRunException when the run is not live here
     */
    void cancel(RunId run, String reason);

    /** All runs in the journal, oldest first. */
    List<RunView> runs();

    /** Interrupts what is going on, without recording a failure, and waits until it has stopped. Closes the journal. */
    @Override
    void close();
}
