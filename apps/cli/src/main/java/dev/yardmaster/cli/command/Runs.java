package dev.yardmaster.cli.command;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Responder;
import dev.yardmaster.run.Run;
import java.util.function.Consumer;

/** Runs graphs: the one place where the orchestrator and its journal are chosen. */
final class Runs implements AutoCloseable {

    private final Orchestrator orchestrator;

    /**
     * @param listener is told what happens, as it happens
     * @param responder answers what a run asks
     */
    Runs(Consumer<RunEvent> listener, Responder responder) {
        orchestrator =
                Orchestrator.builder().listener(listener).responder(responder).build();
    }

    /**
     * Runs a graph to its end; Ctrl-C cancels it. Blocks.
     *
     * @param tell tells what came of it; the process does not end before it has
     */
    <T> T run(Graph graph, State input, Telling<T> tell) throws InterruptedException {
        Run run = orchestrator.start(graph, input);
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
