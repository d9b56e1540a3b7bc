package dev.yardmaster.replay;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.run.RunFile;
import dev.yardmaster.run.RunView;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A recorded run, to be run again as it was: every step (a model's reply, a tool's call, any lambda's) gives what it gave
 * then, and every question is answered as it was. So no model is asked, no tool called and nothing waited for, and it
 * takes milliseconds. What follows from code and agents' files is made anew: prompts, the tools that are offered, routes,
 * which nodes run on what, and what they write. The first place at which that is another than was recorded is told.
 *
 * <p>What a node does outside of its steps it does again. Permissions are taken as they were decided. Immutable and
 * thread-safe.
 */
public final class Replay {

    private final RunView recorded;
    private final UnaryOperator<String> secrets;

    private Replay(RunView recorded, UnaryOperator<String> secrets) {
        this.recorded = recorded;
        this.secrets = secrets;
    }

    /** Of a run, however far it has come: what is compared ends where its record ends. */
    public static Replay of(RunView recorded) {
        return new Replay(recorded, UnaryOperator.identity());
    }

    /**
     * Of a run that was written to a file, as {@code yardmaster export} and {@link RunFile} do.
     *
     * @throws YardmasterException when it cannot be read; says where
     */
    public static Replay of(Path file) {
        return of(RunFile.read(file));
    }

    /** With what was given to {@code Orchestrator.builder().redact(…)} when it was recorded; nothing unless set. */
    public Replay redacting(UnaryOperator<String> taken) {
        return new Replay(recorded, taken);
    }

    /** The run. */
    public RunView recorded() {
        return recorded;
    }

    /**
     * Runs it again up to the first difference, on this thread, one node after the other.
     *
     * @param graph as it is now
     * @throws InterruptedException when the thread is interrupted
     */
    public Replayed through(Graph graph) throws InterruptedException {
        return new Pass(recorded, secrets).through(graph);
    }
}
