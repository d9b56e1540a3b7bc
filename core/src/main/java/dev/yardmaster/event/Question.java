package dev.yardmaster.event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run asks a person.
 *
 * @param text the question, in one or a few lines
 * @param choices what can be answered, the safest last; empty when any text will do
 * @param details facts to decide by, by name, such as the command that wants to run; never a secret
 */
public record Question(String text, List<String> choices, Map<String, String> details) {

    public Question {
        choices = List.copyOf(choices);
        details = java.util.Collections.unmodifiableMap(new TreeMap<>(details));
    }

    public static Question of(String text, String... choices) {
        return new Question(text, List.of(choices), Map.of());
    }
}
