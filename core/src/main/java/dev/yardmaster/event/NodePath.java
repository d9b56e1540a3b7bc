package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The place of one execution in a run: {@code build}, {@code build#2} (second iteration), {@code backend/test} (a node
 * of a subgraph), {@code summarise[17]} (an element). The empty path is the run itself.
 */
public record NodePath(@JsonValue String value) implements Comparable<NodePath> {

    private static final NodePath RUN = new NodePath("");

    @JsonCreator
    public NodePath {}

    /** The run itself, above all nodes. */
    public static NodePath run() {
        return RUN;
    }

    public static NodePath of(String value) {
        return new NodePath(value);
    }

    /** The path of {@code name} one level below this one. */
    public NodePath child(String name) {
        return value.isEmpty() ? new NodePath(name) : new NodePath(value + "/" + name);
    }

    public boolean isRun() {
        return value.isEmpty();
    }

    @Override
    public int compareTo(NodePath other) {
        return value.compareTo(other.value);
    }

    // Spelled out, as the first run of a process asks for them: those of a record are linked when first asked for.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodePath that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
