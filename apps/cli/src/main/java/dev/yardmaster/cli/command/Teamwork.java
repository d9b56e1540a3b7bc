package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.Happenings;
import dev.yardmaster.cli.output.JsonEvents;
import dev.yardmaster.cli.output.WorkflowJson;
import dev.yardmaster.cli.output.WorkflowSummary;
import dev.yardmaster.cli.output.WorkflowView;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.run.Responder;
import dev.yardmaster.workspace.Snapshot;
import java.util.function.Consumer;

/** A graph of several agents at work, watched. */
final class Teamwork {

    private final Common common;
    private final Session session;

    Teamwork(Common common, Session session) {
        this.common = common;
        this.session = session;
    }

    /** Does it, or what is left of it. Blocks. */
    int work(Graph graph, Recording recording, boolean json) throws InterruptedException {
        return json ? json(graph, recording) : onScreen(graph, recording);
    }

    private int onScreen(Graph graph, Recording recording) throws InterruptedException {
        Screen screen = common.screen();
        var happenings = new Happenings();
        var root = session.workspace().root();
        try (var progress = new WorkflowView(screen, root)) {
            return run(
                    graph,
                    recording,
                    event -> happenings.read(event).ifPresent(progress),
                    Approver.on(common.caller(), screen, common.colours()),
                    (report, changes) -> {
                        progress.stop();
                        screen.line();
                        new WorkflowSummary(screen, report, root).show(graph.nodes(), changes);
                        Waiting.show(screen, report);
                        return Job.exit(report);
                    });
        }
    }

    private int json(Graph graph, Recording recording) throws InterruptedException {
        var out = common.caller().out();
        return run(
                graph,
                recording,
                new JsonEvents(out, session.workspace().root()),
                Approver.beside(common.caller(), common.colours()),
                (report, changes) -> {
                    int exit = Job.exit(report);
                    WorkflowJson.result(out, report, changes, exit);
                    return exit;
                });
    }

    private int run(
            Graph graph, Recording recording, Consumer<RunEvent> listener, Responder responder, Job.Telling telling)
            throws InterruptedException {
        Snapshot before = Snapshot.of(session.workspace());
        try (var runs = new Runs(recording, new Job.InTurn(listener), responder)) {
            return runs.run(graph, report -> telling.of(report, before.changes()));
        }
    }
}
