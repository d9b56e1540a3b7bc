package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a goal over a plan to its end, as a graph: {@code plan} proposes, {@code check} finds who does what and asks for
 * approval, {@code work} is the plan itself, {@code merge} brings what was done in worktrees together, {@code review} sees
 * whether it is to be made anew, {@code report} says what came of it.
 */
public final class Planning {

    /** The name of the graph, as runs record it. */
    public static final String GRAPH = "do --plan";

    /** What the planner proposed last. */
    public static final Channel<Plan> PROPOSAL = Channel.of("proposal", Plan.class);

    /** The plan that runs, or ran last. */
    public static final Channel<RoutedPlan> PLAN = Channel.of("plan", RoutedPlan.class);

    /** What came of its subtasks, and of those of plans before it. */
    public static final Channel<List<Attempt>> ATTEMPTS = Channel.listOf("attempts", Attempt.class)
            .withReducer(Reducer.append())
            .withInitial(List.of());

    /** Why plans were made anew. */
    public static final Channel<List<Objection>> OBJECTIONS = Channel.listOf("objections", Objection.class)
            .withReducer(Reducer.append())
            .withInitial(List.of());

    /** What came of it all, in words. */
    public static final Channel<String> SUMMARY = Channel.of("summary", String.class);

    static final String RUN = "run";
    static final String REVISE = "revise";
    static final String STOP = "stop";

    private static final int CHECKS = 2;
    private static final int ROUNDS = 25;

    private final AgentRuntime runtime;
    private final Dispatcher dispatcher;
    private final PlanOptions options;

    Planning(AgentRuntime runtime, Dispatcher dispatcher, PlanOptions options) {
        this.runtime = runtime;
        this.dispatcher = dispatcher;
        this.options = options;
    }

    Graph graph() {
        var prompts = new PlanPrompts(runtime, dispatcher);
        GraphBuilder builder = Graph.builder(GRAPH)
                .channels(Dispatcher.TASK, PROPOSAL, PLAN, ATTEMPTS, OBJECTIONS, SUMMARY)
                .maxIterations(ROUNDS)
                .node(
                        "plan",
                        runtime.agent(prompts.planner()).prompt(prompts::goal).writes(PROPOSAL))
                .node("check", this::check)
                .node("work", Graph.dynamic(state -> PlanGraph.of(state.get(PLAN), runtime, options)))
                .node("review", (state, context) -> review(state))
                .node("report", (state, context) -> report(state, context, prompts))
                .start("plan")
                .edge("plan", "check")
                .choose("check", state -> isPlanned(state) ? "work" : "plan", "work", "plan")
                .choose("review", state -> isPlanned(state) ? "report" : "plan", "report", "plan");
        return options.worktrees()
                ? builder.channels(PlanWorktrees.START)
                        .node(
                                "merge",
                                (state, context) -> new PlanWorktrees(runtime, state.get(PLAN)).merge(state, context))
                        .edge("work", "merge")
                        .edge("merge", "review")
                        .build()
                : builder.edge("work", "review").build();
    }

    /** The part of a run that a plan is for: 2 once the first has failed. */
    private static int round(State state) {
        return 1 + count(state, Objection.Kind.FAILURE);
    }

    private static int count(State state, Objection.Kind kind) {
        return (int) state.get(OBJECTIONS).stream()
                .filter(each -> each.kind() == kind)
                .count();
    }

    private static boolean isPlanned(State state) {
        return state.find(PLAN).filter(plan -> plan.round() == round(state)).isPresent();
    }

    /** The subtasks of the plan that ran last that were not done, each with its last attempt; in the plan's order. */
    public static List<Attempt> undone(State state) {
        return state.find(PLAN).map(plan -> undone(plan, state.get(ATTEMPTS))).orElse(List.of());
    }

    private static List<Attempt> undone(RoutedPlan plan, List<Attempt> attempts) {
        return plan.subtasks().stream()
                .flatMap(each -> Attempt.last(plan.of(attempts), each.id()).stream())
                .filter(attempt -> !attempt.isDone())
                .toList();
    }

    private Update check(State state, NodeContext context) throws Exception {
        PlanRoutes routes =
                new PlanRouting(runtime, dispatcher, options.maxSubtasks()).routes(state.get(PROPOSAL), state, context);
        if (!routes.problems().isEmpty()) {
            if (count(state, Objection.Kind.CHECK) >= CHECKS) {
                throw new InvalidPlanException(routes.problems());
            }
            return objecting(Objection.Kind.CHECK, "- " + String.join("\n- ", routes.problems()));
        }
        var plan = new RoutedPlan(state.get(Dispatcher.TASK), round(state), routes.subtasks());
        Optional<String> alone = PlanGraph.doneAlone(plan, options);
        if (alone.isPresent() && mayBeJoined(state)) {
            return objecting(Objection.Kind.SPLIT, alone.get());
        }
        return options.approval() ? approved(plan, context) : Update.of(PLAN, plan);
    }

    /** Asked for once, and not of a plan that somebody wants as it is. */
    private static boolean mayBeJoined(State state) {
        return state.get(OBJECTIONS).stream().allMatch(each -> each.kind() == Objection.Kind.CHECK);
    }

    private static Update objecting(Objection.Kind kind, String text) {
        return Update.of(OBJECTIONS, List.of(new Objection(kind, text)));
    }

    private Update approved(RoutedPlan plan, NodeContext context) throws InterruptedException {
        String parts = plan.isWhole() ? "1 part" : plan.subtasks().size() + " parts";
        Answer answer = context.ask(new Question(
                "Run this plan of " + parts + "?",
                List.of(RUN, REVISE, STOP),
                Map.of("text", PlanText.of(plan) + "\n\n" + PlanText.mermaid(plan))));
        return switch (answer.choice()) {
            case RUN -> Update.of(PLAN, plan);
            case REVISE -> {
                String wish = answer.reason().isBlank()
                        ? context.ask(Question.of("What is to be different?")).choice()
                        : answer.reason();
                yield objecting(Objection.Kind.PERSON, wish);
            }
            default -> throw new PlanRejectedException(answer.by(), answer.reason());
        };
    }

    private Update review(State state) {
        RoutedPlan plan = state.get(PLAN);
        List<Attempt> undone = undone(plan, state.get(ATTEMPTS));
        return undone.isEmpty() || round(state) > options.revisions()
                ? Update.none()
                : objecting(Objection.Kind.FAILURE, PlanPrompts.results(undone));
    }

    private Update report(State state, NodeContext context, PlanPrompts prompts) throws Exception {
        List<Attempt> attempts = state.get(PLAN).of(state.get(ATTEMPTS));
        Optional<Attempt> whole =
                Optional.of(attempts.getLast()).filter(only -> state.get(PLAN).isWhole());
        if (whole.isPresent() && round(state) == 1) {
            return Update.of(SUMMARY, whole.get().text());
        }
        return runtime.agent(prompts.reporter())
                .prompt(prompts::report)
                .writes(SUMMARY)
                .run(state, context);
    }
}
