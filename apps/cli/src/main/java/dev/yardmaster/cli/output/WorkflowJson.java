package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.workspace.FileChange;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The last line of a workflow for programs. The format is docs/json.md. */
public final class WorkflowJson {

    private WorkflowJson() {}

    /** Writes the result. */
    public static void result(PrintStream out, Report report, List<FileChange> changes, int exit) {
        ObjectNode line = JsonEvents.line("result");
        line.put("run", report.view().id().value())
                .put("exit", exit)
                .put("outcome", report.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("workflow", report.view().graph())
                .put("scripted", report.scripted())
                .put("millis", report.took().toMillis())
                .put("toolCalls", report.calls().size())
                .put(
                        "denied",
                        report.calls().stream()
                                .filter(Happening.CallRecord::isDenied)
                                .count())
                .put(
                        "notUnderstood",
                        report.calls().stream()
                                .filter(Happening.CallRecord::isNoCall)
                                .count());
        SpentJson.add(line, report);
        ObjectNode channels = line.putObject("channels");
        report.results().forEach((name, value) -> channels.set(name, value.as(JsonNode.class)));
        ArrayNode nodes = line.putArray("nodes");
        for (NodeRun run : report.nodes()) {
            ObjectNode each = nodes.addObject().put("node", run.node().path().value());
            run.agent().ifPresent(agent -> each.put("agent", agent));
            each.put("status", run.node().status().name().toLowerCase(Locale.ROOT))
                    .put("millis", run.took().toMillis())
                    .put("attempts", run.node().attempts());
        }
        line.set("leftOpen", JsonEvents.texts(report.leftOpen()));
        JsonEvents.ended(line, report, changes);
        JsonEvents.write(out, line);
    }
}
