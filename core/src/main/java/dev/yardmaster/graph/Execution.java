package dev.yardmaster.graph;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One going-through of a node that is ready to run or running. Of a subgraph or a {@code forEach} that is over, it is
 * what remains to be done: deciding its edges.
 */
public final class Execution {

    /** Who is told when an execution is over. */
    sealed interface Place {
        record InRegion(Iteration iteration, Region.Unit unit) implements Place {}

        record InForEach(Composite composite, int element) implements Place {}
    }

    /** The order of declaration, then of elements. */
    static final Comparator<Execution> DECLARATION = (a, b) -> Arrays.compare(a.address(), b.address());

    private final Place place;
    private final Graph graph;
    private final NodePath path;
    private final String node;
    private final State input;
    private final Optional<Node> body;
    private final NodePolicy policy;
    private final List<String> arrivedFrom;
    private int @Nullable [] address;
    private @Nullable Update written;
    private @Nullable State after;
    private boolean settled;

    private Execution(
            Place place, Iteration iteration, Region.Unit unit, NodePath path, State input, Optional<Node> body) {
        this.place = place;
        this.graph = iteration.level.graph();
        this.path = path;
        this.node = graph.structure().name(unit.node);
        this.input = input;
        this.body = body;
        this.policy = graph.body(unit.node).policy();
        this.arrivedFrom = iteration.sources(unit);
    }

    static Execution ofNode(Iteration iteration, Region.Unit unit, NodePath path, State input, Node body) {
        var place = new Place.InRegion(iteration, unit);
        return new Execution(place, iteration, unit, path, input, Optional.of(body));
    }

    static Execution ofElement(Composite composite, int element, Node body) {
        var place = new Place.InForEach(composite, element);
        return new Execution(
                place,
                composite.iteration(),
                composite.unit(),
                composite.child(element),
                composite.entry(element),
                Optional.of(body));
    }

    /** The end of a composite: nothing to run, only edges to decide. */
    static Execution ofEnd(Composite composite, State outcome) {
        var place = new Place.InRegion(composite.iteration(), composite.unit());
        return new Execution(
                place, composite.iteration(), composite.unit(), composite.path(), outcome, Optional.empty());
    }

    public NodePath path() {
        return path;
    }

    /** The graph that the node belongs to: the run's, or that of a subgraph. */
    public Graph graph() {
        return graph;
    }

    /** The node's name in its graph. */
    public String node() {
        return node;
    }

    /** What is to be run; empty for a subgraph or a {@code forEach} that is over: its edges are to be decided. */
    public Optional<Node> body() {
        return body;
    }

    /** See {@link NodeContext#arrivedFrom}. */
    public List<String> arrivedFrom() {
        return arrivedFrom;
    }

    /** How its body is to be run. */
    public NodePolicy policy() {
        return policy;
    }

    /** What its predecessors wrote, merged. */
    public State input() {
        return input;
    }

    /** The input and what the execution wrote: what its edges are decided on. */
    public State after(Update update) {
        State known = after;
        if (known == null || update != written) {
            known = input.after(update, path.value());
            after = known;
            written = update;
        }
        return known;
    }

    /**
     * Checks that the update writes declared channels only.
     *
     * @throws UndeclaredChannelException when it does not
     */
    public void check(Update update) {
        for (Update.Write<?> write : update.writes()) {
            graph.check(node, write.channel(), isElement());
        }
    }

    /**
     * Decides its edges, once; an element has none. See {@link Graph#choose}.
     *
     * @throws InvalidChoiceException when a chooser picks what it may not
     */
    public List<String> choose(Update update) {
        State result = after(update);
        return isElement() ? List.of() : graph.choose(node, result);
    }

    /** What it wrote, read back from a record of it. @throws UndeclaredChannelException when the graph has changed */
    public Update recorded(List<Fact.Write> writes) {
        Update update = Update.none();
        for (Fact.Write write : writes) {
            update = update.andRecorded(graph.channel(node, write.channel(), isElement()), write);
        }
        return update;
    }

    private boolean isElement() {
        return place instanceof Place.InForEach;
    }

    /** The {@code forEach} of an element that it is, or is in. */
    Composite around(NodePath element) {
        return switch (place) {
            case Place.InForEach in ->
                path.equals(element)
                        ? in.composite()
                        : in.composite().iteration().level.around(element);
            case Place.InRegion in -> in.iteration().level.around(element);
        };
    }

    Place place() {
        return place;
    }

    /** Worked out when it has to be put in order with others. */
    private int[] address() {
        int[] known = address;
        if (known == null) {
            known = switch (place) {
                case Place.InRegion in -> in.iteration().level.address(in.unit().node, 0);
                case Place.InForEach in ->
                    in.composite().iteration().level.address(in.composite().unit().node, in.element());
            };
            address = known;
        }
        return known;
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
