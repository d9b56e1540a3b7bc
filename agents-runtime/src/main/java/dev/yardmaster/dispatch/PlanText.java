package dev.yardmaster.dispatch;

import dev.yardmaster.diagram.Diagram;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.routing.Match;
import java.util.ArrayList;
import java.util.List;

/** A plan for people. */
public final class PlanText {

    private PlanText() {}

    /** Its subtasks, each with who does it and why, what it waits for, and when it is done. */
    public static String of(RoutedPlan plan) {
        var lines = new ArrayList<String>();
        int number = 1;
        for (RoutedSubtask each : plan.subtasks()) {
            Subtask subtask = each.subtask();
            lines.add(number++ + ". " + each.id() + " · " + each.candidates().getFirst()
                    + (each.changing() ? "" : " (only reads)") + after(subtask));
            lines.add("   " + subtask.task().replaceAll("\\s+", " "));
            lines.add("   chosen " + why(each.route().match()));
            each.route()
                    .passedOver()
                    .forEach(other -> lines.add("   passed over: " + other.agent() + ", since " + other.why()));
            each.candidates().stream().skip(1).forEach(next -> lines.add("   if that fails: " + next));
            subtask.acceptance().forEach(item -> lines.add("   done when: " + item));
            subtask.outputs().forEach(item -> lines.add("   leaves: " + item));
        }
        return String.join("\n", lines);
    }

    /** Who decided, how sure they were, and why. */
    private static String why(Match match) {
        boolean unsure = match.confidence() > 0 && match.confidence() < 1;
        return match.stage().inWords() + (unsure ? ", " + Math.round(100 * match.confidence()) + " % sure" : "") + ": "
                + match.reason();
    }

    private static String after(Subtask subtask) {
        return subtask.after().isEmpty() ? "" : " · after " + String.join(", ", subtask.after());
    }

    /** As a Mermaid flowchart: what waits for what. */
    public static String mermaid(RoutedPlan plan) {
        GraphBuilder builder =
                Graph.builder("plan").node(PlanGraph.BEGIN, new Part()).start(PlanGraph.BEGIN);
        plan.subtasks().forEach(each -> builder.node(name(plan, each.id()), new Part()));
        for (RoutedSubtask each : plan.subtasks()) {
            List<String> after = each.subtask().after();
            (after.isEmpty()
                            ? List.of(PlanGraph.BEGIN)
                            : after.stream()
                                    .distinct()
                                    .map(id -> name(plan, id))
                                    .toList())
                    .forEach(before -> builder.edge(before, name(plan, each.id())));
        }
        return Diagram.mermaid(builder.build());
    }

    private static String name(RoutedPlan plan, String id) {
        return plan.subtasks().stream()
                .filter(each -> each.id().equals(id))
                .map(each -> id + ":" + each.candidates().getFirst())
                .findFirst()
                .orElseThrow();
    }

    /** Something to draw. */
    private record Part() implements Node {
        @Override
        public Update run(State state, NodeContext context) {
            return Update.none();
        }

        @Override
        public String kind() {
            return "agent";
        }
    }
}
