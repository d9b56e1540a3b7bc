package dev.yardmaster.graph;

/**
 * An arrow between two nodes.
 *
 * @param to a node's name or {@link Graph#END}
 * @param kind what decides whether it is taken
 */
public record Edge(String from, String to, Kind kind) {

    /** What decides whether an edge is taken. */
    public enum Kind {
        /** Always taken. */
        PLAIN,
        /** Taken when its predicate says so. */
        WHEN,
        /** Taken when the chooser of its node names it. */
        CHOICE
    }

    @Override
    public String toString() {
        return "'" + from + "' → '" + to + "'";
    }
}
