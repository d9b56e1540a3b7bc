package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.Happenings;
import dev.yardmaster.cli.output.ProgressView;
import dev.yardmaster.cli.output.Report;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.run.Responder;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A task that is dispatched and worked on, and watched.
 *
 * @param agent who is to have it; routed when empty
 * @param recording where it is recorded, and how it begins
 */
record Job(Session session, Optional<String> agent, Recording recording) {

    /** Tells what came of the job, and gives the command's exit code. */
    @FunctionalInterface
    interface Telling {
        int of(Report report, List<FileChange> changes);
    }

    /** Does it with progress on the screen. Blocks. */
    int run(Screen screen, Responder responder, Telling telling) throws InterruptedException {
        var happenings = new Happenings();
        try (var progress = new ProgressView(screen, session.workspace().root())) {
            return run(event -> happenings.read(event).ifPresent(progress), responder, (report, changes) -> {
                progress.stop();
                return telling.of(report, changes);
            });
        }
    }

    /** Does it. Blocks. @param listener is told what happens, in order */
    int run(Consumer<RunEvent> listener, Responder responder, Telling telling) throws InterruptedException {
        var dispatcher = session.dispatcher();
        Graph graph = agent.map(dispatcher::graph).orElseGet(dispatcher::graph);
        Snapshot before = Snapshot.of(session.workspace());
        try (var runs = new Runs(recording, new InTurn(listener), responder)) {
            return runs.run(graph, report -> telling.of(report, before.changes()));
        }
    }

    /** One event after the other: passing ones come on the threads of their tools. */
    static final class InTurn implements Consumer<RunEvent> {

        private final Consumer<RunEvent> listener;

        InTurn(Consumer<RunEvent> listener) {
            this.listener = listener;
        }

        @Override
        public synchronized void accept(RunEvent event) {
            listener.accept(event);
        }
    }

    /** What a command ends with after this report. */
    static int exit(Report report) {
        return switch (report.ending()) {
            case DONE -> Exit.DONE;
            case NOT_DONE, FAILED -> Exit.FAILED;
            case SUSPENDED -> Exit.SUSPENDED;
            case PARKED -> Exit.PARKED;
            case CANCELLED, INTERRUPTED -> Exit.CANCELLED;
        };
    }
}
