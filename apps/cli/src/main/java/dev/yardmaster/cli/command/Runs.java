package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.Report;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.OrchestratorClosedException;
import dev.yardmaster.run.Responder;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
                .redact(recording.secrets())
                .suspendAfter(recording.patience())
                .build();
    }

    /**
     * Runs a graph until it ends, waits for a person who is not here, or is interrupted by Ctrl-C: then nothing is
     * recorded of that, and it can be resumed as after any other death of its process. Blocks.
     *
     * @param tell tells what came of it; the process does not end before it has
     */
    <T> T run(Graph graph, Telling<T> tell) throws InterruptedException {
        Run run = recording.opening().open(orchestrator, graph);
        var entries = Collections.synchronizedList(new ArrayList<RunEvent.Recorded>());
        run.listen(0, event -> {
            if (event instanceof RunEvent.Recorded recorded) {
                entries.add(recorded);
            }
        });
        var interrupt = new Interrupt(orchestrator::close);
        try {
            return tell.of(report(run, entries));
        } finally {
            interrupt.told();
        }
    }

    private static Report report(Run run, List<RunEvent.Recorded> entries) throws InterruptedException {
        try {
            return Report.of(run.await());
        } catch (OrchestratorClosedException e) {
            return Report.interrupted(RunView.of(run.id(), List.copyOf(entries)));
        }
    }

    /** Tells what came of a run. */
    @FunctionalInterface
    interface Telling<T> {
        T of(Report report);
    }

    @Override
    public void close() {
        orchestrator.close();
    }
}
