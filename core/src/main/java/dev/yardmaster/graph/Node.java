package dev.yardmaster.graph;

import java.util.List;

/** One unit of work. Instances are shared by runs and must be thread-safe. */
@FunctionalInterface
public interface Node {

    /**
     * Does the work. Runs on a virtual thread and may block. After a crash or a failure it may run again from its
     * beginning; what it did inside {@link NodeContext#step steps} that were recorded is not done twice.
     *
     * @param state what its predecessors wrote
     * @return what it writes
     * @throws Exception when it cannot be done; recorded as the node's failure
     */
    Update run(State state, NodeContext context) throws Exception;

    /** What sort of node it is, for limits and pictures: {@code agent} for agents, {@code node} unless it says otherwise. */
    default String kind() {
        return "node";
    }

    /** The channels it reads, where they are known beforehand: that they are declared is seen when the graph is built. */
    default List<Channel<?>> reads() {
        return List.of();
    }

    /** The channels it writes, where they are known beforehand. */
    default List<Channel<?>> writes() {
        return List.of();
    }
}
