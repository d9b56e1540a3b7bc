package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import org.junit.jupiter.api.Test;

/** An agent that is put into a graph wrongly is found when the graph is built, not when it runs. */
class MisusedAgentTest {

    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<String> DRAFT = Channel.of("draft", String.class);
    private static final Channel<Transcript> EARLIER = Channel.of("earlier", Transcript.class);

    private static AgentNode writer() {
        return AgentRuntime.builder()
                .agents(AgentDefinition.of("writer", "Writes", "You write."))
                .model(ScriptedModel.replies("writer", "done"))
                .build()
                .agent("writer");
    }

    private static void build(AgentNode node) {
        Graph.builder("g").channels(TASK).node("write", node).start("write").build();
    }

    @Test
    void a_channel_that_it_reads_has_to_be_declared() {
        assertThatThrownBy(() -> build(writer().reads(TASK, DRAFT)))
                .hasMessageContaining("node 'write' reads channel 'draft', which is not declared; add it to channels");
        assertThatThrownBy(() -> build(writer().reads(TASK).follows(EARLIER)))
                .hasMessageContaining("node 'write' reads channel 'earlier', which is not declared");
        build(writer().reads(DRAFT).prompt(state -> "what its words say is what it reads"));
    }

    @Test
    void a_model_that_is_null_is_told_at_once() {
        assertThatThrownBy(() -> AgentRuntime.builder().model((Model) null)).hasMessage("the model is null");
    }
}
