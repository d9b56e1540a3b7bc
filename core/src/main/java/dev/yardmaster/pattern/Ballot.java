package dev.yardmaster.pattern;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Node;

/**
 * One voter.
 *
 * @param name the voter's name in the graph
 * @param voter writes its vote to {@code vote}
 * @param vote its own channel; votes are compared with {@code equals}
 */
public record Ballot<V>(String name, Node voter, Channel<V> vote) {

    public static <V> Ballot<V> of(String name, Node voter, Channel<V> vote) {
        return new Ballot<>(name, voter, vote);
    }
}
