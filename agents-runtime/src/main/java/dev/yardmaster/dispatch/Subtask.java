package dev.yardmaster.dispatch;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;

/**
 * One specialist's part of a goal.
 *
 * @param id its name in the plan, of letters, digits, {@code -} and {@code _}
 * @param task what is to be done, in words that can be understood without the rest of the plan
 * @param specialist who is to do it; routed by the task's words when empty
 * @param after the ids of the subtasks whose results it needs
 * @param acceptance what can be checked when it is done; never empty
 * @param outputs what it leaves behind: files, or what its answer has to hold; never empty
 */
public record Subtask(
        @JsonPropertyDescription("a short name in kebab-case, unique in the plan")
        String id,

        @JsonPropertyDescription("what is to be done, so that a specialist who sees nothing but this text can do it")
        String task,

        @JsonPropertyDescription("the name of the specialist who does it, from the list; leave it out when unsure")
        Optional<String> specialist,

        @JsonPropertyDescription("the ids of the subtasks whose results it needs; empty when it needs none")
        List<String> after,

        @JsonPropertyDescription("what can be checked when it is done, one or more")
        List<String> acceptance,

        @JsonPropertyDescription("what it leaves behind: files, or what its answer holds, one or more")
        List<String> outputs) {

    public Subtask {
        id = id == null ? "" : id.strip();
        task = task == null ? "" : task.strip();
        specialist = specialist == null
                ? Optional.empty()
                : specialist.map(String::strip).filter(name -> !name.isEmpty());
        after = after == null ? List.of() : List.copyOf(after);
        acceptance = acceptance == null ? List.of() : List.copyOf(acceptance);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }
}
