package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.Transcript;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives tasks to the specialists that fit. Immutable and thread-safe. */
public final class Dispatcher {

    /** The name of a dispatcher's graph, as runs record it. */
    public static final String GRAPH = "do";

    /** What is to be done. */
    public static final Channel<String> TASK = Channel.of("task", String.class);

    /** What the specialist and its model said in an earlier run, when the task goes on from one; see {@link FollowUp}. */
    public static final Channel<Transcript> EARLIER = Channel.of("earlier", Transcript.class);

    /** Who does it, and why. */
    public static final Channel<Route> ROUTE = Channel.of("route", Route.class);

    /** What came of it. */
    public static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);

    private final AgentRuntime runtime;
    private final Router router;

    /** @param router chooses among the runtime's agents */
    public Dispatcher(AgentRuntime runtime, Router router) {
        this.runtime = runtime;
        this.router = router;
    }

    /** A dispatcher that routes by words. */
    public static Dispatcher lexical(AgentRuntime runtime) {
        return new Dispatcher(runtime, new LexicalRouter(runtime.catalog().all()));
    }

    /** Who gets a task. Asks no model. */
    public Route route(String task) {
        Match match = router.route(task);
        return new Route(match, match.chosen().map(runtime::profile));
    }

    /** A task that is given to a named agent. */
    public Route named(String task, String agent) {
        return chosen(task, agent, "it was named");
    }

    private Route chosen(String task, String agent, String reason) {
        var profile = runtime.profile(agent);
        var match = new Match(task, List.of(), Optional.of(profile.agent()), Match.Stage.MENTION, reason);
        return new Route(match, Optional.of(profile));
    }

    private Route follows(String task, Transcript earlier) {
        return chosen(task, earlier.agent(), "it goes on from its earlier work");
    }

    /**
     * The graph that routes {@link #TASK} and has it done: the nodes {@code route} and {@code work}. With {@link #EARLIER}
     * in its input the task goes to the agent of that transcript, unless another is named.
     */
    public Graph graph() {
        return graph((state, context) -> recorded(
                context,
                state,
                task -> state.find(EARLIER)
                        .map(earlier -> follows(task, earlier))
                        .orElseGet(() -> route(task))));
    }

    /** The same for a named agent. */
    public Graph graph(String agent) {
        return graph((state, context) -> recorded(context, state, task -> named(task, agent)));
    }

    /**
     * The graph that has a goal done by several specialists: a model plans, each subtask is routed, the plan runs as a graph
     * and is summed up. {@link #TASK} is the goal; the other channels are {@link Planning}'s.
     *
     * @throws dev.yardmaster.model.NoModelException when there is no model to plan with
     */
    public Graph planned(PlanOptions options) {
        return new Planning(runtime, this, options).graph();
    }

    private Graph graph(Node route) {
        return Graph.builder(GRAPH)
                .channels(TASK, EARLIER, ROUTE, RESULT)
                .node("route", route)
                .node("work", this::work)
                .start("route")
                .edge("route", "work")
                .build();
    }

    private static Update recorded(NodeContext context, State state, Function<String, Route> decide) throws Exception {
        String task = state.get(TASK);
        Route route = context.derived(
                "route", Route.class, task, each -> each.match().chosen().orElse("nobody"), () -> decide.apply(task));
        route.agent(); // fails the node when nobody fits
        return Update.of(ROUTE, route);
    }

    private Update work(State state, NodeContext context) throws Exception {
        return runtime.agent(state.get(ROUTE).agent())
                .reads(TASK)
                .follows(EARLIER)
                .writes(RESULT)
                .run(state, context);
    }
}
