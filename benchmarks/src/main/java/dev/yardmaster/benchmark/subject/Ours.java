package dev.yardmaster.benchmark.subject;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.tool.FunctionTool;
import dev.yardmaster.tool.ToolCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Yardmaster: every run is journalled in memory, and a listener hears every event. */
final class Ours implements Subject {

    /** The journal would hold every run there ever was; after so many, those that have ended are forgotten. */
    private static final int KEPT = 5_000;

    private static final Channel<String> TEXT = Channel.of("text", String.class);
    private static final Channel<String> REPLY = Channel.of("reply", String.class);

    private final LongAdder events = new LongAdder();
    private final AtomicInteger runs = new AtomicInteger();
    private final MemoryJournal journal = new MemoryJournal();
    private final Orchestrator orchestrator = Orchestrator.builder()
            .journal(journal)
            .listener(event -> events.increment())
            .build();

    private Work work(Graph graph, State input) {
        return new Work() {
            @Override
            public Object run() throws Exception {
                return outcome(orchestrator.start(graph, input));
            }

            @Override
            public Started start() {
                Run run = orchestrator.start(graph, input);
                return () -> outcome(run);
            }
        };
    }

    private Object outcome(Run run) throws InterruptedException {
        Outcome outcome = run.await();
        if (runs.incrementAndGet() % KEPT == 0) {
            journal.prune(RunQuery.all());
        }
        if (outcome instanceof Outcome.Completed completed) {
            return completed.state();
        }
        throw new IllegalStateException("the run ended " + outcome.view().status() + ": "
                + outcome.view().failures());
    }

    private static Node node(Step step) {
        return (state, context) -> {
            step.run();
            return Update.none();
        };
    }

    @Override
    public Work chain(int nodes, int characters, Step each) {
        GraphBuilder builder = Graph.builder("chain").channels(TEXT).maxExecutions(nodes + 10);
        for (int i = 0; i < nodes; i++) {
            builder.node("n" + i, node(each));
            if (i > 0) {
                builder.edge("n" + (i - 1), "n" + i);
            }
        }
        return work(builder.start("n0").build(), State.of(TEXT, Subject.text(characters)));
    }

    @Override
    public Work fan(int branches, Step each) {
        return work(fan("fan", branches, each), State.empty());
    }

    private static Graph fan(String name, int branches, Step each) {
        Node through = node(Step.nothing());
        GraphBuilder builder =
                Graph.builder(name).start("start").node("start", through).node("join", through);
        for (int i = 0; i < branches; i++) {
            builder.node("b" + i, node(each)).edge("start", "b" + i).edge("b" + i, "join");
        }
        return builder.build();
    }

    @Override
    public Work nested(int outer, int inner, Step each) {
        Node through = node(Step.nothing());
        GraphBuilder builder =
                Graph.builder("nested").start("start").node("start", through).node("join", through);
        for (int i = 0; i < outer; i++) {
            builder.node("g" + i, fan("inner", inner, each))
                    .edge("start", "g" + i)
                    .edge("g" + i, "join");
        }
        return work(builder.build(), State.empty());
    }

    @Override
    public Work uneven(Step brief, Step lengthy) {
        Node through = node(Step.nothing());
        Graph graph = Graph.builder("uneven")
                .node("start", through)
                .node("a1", node(brief))
                .node("a2", node(lengthy))
                .node("b1", node(lengthy))
                .node("b2", node(brief))
                .node("join", through)
                .start("start")
                .edge("start", "a1")
                .edge("start", "b1")
                .edge("a1", "a2")
                .edge("b1", "b2")
                .edge("a2", "join")
                .edge("b2", "join")
                .build();
        return work(graph, State.empty());
    }

    record City(String city) {}

    @Override
    public Work agent() {
        var weather = FunctionTool.of(
                        "Weather", "Tells the weather", City.class, asked -> Subject.weather(asked.city()))
                .withEffect(Effect.READ_ONLY);
        AgentRuntime runtime = AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(java.util.List.of(
                                AgentDefinition.of("guide", "Tells the weather", "You know the weather.")
                                        .withTools("Weather")))
                        .build())
                .tools(weather)
                .model(new StubModel())
                .meters(new SimpleMeterRegistry())
                .build();
        Graph graph = Graph.builder("agent")
                .channels(TEXT, REPLY)
                .node("guide", runtime.agent("guide").reads(TEXT).writes(REPLY))
                .start("guide")
                .build();
        Work work = work(graph, State.of(TEXT, QUESTION));
        return () -> ((State) work.run()).get(REPLY);
    }

    /** Replies at once: first with a call, then with the answer. */
    private static final class StubModel implements Model {

        private static final ModelReply CALL = new ModelReply(
                Message.Assistant.of("", new ToolCall("1", "Weather", Json.of(Map.of("city", CITY)))),
                new Usage(100, 10),
                ModelReply.Finish.TOOL_CALLS);
        private static final ModelReply DONE =
                new ModelReply(Message.Assistant.of(ANSWER), new Usage(120, 10), ModelReply.Finish.STOP);

        @Override
        public String name() {
            return "stub:zero-latency";
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            return request.messages().getLast() instanceof Message.ToolOutput ? DONE : CALL;
        }
    }
}
