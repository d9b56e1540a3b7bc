package dev.yardmaster.event;

import java.util.Map;
import java.util.TreeMap;

/**
 * A failure as data: it can be stored, shown and switched on.
 *
 * @param kind a stable name for programs, such as {@code model.rate-limited} or {@code node.exception}
 * @param message what went wrong, where, and what to do, for people
 * @param retryable whether trying the same again may succeed
 * @param at the execution that failed
 * @param details further facts by name, sorted; never a secret
 */
public record Failure(String kind, String message, boolean retryable, NodePath at, Map<String, String> details) {

    public Failure {
        details = java.util.Collections.unmodifiableMap(new TreeMap<>(details));
    }

    public static Failure of(String kind, String message, NodePath at) {
        return new Failure(kind, message, false, at, Map.of());
    }
}
