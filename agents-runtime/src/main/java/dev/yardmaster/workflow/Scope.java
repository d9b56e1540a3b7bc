package dev.yardmaster.workflow;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be named in a part of a condition: channels, or what an element of a list has.
 *
 * @param what each of them is called in messages
 */
record Scope(String what, Map<String, ValueType> types) {

    /** What an element is called that has no fields. */
    static final String ELEMENT = "it";

    /** What is named, as it is when a condition is decided; empty when nothing was written. */
    @FunctionalInterface
    interface Values {
        Optional<Object> find(String name);
    }

    static Scope of(Map<String, WorkflowChannel> channels) {
        return new Scope(
                "channel",
                channels.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().type())));
    }

    /** Inside {@code any list (…)}: the fields of a record, or a text itself. */
    static Scope ofElements(Operand list) {
        ValueType element = list.type().element();
        return element.kind().hasFields()
                ? new Scope("field of '" + list.name() + "'", element.fields())
                : new Scope("name for what '" + list.name() + "' holds", Map.of(ELEMENT, element));
    }
}
