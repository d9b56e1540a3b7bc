package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A place to put one agent, {@code worker}, to work in a test. */
record Bench(Path workspace) {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final AgentDefinition WORKER = AgentDefinition.of("worker", "Works", "You work.");

    /** The same agent with what an agent file may say and {@link AgentDefinition} has no method for. */
    static AgentDefinition with(AgentDefinition agent, OptionalInt maxTurns, String... disallowed) {
        return new AgentDefinition(
                agent.name(),
                agent.description(),
                agent.tools(),
                List.of(disallowed),
                agent.model(),
                agent.permissionMode(),
                maxTurns,
                agent.color(),
                agent.prompt(),
                agent.examples(),
                agent.checklist(),
                agent.extensions(),
                agent.source(),
                agent.sha256());
    }

    /** A tool that does what a test says; the policy of {@link #runtime} allows it when it is called Probe. */
    @FunctionalInterface
    interface Body {
        ToolResult run(ToolCall call) throws Exception;
    }

    record Probe(String name, Effect does, Body body) implements Tool {
        @Override
        public String description() {
            return "Probes";
        }

        @Override
        public Json parameters() {
            return Json.parse("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}");
        }

        @Override
        public Effect effect(ToolCall call) {
            return does;
        }

        @Override
        public List<Access> accesses(ToolCall call, Workspace workspace) {
            return List.of(new Access.Unknown());
        }

        @Override
        public ToolResult run(ToolCall call, ToolContext context) throws Exception {
            return body.run(call);
        }
    }

    static ScriptedModel script(String replies) {
        return ScriptedModel.parse("version: 1\nagents:\n  worker:\n" + replies.indent(4), "test.yaml");
    }

    AgentRuntimeBuilder runtime(AgentDefinition agent) {
        return AgentRuntime.builder()
                .agents(agent)
                .workspace(workspace)
                .retries(RetryPolicy.none())
                .policy(Policy.acceptEdits().with(Rule.allow("Probe", "test")));
    }

    Outcome run(AgentRuntimeBuilder runtime) throws Exception {
        var graph = Graph.builder("test")
                .channels(TASK, RESULT)
                .node("work", runtime.build().agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, State.of(TASK, "do it")).await();
        }
    }

    static AgentResult result(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(RESULT);
    }

    /** What the model was told of its calls, in the order of the transcript. */
    static List<String> told(Outcome outcome) {
        return Transcript.lastOf(outcome.view()).orElseThrow().messages().stream()
                .filter(dev.yardmaster.model.Message.ToolOutput.class::isInstance)
                .map(message -> ((dev.yardmaster.model.Message.ToolOutput) message).text())
                .toList();
    }
}
