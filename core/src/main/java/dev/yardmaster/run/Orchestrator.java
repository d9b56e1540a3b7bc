package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import java.util.List;
import java.util.Map;
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
     * Starts a run on virtual threads and returns at once; its admission is durable by then. With an id that a run has
     * already, that run is returned: as it ended, or resumed. Its input has to be the same; secrets that are taken out
     * ({@link OrchestratorBuilder#redact}) do not count, since no run uses them, nor do labels and limits.
     *
     * @throws RunIdTakenException when that run is another graph's, or was given another input; nothing is done then
     * @throws OrchestratorClosedException when it is closed, as all that begin or change something do
     * @throws dev.yardmaster.graph.UndeclaredChannelException when the input writes channels the graph does not declare
     */
    Run start(Graph graph, State input, RunOptions options);

    /**
     * Goes on with a run that is suspended, was interrupted, or failed; a failed one tries again what failed. What is
     * recorded as completed never runs again, and what had begun goes on over its recorded steps. A run that is going on
     * here is returned as it is.
     *
     * @param graph the one it was started with
     * @throws dev.yardmaster.journal.UnknownRunException when there is no such run
     * @throws dev.yardmaster.journal.RunOwnedException when another process goes on with it
     * @throws RunEndedException when it is completed or cancelled
     * @throws GraphChangedException when the graph is another, and that is not allowed by the options
     */
    Run resume(RunId run, Graph graph, ResumeOptions options);

    /** Goes on with a run with default options; see {@link #resume(RunId, Graph, ResumeOptions)}. */
    default Run resume(RunId run, Graph graph) {
        return resume(run, graph, ResumeOptions.defaults());
    }

    /**
     * Starts a run that begins as a copy of another up to and including an entry, and goes on from there by itself.
     *
     * @param graph the same, or one that differs only in what has not been recorded by then
     * @throws dev.yardmaster.journal.UnknownRunException when there is no such run
     */
    default Run fork(RunId run, long atOffset, Graph graph) {
        return fork(run, atOffset, graph, Map.of());
    }

    /** Forks a run; see {@link #fork(RunId, long, Graph)}. @param labels are added to the first run's, or replace them */
    Run fork(RunId run, long atOffset, Graph graph, Map<String, String> labels);

    /**
     * Takes over the runs whose owner is gone and that can go on: those that were running, and suspended ones whose answer
     * or time has come. Their graphs are found by name among {@link OrchestratorBuilder#graphs}; an application calls this when
     * it starts, and from time to time. A run whose process dies again and again before anything in it is finished is
     * suspended as needing attention.
     */
    List<Run> recover();

    /** A run that was started or resumed here: one that goes on or waits, or one of the last 10,000 that ended. */
    Optional<Run> find(RunId run);

    /**
     * Answers a question. A run that is live here goes on at once, one of another process within a second, any other when
     * it is resumed.
     *
     * @throws AnswerRefusedException when no such question is open, it was answered already, or the choice is none of
     *     its choices
     * @throws dev.yardmaster.journal.UnknownRunException when there is no such run
     */
    void answer(RunId run, Answer answer);

    /**
     * Interrupts everything in a run; returns at once, the run ends when its nodes have stopped, in another process within
     * a second. Does nothing to a run that has ended.
     *
     * @throws dev.yardmaster.journal.UnknownRunException when there is no such run
     */
    void cancel(RunId run, String reason);

    /**
     * All runs in the journal, oldest first. Reads the entries of every one of them: an application with many asks its journal
     * ({@link dev.yardmaster.journal.Journal#runs}) for those of a status, a graph or a label, which reads none.
     */
    List<RunView> runs();

    /** Interrupts what is going on, without recording a failure, and waits until it has stopped. Closes the journal. */
    @Override
    void close();
}
