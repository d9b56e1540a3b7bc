package dev.yardmaster.examples.patterns;

import dev.yardmaster.agent.AgentNode;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.pattern.Ballot;
import dev.yardmaster.pattern.NamedNode;
import dev.yardmaster.pattern.Patterns;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.util.List;

/** A release note in five shapes: in sequence, in parallel, piece by piece, until accepted, and put to the vote. */
public final class PatternsExample {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<String> DRAFT = Channel.of("draft", String.class);
    static final Channel<String> REVIEW = Channel.of("review", String.class);
    static final Channel<String> RISKS = Channel.of("risks", String.class);
    static final Channel<String> RESULT = Channel.of("result", String.class);
    static final Channel<List<String>> CHANGES = Channel.listOf("changes", String.class);
    static final Channel<String> CHANGE = Channel.of("change", String.class);
    static final Channel<String> LINE = Channel.of("line", String.class);
    static final Channel<List<String>> LINES = Channel.listOf("lines", String.class);

    static final State INPUT = State.of(TASK, "Announce retries").with(CHANGES, List.of("retries", "timeouts"));

    private final AgentRuntime runtime;

    PatternsExample(Model model) {
        runtime = AgentRuntime.builder()
                .agents(
                        AgentDefinition.of("writer", "Writes", "Write one sentence; do what the review asks."),
                        AgentDefinition.of("critic", "Reviews", "Say 'accepted', or what is missing."))
                .model(model)
                .build();
    }

    static ScriptedModel script() {
        return ScriptedModel.replies("writer", "It does more.")
                .and("critic", "Say what.")
                .when("writer", "Say what.", "Nodes are tried again.")
                .when("critic", "tried again", "accepted");
    }

    private AgentNode writer() {
        return runtime.agent("writer").reads(TASK, DRAFT, REVIEW).writes(DRAFT);
    }

    private AgentNode critic() {
        return runtime.agent("critic").reads(TASK, DRAFT);
    }

    Graph sequence() {
        return Patterns.sequence(
                "sequence",
                List.of(TASK, CHANGES, DRAFT, REVIEW),
                NamedNode.of("write", writer()),
                NamedNode.of("review", critic().writes(REVIEW)));
    }

    Graph parallel() {
        return Patterns.parallel(
                "parallel",
                List.of(TASK, CHANGES, DRAFT, REVIEW, RISKS, RESULT),
                NamedNode.of(
                        "join", (state, context) -> Update.of(RESULT, state.get(DRAFT) + " / " + state.get(RISKS))),
                NamedNode.of("write", writer()),
                NamedNode.of("risks", critic().writes(RISKS)));
    }

    Graph mapReduce() {
        return Patterns.mapReduce(
                "map-reduce",
                List.of(TASK, CHANGES, LINES, RESULT),
                CHANGES,
                CHANGE,
                runtime.agent("writer").reads(CHANGE).writes(LINE),
                LINE,
                LINES,
                2,
                (state, context) -> Update.of(RESULT, String.join(" ", state.get(LINES))));
    }

    Graph untilAccepted() {
        return Patterns.untilAccepted(
                "until-accepted",
                List.of(TASK, CHANGES, DRAFT, REVIEW),
                NamedNode.of("write", writer()),
                NamedNode.of("review", critic().writes(REVIEW)),
                state -> state.get(REVIEW).equals("accepted"),
                5);
    }

    Graph vote() {
        Channel<String> first = Channel.of("first", String.class);
        Channel<String> second = Channel.of("second", String.class);
        Channel<String> third = Channel.of("third", String.class);
        return Patterns.vote(
                "vote",
                List.of(TASK, CHANGES, DRAFT),
                RESULT,
                Ballot.of("cautious", (state, context) -> Update.of(second, "wait"), second),
                Ballot.of("critic", critic().writes(first), first),
                Ballot.of("colleague", critic().writes(third), third));
    }

    Outcome run(Orchestrator orchestrator, Graph graph) throws InterruptedException {
        return orchestrator.start(graph, INPUT).await();
    }

    public static void main(String[] args) throws Exception {
        var example = new PatternsExample(ExampleModel.choose(script(), args));
        try (var orchestrator = Orchestrator.inMemory()) {
            for (Graph graph : List.of(
                    example.sequence(),
                    example.parallel(),
                    example.mapReduce(),
                    example.untilAccepted(),
                    example.vote())) {
                Outcome outcome = example.run(orchestrator, graph);
                System.out.println(graph.name() + ": " + outcome.orElseThrow().json());
            }
        }
    }
}
