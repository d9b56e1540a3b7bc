package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.diagram.Diagram;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.workflow.Workflow;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A workflow as a picture, or a run of it. */
@Command(
        name = "graph",
        header = "Check a workflow file, and draw it",
        description = {
            "Prints the workflow as a Mermaid flowchart; conditional edges are dotted. Problems of the file are told all at"
                    + " once, with their lines. Needs neither agents nor a model.",
            "With --run it is the picture of a run: which nodes are running, completed or failed, how often they ran and how"
                    + " long that took. FILE is then the run's own if left out.",
            "",
            "Example:",
            "  yardmaster graph review.yaml > review.mmd",
            "  yardmaster graph --run last"
        })
final class GraphCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The workflow")
    private @Nullable String file;

    @Option(names = "--run", paramLabel = "RUN", description = "A run of it: its name, how that ends, or 'last'")
    private @Nullable String run;

    @Option(names = "--json", description = "One JSON object instead of the picture (docs/json.md)")
    private boolean json;

    GraphCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        if (run != null) {
            return drawn(run);
        }
        if (file == null) {
            throw new UsageException("nothing to draw; name a workflow's FILE, or a run with --run RUN");
        }
        Graph picture = WorkflowFile.read(common.caller(), file).picture();
        print(picture, List.of());
        picture.hints().forEach(hint -> common.caller().err().println("hint: " + hint));
        return Exit.DONE;
    }

    private int drawn(String named) {
        try (Journal journal = Store.existing(common.caller())) {
            RunSummary summary = Store.find(journal, named);
            Errand errand = Errand.of(summary);
            WorkflowFile own = errand.workflow()
                    .orElseThrow(() -> new UsageException("run '" + summary.id()
                            + "' is not of a workflow and has no picture; 'yardmaster show " + summary.id()
                            + "' lists its nodes"));
            Caller there = errand.caller(common.caller());
            Workflow workflow =
                    file == null ? WorkflowFile.read(there, own.file()) : WorkflowFile.read(common.caller(), file);
            print(workflow.picture(), journal.read(summary.id(), 0));
            if (!workflow.hash().equals(own.hash())) {
                common.caller()
                        .err()
                        .println("hint: the file is not as it was when run '" + summary.id()
                                + "' was started; nodes may be missing in the picture");
            }
            return Exit.DONE;
        }
    }

    private void print(Graph picture, List<RunEvent.Recorded> entries) {
        var out = common.caller().out();
        if (json) {
            out.println(
                    Json.of(Diagram.json(picture, entries).as(ObjectNode.class).put("v", 1))
                            .text());
        } else {
            out.print(Diagram.mermaid(picture, entries));
        }
    }
}
