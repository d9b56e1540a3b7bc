package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.diagram.Diagram;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Graph;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A workflow as a picture. */
@Command(
        name = "graph",
        header = "Check a workflow file, and draw it",
        description = {
            "Prints the workflow as a Mermaid flowchart; conditional edges are dotted. Problems of the file are told all at"
                    + " once, with their lines. Needs neither agents nor a model.",
            "",
            "Example:",
            "  yardmaster graph review.yaml > review.mmd"
        })
final class GraphCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", description = "The workflow")
    private String file = "";

    @Option(names = "--json", description = "One JSON object instead of the picture (docs/json.md)")
    private boolean json;

    GraphCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Graph picture = WorkflowFile.read(common.caller(), file).picture();
        var out = common.caller().out();
        if (json) {
            out.println(Json.of(Diagram.json(picture).as(ObjectNode.class).put("v", 1))
                    .text());
        } else {
            out.print(Diagram.mermaid(picture));
        }
        picture.hints().forEach(hint -> common.caller().err().println("hint: " + hint));
        return Exit.DONE;
    }
}
