package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Puts a graph together; everything is checked in {@link #build()}. Not thread-safe. */
public final class GraphBuilder {

    /** What stands under a name. */
    record Named(String name, Body body) {}

    private final String name;
    private final List<Channel<?>> channels = new ArrayList<>();
    private final List<Named> nodes = new ArrayList<>();
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final List<String> starts = new ArrayList<>();
    private int maxIterations = 100;
    private int maxExecutions = 100_000;

    GraphBuilder(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a graph is blank; runs are found by it");
        }
        this.name = name;
    }

    private static <T> T given(T part, String what, String id) {
        return Objects.requireNonNull(part, () -> what + " '" + id + "' is null");
    }

    /** Declares channels; every channel that is read or written has to be. */
    public GraphBuilder channels(Channel<?>... declared) {
        for (Channel<?> each : declared) {
            channels.add(given(each, "a channel of graph", name));
        }
        return this;
    }

    /**
     * Adds a node.
     *
     * @param id its name: none of {@code # . / [ ]} in it
     * @param node a {@code Graph}, or one that is {@linkplain Graph#dynamic made when its turn comes}, becomes a subgraph on
     *     the channels of this one: it declares some of them, and its nodes run in parallel with the others
     */
    public GraphBuilder node(String id, Node node) {
        given(node, "node", id);
        if (node instanceof Graph graph) {
            return add(id, new Body.Subgraph(graph, Optional.empty()));
        }
        return add(
                id,
                node instanceof DynamicGraph dynamic
                        ? new Body.Dynamic(dynamic)
                        : new Body.Leaf(node, NodePolicy.once()));
    }

    /**
     * Adds a node that is run under a policy.
     *
     * @throws IllegalArgumentException when it is a {@code Graph}: its nodes have policies of their own
     */
    public GraphBuilder node(String id, Node node, NodePolicy policy) {
        return add(id, new Body.Leaf(single(id, given(node, "node", id)), given(policy, "the policy of node", id)));
    }

    private static Node single(String id, Node node) {
        if (node instanceof Graph || node instanceof DynamicGraph) {
            throw new IllegalArgumentException(
                    "'" + id + "' is a graph and cannot be run under a policy; give the policy to its nodes");
        }
        return node;
    }

    /** Adds a subgraph with channels of its own. @param mapping what goes into it and what comes out */
    public GraphBuilder subgraph(String id, Graph graph, ChannelMapping mapping) {
        return add(
                id,
                new Body.Subgraph(
                        given(graph, "subgraph", id), Optional.of(given(mapping, "the mapping of subgraph", id))));
    }

    /**
     * Adds a node that is run once for each element of a list, in parallel. Each starts from the same state; what they
     * write to other channels is merged, in element order. An empty list is over at once.
     *
     * @param elements the list; read once
     * @param item where an element finds itself; seen by it alone, and need not be declared here
     * @param body a node, or a {@code Graph} that declares some of this graph's channels, {@code item} and {@code result}.
     *     Channels between its nodes are shared with the other elements: give it its own by putting a {@link #subgraph}
     *     into it
     * @param result where an element writes its result; seen by it alone, and need not be declared here
     * @param results gets all results, in element order
     * @param limit how many elements may run at once, 1 or more
     */
    public <E, R> GraphBuilder forEach(
            String id,
            Channel<List<E>> elements,
            Channel<E> item,
            Node body,
            Channel<R> result,
            Channel<List<R>> results,
            int limit) {
        return add(id, each(id, elements, item, body, result, results, limit, NodePolicy.once()));
    }

    /**
     * Adds a node that is run once for each element of a list, each under a policy.
     *
     * @throws IllegalArgumentException when the body is a {@code Graph}: its nodes have policies of their own
     */
    public <E, R> GraphBuilder forEach(
            String id,
            Channel<List<E>> elements,
            Channel<E> item,
            Node body,
            Channel<R> result,
            Channel<List<R>> results,
            int limit,
            NodePolicy policy) {
        return add(id, each(id, elements, item, single(id, body), result, results, limit, policy));
    }

    private static <E, R> Body each(
            String id,
            Channel<List<E>> elements,
            Channel<E> item,
            Node body,
            Channel<R> result,
            Channel<List<R>> results,
            int limit,
            NodePolicy policy) {
        return new Body.ForEach<>(
                given(elements, "the channel of the elements of forEach", id),
                given(item, "the channel of one element of forEach", id),
                given(body, "what is run for each element of forEach", id),
                given(result, "the channel of one result of forEach", id),
                given(results, "the channel of the results of forEach", id),
                atLeastOne(limit),
                given(policy, "the policy of forEach", id));
    }

    private GraphBuilder add(String id, Body body) {
        nodes.add(new Named(given(id, "the name of a node of graph", name), body));
        return this;
    }

    /** Names the node that a run begins with. */
    public GraphBuilder start(String id) {
        starts.add(given(id, "the start of graph", name));
        return this;
    }

    /** Adds an edge that is always taken. */
    public GraphBuilder edge(String from, String to) {
        outgoing.add(new Outgoing.Single(edge(from, to, Edge.Kind.PLAIN), state -> true));
        return this;
    }

    /** Adds an edge that is taken when {@code when} holds for the state after {@code from}; evaluated once. */
    public GraphBuilder edge(String from, String to, Predicate<State> when) {
        given(when, "the condition of an edge from node", from);
        outgoing.add(new Outgoing.Single(edge(from, to, Edge.Kind.WHEN), when));
        return this;
    }

    private Edge edge(String from, String to, Edge.Kind kind) {
        return new Edge(
                given(from, "where an edge starts in graph", name),
                given(to, "where an edge leads from node", from),
                kind);
    }

    /** Adds edges of which {@code chooser} picks one, by name, from the state after {@code from}; evaluated once. */
    public GraphBuilder choose(String from, Function<State, String> chooser, String... targets) {
        given(chooser, "the chooser at node", from);
        return chooseAll(from, state -> picked(chooser.apply(state)), targets);
    }

    private static List<String> picked(String target) {
        return target == null ? Arrays.asList((String) null) : List.of(target);
    }

    /** Adds edges of which {@code chooser} picks any number; picking none ends the path. */
    public GraphBuilder chooseAll(
            String from, Function<State, ? extends Collection<String>> chooser, String... targets) {
        given(chooser, "the chooser at node", from);
        var edges = Arrays.stream(given(targets, "the targets of the choice at node", from))
                .map(to -> edge(from, to, Edge.Kind.CHOICE))
                .toList();
        outgoing.add(new Outgoing.Choice(from, edges, chooser));
        return this;
    }

    /** How often a loop may go round before the run fails; 100 unless set. */
    public GraphBuilder maxIterations(int iterations) {
        maxIterations = atLeastOne(iterations);
        return this;
    }

    /** How many node executions a run may have before it fails; 100,000 unless set. */
    public GraphBuilder maxExecutions(int executions) {
        maxExecutions = atLeastOne(executions);
        return this;
    }

    private static int atLeastOne(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be 1 or more: " + limit);
        }
        return limit;
    }

    /**
     * The graph.
     *
     * @throws InvalidGraphException with every problem and its remedy
     */
    public Graph build() {
        var parts = new GraphProblems(channels, nodes, outgoing, starts);
        var problems = new ArrayList<>(parts.find());
        if (!parts.haveShape()) {
            throw new InvalidGraphException(name, problems);
        }
        var reachable = nodes.stream().filter(parts::isReachable).toList();
        var names = reachable.stream().map(Named::name).toList();
        var edges = edges().stream().filter(parts::isReachable).toList();
        var structure = Structure.of(names, edges, starts.getFirst());
        problems.addAll(structure.problems());
        if (!structure.hasLoops()) {
            throw new InvalidGraphException(name, problems);
        }
        var foresight =
                new Foresight(names, edges, reachable.stream().map(Named::body).toList(), structure);
        problems.addAll(foresight.problems(channels));
        if (!problems.isEmpty()) {
            throw new InvalidGraphException(name, problems);
        }
        return new Graph(name, channels, nodes, outgoing, structure, foresight.hints(), maxIterations, maxExecutions);
    }

    private List<Edge> edges() {
        return outgoing.stream().flatMap(each -> each.edges().stream()).toList();
    }
}
