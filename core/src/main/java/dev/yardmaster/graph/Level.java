package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One going-through of a graph: the run, a subgraph, or an element whose body is a graph.
 *
 * @param owner what is told when it is over; null for the run
 * @param index which child of its owner it is
 * @param address where it lies, as positions of declaration and of elements from the run down
 */
record Level(Graph graph, NodePath path, @Nullable Composite owner, int index, int[] address) {

    static Level run(Graph graph) {
        return new Level(graph, NodePath.run(), null, 0, new int[0]);
    }

    static Level inside(Composite owner, int index, Graph graph) {
        return new Level(
                graph, owner.child(index), owner, index, owner.iteration().level.address(owner.unit().node, index));
    }

    /** The {@code forEach} of an element that it is in. */
    Composite around(NodePath element) {
        Composite around = Objects.requireNonNull(owner, "an element is inside of the run");
        return around.body() instanceof Body.ForEach && path.equals(element)
                ? around
                : around.iteration().level.around(element);
    }

    Structure structure() {
        return graph.structure();
    }

    /** The address of a node of this graph, or of one of its children. */
    int[] address(int node, int child) {
        int[] longer = Arrays.copyOf(address, address.length + 2);
        longer[address.length] = node;
        longer[address.length + 1] = child;
        return longer;
    }
}
