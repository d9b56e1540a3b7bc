package dev.yardmaster.dispatch;

import java.util.List;

/**
 * A subtask and who does it, as recorded.
 *
 * @param route who was chosen, and why
 * @param candidates the agents that try it, one after the other until one succeeds; the chosen one first
 * @param changing whether the first has tools that change something: such subtasks run one after another; if not, none of
 *     the others has
 */
public record RoutedSubtask(Subtask subtask, Route route, List<String> candidates, boolean changing) {

    public RoutedSubtask {
        candidates = List.copyOf(candidates);
    }

    public String id() {
        return subtask.id();
    }
}
