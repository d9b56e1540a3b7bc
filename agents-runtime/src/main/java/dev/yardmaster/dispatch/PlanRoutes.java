package dev.yardmaster.dispatch;

import java.util.List;

/**
 * Who does what of a plan, as the step {@code check} records it; where a model has decided about some of it, a second one in
 * the scope {@code choice}.
 *
 * @param subtasks in the plan's order; without those that {@code problems} are about. One about which a model is to decide has
 *     candidates once it has
 * @param problems why the plan cannot be run as it stands, for its planner; empty when it can
 */
public record PlanRoutes(List<RoutedSubtask> subtasks, List<String> problems) {

    public PlanRoutes {
        subtasks = List.copyOf(subtasks);
        problems = List.copyOf(problems);
    }

    /** The subtasks about which a model is to decide; none while there are problems, since then they are planned anew. */
    List<Chooser.Open> open() {
        return problems.isEmpty()
                ? subtasks.stream()
                        .filter(each -> !each.route().undecided().isEmpty()
                                && each.candidates().isEmpty()) // earlier versions let the router decide
                        .map(each -> new Chooser.Open(
                                each.id(), each.route().match(), each.route().undecided()))
                        .toList()
                : List.of();
    }
}
