package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DecidedCallTest {

    static final Channel<String> TASK = Channel.of("task", String.class);

    @TempDir
    Path workspace;

    final AtomicInteger asked = new AtomicInteger();

    /** Touches another file each time it is asked, as when a link is led elsewhere meanwhile. */
    final class Wandering implements Tool {

        private Access access(int time) {
            Path file = workspace.resolve("file-" + time);
            return new Access.Reads(file, file);
        }

        @Override
        public String name() {
            return "Wander";
        }

        @Override
        public String description() {
            return "Wanders";
        }

        @Override
        public Json parameters() {
            return Json.of(Map.of("type", "object", "properties", Map.of()));
        }

        @Override
        public Effect effect(ToolCall call) {
            return Effect.READ_ONLY;
        }

        @Override
        public List<Access> accesses(ToolCall call, Workspace place) {
            return List.of(access(asked.incrementAndGet()));
        }

        @Override
        public ToolResult run(ToolCall call, ToolContext context) {
            return new ToolResult.Text("first " + context.grant().covers(access(1)) + ", second "
                    + context.grant().covers(access(2)));
        }
    }

    @Test
    void is_granted_what_was_decided_about_and_nothing_that_it_would_touch_by_then() throws Exception {
        var agent = AgentRuntime.builder()
                .model(ScriptedModel.replies(
                        "worker", ScriptedReply.call("Wander", Map.of()), ScriptedReply.say("done")))
                .agents(AgentDefinition.of("worker", "Works", "You work."))
                .tools(new Wandering())
                .workspace(workspace)
                .policy(Policy.acceptEdits())
                .build()
                .agent("worker");
        var graph = Graph.builder("test")
                .channels(TASK)
                .node("work", agent.reads(TASK))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            var view =
                    orchestrator.start(graph, State.of(TASK, "do it")).await().view();
            assertThat(Transcript.lastOf(view).orElseThrow().messages())
                    .filteredOn(Message.ToolOutput.class::isInstance)
                    .extracting(Message::text)
                    .containsExactly("first true, second false");
        }
        assertThat(asked).hasValue(1);
    }
}
