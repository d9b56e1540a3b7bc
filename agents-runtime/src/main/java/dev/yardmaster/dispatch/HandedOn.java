package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.Referral;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;

/**
 * Refers subtasks that agents hand on as a dispatcher routes tasks: the same router, checks and model. Its routes are plain
 * steps: what may be asked follows from rules and settings, which may be others when a run is resumed, and it was asked.
 */
record HandedOn(AgentRuntime runtime, Router router, ModelChoice choice) implements Referral {

    @Override
    public Referred refer(Request request, NodeContext context) throws Exception {
        RouteChecks checks = RouteChecks.ofParts(runtime, choice, request.profile(), BudgetCheck.of(runtime, context));
        Route ranked = context.step(
                Dispatcher.STEP,
                Route.class,
                request.task(),
                Effect.READ_ONLY,
                () -> checks.ranked(router.route(request.task(), request.may())));
        if (ranked.undecided().isEmpty()) {
            return new Referred(ranked.match(), Spending.none());
        }
        NodeContext scope = context.scope(Dispatcher.CHOICE);
        Chooser.Decided decided = checks.chooser().decide(ranked.match(), ranked.undecided(), State.empty(), scope);
        Match match = scope.step(
                        Dispatcher.STEP,
                        Route.class,
                        decided.match(),
                        Effect.READ_ONLY,
                        () -> checks.decided(decided.match(), ranked))
                .match();
        return new Referred(match, decided.spent());
    }
}
