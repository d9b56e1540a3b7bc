package dev.yardmaster.examples.endpoint;

import static dev.yardmaster.graph.Graph.END;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Model;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds an endpoint with the stock specialists: one builds, one tests and one audits at the same time, until it is good. */
public final class EndpointExample {

    static final String REQUEST = "Create an endpoint to fetch user orders";

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<String> CHANGES = Channel.of("changes", String.class);
    static final Channel<TestReport> TESTS = Channel.of("tests", TestReport.class);
    static final Channel<AuditReport> FINDINGS = Channel.of("findings", AuditReport.class);
    static final Channel<Acceptance> REPORT = Channel.of("report", Acceptance.class);

    private static final List<String> FILES = List.of(
            "app/__init__.py",
            "app/server.py",
            "app/store.py",
            "tests/__init__.py",
            "tests/client.py",
            "tests/test_health.py");

    private EndpointExample() {}

    static Graph graph(Path workspace, Model model) {
        var runtime = AgentRuntime.builder()
                .model(model)
                .workspace(workspace)
                .policy(Policy.acceptEdits()
                        .with(
                                Rule.allow("Bash(" + EndpointScript.SUITE + ")", "example"),
                                Rule.allow("Bash(" + EndpointScript.EDGES + ")", "example")))
                .build();
        return Graph.builder("order-endpoint")
                .channels(TASK, CHANGES, TESTS, FINDINGS, REPORT)
                .node(
                        "build",
                        runtime.agent("backend-engineer").reads(TASK, REPORT).writes(CHANGES))
                .node("test", runtime.agent("qa-engineer").reads(TASK, CHANGES).writes(TESTS))
                .node("audit", runtime.agent("security-reviewer").reads(CHANGES).writes(FINDINGS))
                .node(
                        "report",
                        (state, context) -> Update.of(REPORT, Acceptance.of(state.get(TESTS), state.get(FINDINGS))))
                .start("build")
                .edge("build", "test")
                .edge("build", "audit")
                .edge("test", "report")
                .edge("audit", "report")
                .choose("report", state -> state.get(REPORT).accepted() ? END : "build", "build", END)
                .build();
    }

    /** A small shop with an HTTP interface: standard-library Python. */
    static Path prepare(Path folder) throws IOException {
        for (String file : FILES) {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, resource("workspace/" + file));
        }
        return folder;
    }

    static String resource(String name) {
        try (InputStream stream = EndpointExample.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar of the examples holds no " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the jar of the examples cannot be read", e);
        }
    }

    public static void main(String[] args) throws Exception {
        Path workspace = prepare(Files.createTempDirectory("endpoint"));
        Graph graph = graph(workspace, ExampleModel.choose(EndpointScript.model(), args));
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator.start(graph, State.of(TASK, REQUEST)).await();
            System.out.println(outcome.view().visited());
            System.out.println("the workspace: " + workspace);
            State state = outcome.orElseThrow();
            System.out.println(state.get(CHANGES));
            System.out.println(
                    state.get(TESTS).ran() + " tests, " + state.get(TESTS).failed() + " failed; "
                            + state.get(FINDINGS).findings().size() + " findings");
        }
    }
}
