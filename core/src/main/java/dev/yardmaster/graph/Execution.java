package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;

/** One going-through of a node that is ready to run or running. */
public final class Execution {

    final Iteration iteration;
    final Region.Unit unit;
    private final NodePath path;
    private final String node;
    private final State input;
    private boolean settled;

    Execution(Iteration iteration, Region.Unit unit, NodePath path, String node, State input) {
        this.iteration = iteration;
        this.unit = unit;
        this.path = path;
        this.node = node;
        this.input = input;
    }

    public NodePath path() {
        return path;
    }

    /** The node's name in its graph. */
    public String node() {
        return node;
    }

    /** What its predecessors wrote, merged. */
    public State input() {
        return input;
    }

    /** The input and what the execution wrote: what its edges are decided on. */
    public State after(Update update) {
        return input.after(update, path.value());
    }

    void settle() {
        if (settled) {
            throw new IllegalStateException("execution '" + path + "' is settled already");
        }
        settled = true;
    }

    @Override
    public String toString() {
        return path.value();
    }
}
