package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.NoToolsException;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * From a match to a route: the best that can work here, and whether a model is to choose among several.
 *
 * @param profile who an agent would be
 * @param obstacle why an agent cannot work here; empty when it can
 */
record RouteChecks(
        Chooser chooser,
        ModelChoice choice,
        Function<String, AgentProfile> profile,
        Function<String, Optional<String>> obstacle) {

    /** Those of a task: a specialist needs the tools that its file names, and what it costs has to be known where that counts. */
    static RouteChecks of(AgentRuntime runtime, ModelChoice choice, BudgetCheck budget) {
        return new RouteChecks(new Chooser(runtime), choice, runtime::profile, name -> {
            try {
                runtime.toolsOf(runtime.catalog().get(name));
                return budget.limited().isEmpty() ? Optional.empty() : budget.obstacle(runtime.profile(name));
            } catch (NoToolsException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } catch (NoModelException e) {
                return Optional.empty(); // who it would be can be said without one
            }
        });
    }

    /** Those of a part of something larger, which is not worth failing for: besides, who does it needs a model. */
    static RouteChecks ofParts(
            AgentRuntime runtime, ModelChoice choice, Function<String, AgentProfile> profile, BudgetCheck budget) {
        return new RouteChecks(new Chooser(runtime), choice, profile, name -> {
            try {
                return budget.obstacle(profile.apply(name));
            } catch (NoToolsException | NoModelException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }

    /** The best that can work here; one that was named has to. */
    Route checked(Match match) {
        boolean ranked = match.stage() == Match.Stage.LEXICAL || match.stage() == Match.Stage.HYBRID;
        if (!ranked || match.chosen().filter(this::canWork).isPresent()) {
            return new Route(match, match.chosen().map(profile));
        }
        var passedOver = new ArrayList<PassedOver>();
        List<String> ranking = Stream.concat(
                        match.chosen().stream(), match.candidates().stream().map(Candidate::agent))
                .distinct()
                .toList();
        for (String each : ranking) {
            Optional<String> why = obstacle.apply(each);
            if (why.isEmpty()) {
                String reason =
                        "the next that can work here; " + passedOver.getFirst().agent() + " fits better and cannot";
                Match next = match.decided(Optional.of(each), match.stage(), reason);
                return new Route(next, Optional.of(profile.apply(each)), passedOver, List.of());
            }
            passedOver.add(new PassedOver(each, why.get()));
        }
        String reason =
                "none of those that fit can work here; " + passedOver.getFirst().why();
        return new Route(
                match.decided(Optional.empty(), Match.Stage.DECLINED, reason), Optional.empty(), passedOver, List.of());
    }

    /** The same, and among whom a model is to decide. */
    Route ranked(Match match) {
        Route checked = checked(match);
        return new Route(checked.match(), checked.profile(), checked.passedOver(), undecided(checked.match()));
    }

    /** Among whom a model is to decide about a match; empty when it need not, or there is none. */
    List<String> undecided(Match match) {
        List<String> among =
                choice.undecided(match).stream().filter(this::canWork).toList();
        boolean settled = match.chosen().isPresent() && among.size() == 1;
        return among.isEmpty() || settled || !chooser.canChoose() ? List.of() : among;
    }

    /** The route of what a model has decided. */
    Route decided(Match match, Route ranked) {
        return new Route(match, match.chosen().map(profile), ranked.passedOver(), List.of());
    }

    boolean canWork(String agent) {
        return obstacle.apply(agent).isEmpty();
    }
}
