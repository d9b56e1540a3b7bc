package dev.yardmaster.examples.firstprogram;

import static dev.yardmaster.graph.Graph.END;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.run.Orchestrator;

/** A writer and a critic, round and round until the critic accepts. */
public final class FirstProgram {

    private FirstProgram() {}

    public static void main(String[] args) throws InterruptedException {
        // spotless:off (this region is the README's first program)
        var task = Channel.of("task", String.class);
        var draft = Channel.of("draft", String.class);
        var review = Channel.of("review", String.class);
        var script = ScriptedModel.replies("writer", "It does a lot.").and("critic", "Say what.")
                .when("writer", "Say what.", "It routes tasks to specialists.").when("critic", "specialists", "accepted");
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("writer", "Writes", "Write one sentence; do what the review asks."))
                .agents(AgentDefinition.of("critic", "Reviews", "Say 'accepted', or what is missing."))
                .model(script).build(); // live: .model(chatModel), any langchain4j ChatModel
        var graph = Graph.builder("slogan").channels(task, draft, review)
                .node("write", runtime.agent("writer").reads(task, draft, review).writes(draft))
                .node("review", runtime.agent("critic").reads(task, draft).writes(review))
                .start("write").edge("write", "review")
                .choose("review", s -> s.get(review).equals("accepted") ? END : "write", "write", END).build();
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = orchestrator.start(graph, State.of(task, "What does Yardmaster do?")).await();
            System.out.println(outcome.view().visited()); // the run's journal says what happened
            System.out.println(outcome.orElseThrow().get(draft)); // or says why there is none
        }
        // spotless:on
    }
}
