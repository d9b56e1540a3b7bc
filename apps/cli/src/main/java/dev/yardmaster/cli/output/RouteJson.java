package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.dispatch.PlanRoutes;
import dev.yardmaster.dispatch.Route;
import dev.yardmaster.dispatch.RoutedSubtask;
import dev.yardmaster.dispatch.Subtask;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Match;
import java.util.Locale;

/** A router's decision for programs. */
public final class RouteJson {

    private RouteJson() {}

    /** A decision as it is recorded, with those that were passed over. */
    static ObjectNode of(Route route) {
        ObjectNode json = of(route.match());
        ArrayNode passed = json.putArray("passedOver");
        route.passedOver()
                .forEach(each -> passed.addObject().put("agent", each.agent()).put("why", each.why()));
        json.set("undecided", JsonEvents.texts(route.undecided()));
        return json;
    }

    /** Adds who does what of a plan. */
    static ObjectNode add(ObjectNode json, PlanRoutes routes) {
        ArrayNode subtasks = json.putArray("subtasks");
        for (RoutedSubtask each : routes.subtasks()) {
            Subtask subtask = each.subtask();
            ObjectNode part = subtasks.addObject().put("id", subtask.id()).put("task", subtask.task());
            part.set("after", JsonEvents.texts(subtask.after()));
            part.set("acceptance", JsonEvents.texts(subtask.acceptance()));
            part.set("outputs", JsonEvents.texts(subtask.outputs()));
            part.set("candidates", JsonEvents.texts(each.candidates()));
            part.put("changing", each.changing());
            part.set("route", of(each.route()));
        }
        json.set("problems", JsonEvents.texts(routes.problems()));
        return json;
    }

    /** The fields of a decision, in the order of docs/json.md. */
    public static ObjectNode of(Match match) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("task", match.task())
                .put("chosen", match.chosen().orElse(null))
                .put("stage", match.stage().name().toLowerCase(Locale.ROOT))
                .put("reason", match.reason())
                .put("confidence", match.confidence())
                .put("runnerUp", match.runnerUp().map(Candidate::agent).orElse(null));
        ArrayNode candidates = json.putArray("candidates");
        match.candidates().forEach(each -> {
            ObjectNode candidate =
                    candidates.addObject().put("agent", each.agent()).put("score", each.score());
            candidate.set("words", JsonEvents.texts(each.words()));
            candidate.put("example", each.example().orElse(null));
            candidate
                    .putObject("evidence")
                    .put("words", each.evidence().words())
                    .put("examples", each.evidence().examples())
                    .put("meaning", each.evidence().meaning());
        });
        return json;
    }
}
