package dev.yardmaster.dispatch;

import java.util.List;

/**
 * A plan and who does what, as recorded: it runs as it stands here.
 *
 * @param goal what it is a plan for
 * @param round 1 for the first plan, 2 for the one that was made when that failed
 * @param subtasks in the plan's order
 */
public record RoutedPlan(String goal, int round, List<RoutedSubtask> subtasks) {

    public RoutedPlan {
        subtasks = List.copyOf(subtasks);
    }

    /** Whether one specialist does it all. */
    public boolean isWhole() {
        return subtasks.size() == 1;
    }

    /** What of some attempts was made for this plan, in their order. */
    List<Attempt> of(List<Attempt> attempts) {
        return attempts.stream().filter(attempt -> attempt.round() == round).toList();
    }
}
