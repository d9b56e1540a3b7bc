package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.NoToolsException;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.event.Effect;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds who does each part of a plan: whom the plan names, or who fits its words; where the router is not sure a model decides,
 * about all such parts by one reply.
 *
 * @param most how many parts there may be
 */
record PlanRouting(AgentRuntime runtime, Dispatcher dispatcher, int most) {

    private static final String STEP = "check";
    private static final int CANDIDATES = 2;

    /** Who does what, found or, where it was found before, as recorded. Blocks where a model is asked. */
    PlanRoutes routes(Plan plan, State state, NodeContext context) throws Exception {
        RouteChecks checks = dispatcher.checksOfParts(BudgetCheck.of(runtime, context));
        PlanRoutes ranked =
                context.step(STEP, PlanRoutes.class, plan, Effect.READ_ONLY, () -> ranked(plan.subtasks(), checks));
        List<Chooser.Open> open = ranked.open();
        if (open.isEmpty()) {
            return ranked;
        }
        NodeContext scope = context.scope(Dispatcher.CHOICE);
        Map<String, Match> chosen = checks.chooser().decide(open, state, scope);
        return scope.step(
                STEP, PlanRoutes.class, chosen, Effect.READ_ONLY, () -> decided(ranked.subtasks(), chosen, checks));
    }

    /** What the plan, the router and the checks say; no model is asked. */
    PlanRoutes ranked(List<Subtask> subtasks, RouteChecks checks) {
        return found(subtasks, checks, subtask -> route(subtask, checks));
    }

    /** The same with what a model said. @param chosen by the ids of those about which it was asked */
    private PlanRoutes decided(List<RoutedSubtask> ranked, Map<String, Match> chosen, RouteChecks checks) {
        var routes = new HashMap<String, Route>();
        ranked.forEach(each -> routes.put(each.id(), each.route()));
        return found(ranked.stream().map(RoutedSubtask::subtask).toList(), checks, subtask -> {
            Route route = routes.get(subtask.id());
            return Optional.ofNullable(chosen.get(subtask.id()))
                    .map(match -> checks.decided(match, route))
                    .orElse(route);
        });
    }

    private PlanRoutes found(List<Subtask> subtasks, RouteChecks checks, Function<Subtask, Route> routes) {
        var problems = new ArrayList<String>();
        if (subtasks.size() > most) {
            problems.add("it has " + subtasks.size() + " subtasks and may have " + most + "; put some together");
        }
        var found = new ArrayList<RoutedSubtask>();
        for (Subtask subtask : subtasks) {
            try {
                Route route = routes.apply(subtask);
                problem(subtask, route, checks)
                        .ifPresentOrElse(problems::add, () -> found.add(routed(subtask, route, checks)));
            } catch (UnknownAgentException | NoToolsException | NoModelException e) {
                problems.add("subtask '" + subtask.id() + "': " + e.getMessage());
            }
        }
        return new PlanRoutes(found, problems);
    }

    /** Whom the plan names, unless that one cannot work here; else as any task is routed. */
    private Route route(Subtask subtask, RouteChecks checks) {
        Match match = dispatcher.match(subtask.task(), List.of());
        if (subtask.specialist().isEmpty()) {
            return checks.ranked(match);
        }
        String named = runtime.catalog().get(subtask.specialist().get()).name();
        Optional<String> obstacle = checks.obstacle().apply(named);
        return obstacle.isPresent()
                ? checks.ranked(match).after(new PassedOver(named, obstacle.get()))
                : new Route(
                        match.decided(Optional.of(named), Match.Stage.MENTION, "the plan names it"),
                        Optional.of(checks.profile().apply(named)));
    }

    /** What the planner is to mend; of somebody whom the task's own words name it was not looked at yet whether they can work. */
    private static Optional<String> problem(Subtask subtask, Route route, RouteChecks checks) {
        String at = "subtask '" + subtask.id() + "'";
        if (route.match().chosen().isPresent() || !route.undecided().isEmpty()) {
            return route.match().chosen().flatMap(checks.obstacle()).map(why -> at + ": " + why);
        }
        String reason = route.match().reason();
        return Optional.of(subtask.specialist()
                .flatMap(named -> route.passedOver().stream().findFirst())
                .map(refused -> at + ": " + refused.why() + "; and it fits nobody else well enough: " + reason
                        + "; name another specialist, or say more in its task")
                .orElse(at + " fits nobody well enough: " + reason + "; name its specialist, or say more in its task"));
    }

    /** Who only reads is followed by others who only read: what can run beside others stays so, and a review stays one. */
    private RoutedSubtask routed(Subtask subtask, Route route, RouteChecks checks) {
        if (!route.undecided().isEmpty()) {
            return new RoutedSubtask(subtask, route, List.of(), false);
        }
        String first = route.agent();
        boolean changing = runtime.changes(first);
        List<String> candidates = Stream.concat(
                        Stream.of(first),
                        route.match().candidates().stream()
                                .map(Candidate::agent)
                                .filter(checks::canWork)
                                .filter(agent -> changing || !runtime.changes(agent)))
                .distinct()
                .limit(CANDIDATES)
                .toList();
        return new RoutedSubtask(subtask, route, candidates, changing);
    }
}
