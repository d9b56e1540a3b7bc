package dev.yardmaster.dispatch;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * A goal in parts that depend on each other without a cycle.
 *
 * @param subtasks in the order in which they were proposed; never empty
 */
public record Plan(
        @JsonPropertyDescription("the parts of the goal; one part when one specialist can do it all")
        List<Subtask> subtasks) {

    /** @throws InvalidPlanException with every problem */
    public Plan {
        subtasks = subtasks == null ? List.of() : List.copyOf(subtasks);
        List<String> problems = PlanCheck.problems(subtasks);
        if (!problems.isEmpty()) {
            throw new InvalidPlanException(problems);
        }
    }
}
