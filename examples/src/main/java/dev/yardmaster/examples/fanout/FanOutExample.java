package dev.yardmaster.examples.fanout;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reviewer for each file of a folder, at most four at work at once; the report has them in the files' order. */
public final class FanOutExample {

    static final Channel<List<String>> FILES = Channel.listOf("files", String.class);
    static final Channel<String> FILE = Channel.of("file", String.class);
    static final Channel<String> FINDING = Channel.of("finding", String.class);
    static final Channel<List<String>> FINDINGS = Channel.listOf("findings", String.class);
    static final Channel<String> REPORT = Channel.of("report", String.class);

    private final Graph graph;

    FanOutExample(Path workspace, Model model) {
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("reviewer", "Reviews one file", "You review one file, in one line.")
                        .withTools("Read"))
                .model(model)
                .workspace(workspace)
                .build();
        // spotless:off
        Node review = runtime.agent("reviewer").prompt(state -> "Review " + state.get(FILE)).writes(FINDING);
        graph = Graph.builder("review-files").channels(FILES, FINDINGS, REPORT)
                .node("list", (state, context) -> Update.of(FILES, files(workspace)))
                .forEach("review", FILES, FILE, review, FINDING, FINDINGS, 4)
                .node("report", (state, context) -> Update.of(REPORT, report(state)))
                .start("list").edge("list", "review").edge("review", "report")
                .build();
        // spotless:on
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String report(State state) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < state.get(FILES).size(); i++) {
            lines.add(state.get(FILES).get(i) + ": " + state.get(FINDINGS).get(i));
        }
        return String.join("\n", lines);
    }

    /** Ten small files: limits of a shop, one of them a thousand times too high. */
    static Path prepare(Path folder) throws IOException {
        for (int i = 0; i < 10; i++) {
            Files.writeString(folder.resolve("limits-" + i + ".conf"), "MAX_ORDERS=" + (i == 6 ? 50_000 : 50) + "\n");
        }
        return folder;
    }

    /** What the reviewer says: it reads the file it was given and tells what is in it. */
    static ScriptedModel script() {
        var script = ScriptedModel.replies("reviewer", "There is nothing to review.");
        for (int i = 0; i < 10; i++) {
            String file = "limits-" + i + ".conf";
            script = script.when(
                    "reviewer",
                    file,
                    ScriptedReply.call("Read", Map.of("file_path", file)).capture("orders", "MAX_ORDERS=(\\d+)"),
                    ScriptedReply.say("${orders} orders at most"));
        }
        return script;
    }

    Outcome run(Orchestrator orchestrator) throws InterruptedException {
        return orchestrator.start(graph, State.empty()).await();
    }

    public static void main(String[] args) throws Exception {
        Path workspace = prepare(Files.createTempDirectory("fanout"));
        var example = new FanOutExample(workspace, ExampleModel.choose(script(), args));
        try (var orchestrator = Orchestrator.inMemory()) {
            System.out.println(example.run(orchestrator).orElseThrow().get(REPORT));
        }
    }
}
