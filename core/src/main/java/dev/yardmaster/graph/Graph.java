package dev.yardmaster.graph;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and edges, checked when built. Immutable and shared by any number of runs.
 *
 * <p>A node is ready when all its incoming forward edges are decided and at least one was taken; it is skipped when all
 * are decided and none was. So a join waits for every branch that can still arrive and for no other. An edge that leads
 * back to a node every path to its source has passed makes a loop.
 */
public final class Graph implements Node {

    /** The target of an edge that ends a path. It stops nothing else. */
    public static final String END = "END";

    private final String name;
    private final Map<String, Channel<?>> channels = new LinkedHashMap<>();
    private final Map<String, Body> nodes = new LinkedHashMap<>();
    private final List<Body> bodies;
    private final List<Outgoing> outgoing;
    private final Map<String, List<Outgoing>> outgoingByNode = new LinkedHashMap<>();
    private final Structure structure;
    private final List<String> hints;
    private final int maxIterations;
    private final int maxExecutions;
    private volatile @Nullable String fingerprint;
    private final Json digest = Json.of(new Digest(this));

    private record Digest(Graph of) {
        @JsonValue
        String fingerprint() {
            return of.fingerprint();
        }
    }

    Graph(
            String name,
            List<Channel<?>> channels,
            List<GraphBuilder.Named> nodes,
            List<Outgoing> outgoing,
            Structure structure,
            List<String> hints,
            int maxIterations,
            int maxExecutions) {
        this.name = name;
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
        nodes.forEach(named -> this.nodes.put(named.name(), named.body()));
        this.bodies = List.copyOf(this.nodes.values());
        this.outgoing = List.copyOf(outgoing);
        for (Outgoing each : outgoing) {
            outgoingByNode
                    .computeIfAbsent(each.edges().getFirst().from(), from -> new ArrayList<>())
                    .add(each);
        }
        this.structure = structure;
        this.hints = List.copyOf(hints);
        this.maxIterations = maxIterations;
        this.maxExecutions = maxExecutions;
    }

    public static GraphBuilder builder(String name) {
        return new GraphBuilder(Objects.requireNonNull(name, "the name of a graph is null"));
    }

    /**
     * A graph that is made from the state when its turn comes: a plan that a model made, a shape that depends on what was
     * found. In a graph it is a unit like any other graph, on the channels around it.
     *
     * @param maker is called once each time, and again when a run is resumed: what it returns may depend on nothing but the
     *     state. When it throws, or makes a graph that declares other channels, the node fails with {@code graph.dynamic}
     */
    public static Node dynamic(Function<State, Graph> maker) {
        return new DynamicGraph(maker);
    }

    public String name() {
        return name;
    }

    /** The names of the nodes, in declaration order. */
    public List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    /**
     * What stands under a name: a node, a {@code Graph}, or what is run for each element of a list.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public Node node(String id) {
        return body(id).inner();
    }

    Body body(String id) {
        Body body = nodes.get(id);
        if (body == null) {
            throw new IllegalArgumentException(
                    "graph '" + name + "' has no node '" + id + "'" + DidYouMean.hint(id, nodes.keySet()));
        }
        return body;
    }

    Body body(int node) {
        return bodies.get(node);
    }

    /** The node that a run begins with. */
    public String start() {
        return structure.start();
    }

    /** What stands under a name: {@code graph}, {@code dynamic}, {@code forEach}, or the node's own {@link Node#kind kind}. */
    public String kind(String id) {
        return switch (body(id)) {
            case Body.Leaf leaf -> leaf.inner().kind();
            case Body.Subgraph subgraph -> "graph";
            case Body.Dynamic dynamic -> "dynamic";
            case Body.ForEach<?, ?> forEach -> "forEach";
        };
    }

    /** The edges, in declaration order. */
    public List<Edge> edges() {
        return outgoing.stream().flatMap(each -> each.edges().stream()).toList();
    }

    /** The declared channels by name, in declaration order. */
    public Map<String, Channel<?>> channels() {
        return Collections.unmodifiableMap(channels);
    }

    /** A hash over names, channels and edges, those of subgraphs included; not over what the nodes do. */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = Fingerprint.of(this, nodes);
            fingerprint = known;
        }
        return known;
    }

    /** The {@link #fingerprint} as a JSON string that is computed when somebody asks for its text. */
    public Json digest() {
        return digest;
    }

    /** What may go wrong in a run of this shape and is no error yet: loops that contradict themselves or never end. */
    public List<String> hints() {
        return hints;
    }

    int maxIterations() {
        return maxIterations;
    }

    int maxExecutions() {
        return maxExecutions;
    }

    Structure structure() {
        return structure;
    }

    /**
     * Decides the edges out of a node that has completed: runs the predicates and choosers on {@code result}, once. The
     * decision is to be recorded and never made again.
     *
     * @return the targets of the edges that are taken, in declaration order
     * @throws InvalidChoiceException when a chooser picks what it may not
     */
    public List<String> choose(String node, State result) {
        List<Outgoing> leaving = outgoingByNode.getOrDefault(node, List.of());
        if (leaving.size() == 1 && leaving.getFirst() instanceof Outgoing.Single only && only.isPlain()) {
            return only.targets();
        }
        var taken = new ArrayList<String>();
        for (Outgoing each : leaving) {
            switch (each) {
                case Outgoing.Single single -> {
                    if (single.when().test(result)) {
                        taken.add(single.edge().to());
                    }
                }
                case Outgoing.Choice choice -> taken.addAll(picked(node, choice, result));
            }
        }
        structure.contradiction(node, taken).ifPresent(message -> {
            throw new InvalidChoiceException(message);
        });
        return taken;
    }

    private static List<String> picked(String node, Outgoing.Choice choice, State result) {
        Collection<String> chosen = choice.chooser().apply(result);
        Set<String> targets = new LinkedHashSet<>();
        choice.edges().forEach(edge -> targets.add(edge.to()));
        for (String each : chosen == null ? Collections.<String>singleton(null) : chosen) {
            if (each == null || !targets.contains(each)) {
                throw new InvalidChoiceException("the choice at node '" + node + "' picked "
                        + (each == null ? "null" : "'" + each + "'") + ", but may only pick among "
                        + String.join(", ", targets)
                        + (each == null ? "; return a target's name" : DidYouMean.hint(each, targets)));
            }
        }
        return targets.stream().filter(chosen::contains).toList();
    }

    /**
     * Checks that a run's input writes only declared channels.
     *
     * @throws UndeclaredChannelException when it does not
     */
    public void checkInput(State input) {
        input.channels().forEach(channel -> check("input", channel));
    }

    /**
     * Checks that an update writes only declared channels.
     *
     * @throws UndeclaredChannelException when it does not
     */
    public void check(String node, Update update) {
        update.writes().forEach(write -> check(node, write.channel()));
    }

    private void check(String writer, Channel<?> written) {
        check(writer, written, false);
    }

    /** @param element whether the writer is an element of the {@code forEach} of that name */
    void check(String writer, Channel<?> written, boolean element) {
        Channel<?> declared = declared(writer, written.name(), element);
        boolean same =
                declared == written || declared != null && declared.signature().equals(written.signature());
        if (!same) {
            throw new UndeclaredChannelException(name, writer, written, declared, channels.keySet());
        }
    }

    /** A channel that a node may write. @throws UndeclaredChannelException when it may not */
    Channel<?> channel(String writer, String channel, boolean element) {
        Channel<?> declared = declared(writer, channel, element);
        if (declared == null) {
            throw new UndeclaredChannelException(
                    name, writer, Channel.of(channel, Object.class), null, channels.keySet());
        }
        return declared;
    }

    private @Nullable Channel<?> declared(String writer, String channel, boolean element) {
        if (element
                && nodes.get(writer) instanceof Body.ForEach<?, ?> forEach
                && forEach.result().name().equals(channel)) {
            return forEach.result();
        }
        return channels.get(channel);
    }

    /**
     * The input of a run, read back from a record of it.
     *
     * @throws UndeclaredChannelException when it holds a channel that the graph does not declare
     */
    public State input(Map<String, Json> recorded) {
        State input = State.empty();
        for (var value : recorded.entrySet()) {
            input = with(input, channel("input", value.getKey(), false), value.getValue());
        }
        return input;
    }

    private static <T> State with(State state, Channel<T> channel, Json value) {
        return state.with(channel, channel.decode(value));
    }

    /**
     * Runs it inside another node, one node after the other on the caller's thread, each in a scope of its own. A graph
     * that was added to a graph is not run so: there its nodes run in parallel, under their own policies.
     */
    @Override
    public Update run(State state, NodeContext context) throws Exception {
        return InlineRun.of(this, state, context);
    }

    /** The channels that its nodes are known to write. */
    @Override
    public List<Channel<?>> writes() {
        var written = new LinkedHashMap<String, Channel<?>>();
        bodies.forEach(body -> body.writes().forEach(channel -> written.put(channel.name(), channel)));
        return List.copyOf(written.values());
    }

    @Override
    public String toString() {
        return "graph '" + name + "'";
    }
}
