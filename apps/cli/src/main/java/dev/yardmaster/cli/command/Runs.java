package dev.yardmaster.cli.command;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Responder;
import dev.yardmaster.run.Run;
import java.util.function.Consumer;

/** Runs graphs: the one place where the orchestrator and its journal are chosen. */
final class Runs implements AutoCloseable {

    private final Orchestrator orchestrator;

    private final Recording recording;

    /**
     * @param recording where runs are recorded
     * @param listener is told what happens, as it happens
     * @param responder answers what a run asks
     */
    Runs(Recording recording, Consumer<RunEvent> listener, Responder responder) {
        this.recording = recording;
        orchestrator = Orchestrator.builder()
                .journal(recording.journal())
                .listener(listener)
                .responder(responder)
                .build();
    }

    /**
     * Runs a graph until it ends, or waits for a person who is not here; Ctrl-C cancels it. Blocks.
     *
     * @param tell tells what came of it; the process does not end before it has
     */
    <T> T run(Graph graph, Telling<T> tell) throws InterruptedException {
        Run run = recording.opening().open(orchestrator, graph);
        var interrupt = new Interrupt(() -> orchestrator.cancel(run.id(), "Ctrl-C"));
        try {
            return tell.of(run.await());
        } finally {
            interrupt.told();
        }
    }

    /** Tells what came of a run. */
    @FunctionalInterface
    interface Telling<T> {
        T of(Outcome outcome);
    }

    @Override
    public void close() {
        orchestrator.close();
    }
}
