package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a graph that is entered at one node and is over as a whole: the graph itself, or a loop's body. Fixed when
 * the graph is built; {@link Iteration} is one going-through of it.
 */
final class Region {

    /** What a region runs: a node, or a whole loop that is one unit seen from outside. */
    static final class Unit {
        final int index;
        /** The node, or the loop's head. */
        final int node;

        final @Nullable Region loop;
        /** The edges that lead out of it, in declaration order. */
        final List<Integer> outgoing = new ArrayList<>();

        /** How many edges of this region lead to it. */
        int incoming;
        /** Where each of them starts, in declaration order. */
        final List<String> sources = new ArrayList<>();

        Unit(int index, int node, @Nullable Region loop) {
            this.index = index;
            this.node = node;
            this.loop = loop;
        }
    }

    final @Nullable Region parent;
    /** The loop's head; -1 for the graph. */
    final int head;

    final BitSet body;
    final List<Unit> units = new ArrayList<>();

    Region(@Nullable Region parent, int head, BitSet body) {
        this.parent = parent;
        this.head = head;
        this.body = body;
    }

    boolean isLoop() {
        return head >= 0;
    }

    Unit add(int node, @Nullable Region loop) {
        var unit = new Unit(units.size(), node, loop);
        units.add(unit);
        return unit;
    }
}
