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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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

    /** What kind of task it is, in the words of {@link #labelled rules}; none unless given. */
    public static final Channel<List<String>> LABELS =
            Channel.listOf("labels", String.class).withInitial(List.of());

    /** The step that a route is recorded as, and the scope of a model's choice before it. */
    static final String STEP = "route";

    static final String CHOICE = "choice";

    private final AgentRuntime runtime;
    private final Router router;
    private final Map<String, String> rules;
    private final ModelChoice choice;

    /** @param router chooses among the runtime's agents */
    public Dispatcher(AgentRuntime runtime, Router router) {
        this(runtime, router, Map.of(), ModelChoice.never());
    }

    private Dispatcher(AgentRuntime runtime, Router router, Map<String, String> rules, ModelChoice choice) {
        this.runtime = runtime.referring(new HandedOn(runtime, router, choice));
        this.router = router;
        this.rules = Collections.unmodifiableMap(new TreeMap<>(rules));
        this.choice = choice;
    }

    /** A dispatcher that routes by words. */
    public static Dispatcher lexical(AgentRuntime runtime) {
        return new Dispatcher(runtime, new LexicalRouter(runtime.catalog().all()));
    }

    /**
     * The same with rules: tasks that carry a label go to an agent, whatever their words; a name in the task still counts
     * more, and of several labels the first that has a rule.
     *
     * @param agents names by label
     * @throws dev.yardmaster.definition.UnknownAgentException when there is no agent of a name
     */
    public Dispatcher labelled(Map<String, String> agents) {
        agents.values().forEach(runtime.catalog()::get);
        var all = new TreeMap<>(rules);
        all.putAll(agents);
        return new Dispatcher(runtime, router, all, choice);
    }

    /** The same with another router. */
    public Dispatcher routing(Router other) {
        return new Dispatcher(runtime, other, rules, choice);
    }

    /** The same that has the runtime's model decide where the router is not sure; without a model the router decides. */
    public Dispatcher asking(ModelChoice when) {
        return new Dispatcher(runtime, router, rules, when);
    }

    /**
     * The runtime that it was made with, whose agents hand subtasks on through this dispatcher where they name nobody: for
     * agents outside of this dispatcher's own graphs.
     */
    public AgentRuntime runtime() {
        return runtime;
    }

    /**
     * Who gets a task. Asks no model: where one is to decide, the route says among whom, and holds what the router would
     * have done.
     */
    public Route route(String task) {
        return route(task, List.of());
    }

    /** The same for a task that carries labels. */
    public Route route(String task, List<String> labels) {
        return route(task, labels, BudgetCheck.none(runtime));
    }

    Route route(String task, List<String> labels, BudgetCheck budget) {
        return RouteChecks.of(runtime, choice, budget).ranked(match(task, labels));
    }

    /** What the name in a task, a rule for one of its labels, or the router says; whether that one can work is not seen to. */
    public Match match(String task, List<String> labels) {
        Optional<String> rule = labels.stream().filter(rules::containsKey).findFirst();
        if (rule.isEmpty()) {
            return router.route(task);
        }
        var byRule = new Match(
                task,
                List.of(),
                Optional.of(rules.get(rule.get())),
                Match.Stage.RULE,
                "tasks labelled '" + rule.get() + "' are its work");
        Optional<Match> named = task.contains("@")
                ? Optional.of(router.route(task))
                : Optional.empty(); // else nothing has to be ranked
        return named.filter(match -> match.stage() == Match.Stage.MENTION).orElse(byRule);
    }

    /** Among whom a model is to decide about a match; empty when it need not, or there is none. */
    public List<String> undecided(Match match) {
        return checks().undecided(match);
    }

    /** The same wherever it runs: neither whether they can work here nor whether there is a model is looked at. */
    List<String> unsure(Match match) {
        return choice.undecided(match);
    }

    private RouteChecks checks() {
        return RouteChecks.of(runtime, choice, BudgetCheck.none(runtime));
    }

    /** What the parts of a plan have to pass. */
    RouteChecks checksOfParts(BudgetCheck budget) {
        return RouteChecks.ofParts(runtime, choice, runtime::profile, budget);
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
                        .orElseGet(() -> route(task, state.get(LABELS), BudgetCheck.of(runtime, context)))));
    }

    /** The graph that only says who gets {@link #TASK}, in {@link #ROUTE}: one node, which fails for nobody. */
    public Graph routing() {
        return Graph.builder("route")
                .channels(TASK, LABELS, ROUTE)
                .node(
                        "route",
                        (state, context) -> Update.of(
                                ROUTE,
                                decided(
                                        context,
                                        state,
                                        task -> route(task, state.get(LABELS), BudgetCheck.of(runtime, context)))))
                .start("route")
                .build();
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
                .channels(TASK, EARLIER, LABELS, ROUTE, RESULT)
                .node("route", route)
                .node("work", this::work)
                .start("route")
                .edge("route", "work")
                .build();
    }

    private Update recorded(NodeContext context, State state, Function<String, Route> decide) throws Exception {
        Route route = decided(context, state, decide);
        route.agent(); // fails the node when nobody fits
        return Update.of(ROUTE, route);
    }

    private Route decided(NodeContext context, State state, Function<String, Route> decide) throws Exception {
        String task = state.get(TASK);
        Route ranked = step(context, task, () -> decide.apply(task));
        if (ranked.undecided().isEmpty()) {
            return ranked;
        }
        NodeContext scope = context.scope(CHOICE);
        Match match = checks().chooser()
                .decide(ranked.match(), ranked.undecided(), state, scope)
                .match();
        return step(scope, match, () -> checks().decided(match, ranked));
    }

    private static Route step(NodeContext context, Object input, Callable<Route> body) throws Exception {
        return context.derived(
                STEP, Route.class, input, each -> each.match().chosen().orElse("nobody"), body);
    }

    private Update work(State state, NodeContext context) throws Exception {
        return runtime.agent(state.get(ROUTE).agent())
                .reads(TASK)
                .follows(EARLIER)
                .writes(RESULT)
                .run(state, context);
    }
}
