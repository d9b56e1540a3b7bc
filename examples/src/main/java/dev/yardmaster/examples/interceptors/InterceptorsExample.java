package dev.yardmaster.examples.interceptors;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads a file with a secret in it, twice: the secret is never recorded, and the second time no model is asked. */
public final class InterceptorsExample {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<String> ANSWER = Channel.of("answer", String.class);

    private static final ScriptedModel SCRIPT = ScriptedModel.replies(
                    "auditor",
                    ScriptedReply.call("Read", Map.of("file_path", "service.env"))
                            .capture("host", "HOST=(\\S+)"),
                    ScriptedReply.say("The service listens at ${host}; its key is set."))
            .usage(400, 30);

    private final ReplyCache cache = new ReplyCache(1_000);
    private final Graph graph;

    InterceptorsExample(Path workspace, Model model) {
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("auditor", "Looks at settings", "You say how a service is set up.")
                        .withTools("Read"))
                .model(model)
                .workspace(workspace)
                .intercept(new Redaction(), cache)
                .build();
        graph = Graph.builder("audit")
                .channels(TASK, ANSWER)
                .node("look", runtime.agent("auditor").reads(TASK).writes(ANSWER))
                .start("look")
                .build();
    }

    /** A folder with settings in it. */
    static Path prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("service.env"), "HOST=db.internal\nAPI_KEY=sk-live-4711\n");
        return folder;
    }

    Outcome run(Orchestrator orchestrator) throws InterruptedException {
        return orchestrator
                .start(graph, State.of(TASK, "How is the service set up?"))
                .await();
    }

    int cacheHits() {
        return cache.hits();
    }

    /** Whether anything that was recorded holds a text. */
    static boolean holds(RunView run, String text) {
        return run.entries().stream()
                .anyMatch(recorded -> recorded.entry().json().contains(text));
    }

    public static void main(String[] args) throws Exception {
        Path workspace = prepare(Files.createTempDirectory("interceptors"));
        var example = new InterceptorsExample(workspace, ExampleModel.choose(SCRIPT, args));
        try (var orchestrator = Orchestrator.inMemory()) {
            for (int round = 1; round <= 2; round++) {
                Outcome outcome = example.run(orchestrator);
                RunView run = outcome.view();
                System.out.println("run " + round + ": " + outcome.orElseThrow().get(ANSWER));
                System.out.println("  tokens " + run.usage().inputTokens() + " + "
                        + run.usage().outputTokens() + ", replies from the cache so far " + example.cacheHits()
                        + ", the journal holds the key: " + (holds(run, "sk-live-4711") ? "yes" : "no"));
            }
        }
    }

    static ScriptedModel script() {
        return SCRIPT;
    }
}
