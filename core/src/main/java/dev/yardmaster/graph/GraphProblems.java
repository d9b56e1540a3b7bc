package dev.yardmaster.graph;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what is wrong with the parts of a graph, before its shape is looked at. */
final class GraphProblems {

    private static final Pattern FORBIDDEN = Pattern.compile("[#./\\[\\]\\s]");

    private final List<Channel<?>> channels;
    private final List<GraphBuilder.Named> nodes;
    private final List<Outgoing> outgoing;
    private final List<String> starts;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<InvalidGraphException.Problem> problems = new ArrayList<>();
    /** What is looked at. */
    private Optional<String> node = Optional.empty();

    private Optional<Edge> edge = Optional.empty();
    private final Set<String> reached = new HashSet<>();
    private boolean shape;

    GraphProblems(
            List<Channel<?>> channels, List<GraphBuilder.Named> nodes, List<Outgoing> outgoing, List<String> starts) {
        this.channels = channels;
        this.nodes = nodes;
        this.outgoing = outgoing;
        this.starts = starts;
    }

    List<InvalidGraphException.Problem> find() {
        channels();
        readsAndWrites();
        composites();
        int ofChannels = problems.size();
        nodes();
        edges();
        shape = start() && problems.size() == ofChannels;
        if (shape) {
            reachability();
        }
        return problems;
    }

    private void add(String message) {
        problems.add(new InvalidGraphException.Problem(message, node, edge));
    }

    /** Whether it has a place in the shape, which begins at the start. */
    boolean isReachable(GraphBuilder.Named named) {
        return reached.contains(named.name());
    }

    boolean isReachable(Edge edge) {
        return reached.contains(edge.from());
    }

    /** Whether names and edges are in order, so that the graph's shape can be looked at. */
    boolean haveShape() {
        return shape;
    }

    private void nodes() {
        if (nodes.isEmpty()) {
            add("it has no node; add one with node(\"name\", …)");
        }
        for (var named : nodes) {
            node = Optional.of(named.name());
            boolean first = names.add(named.name());
            if (named.name().isEmpty() || FORBIDDEN.matcher(named.name()).find()) {
                add("node name '" + named.name() + "' is not usable: no blanks and none of # . / [ ]");
            } else if (named.name().equals(Graph.END)) {
                add("no node can be called " + Graph.END + ", which ends a path; choose another name");
            } else if (!first) {
                add("node '" + named.name() + "' is declared twice; rename one");
            }
        }
        node = Optional.empty();
    }

    private void channels() {
        Map<String, Channel<?>> seen = new HashMap<>();
        for (Channel<?> channel : channels) {
            Channel<?> other = seen.putIfAbsent(channel.name(), channel);
            if (other != null) {
                add(channel + " is declared twice"
                        + (other.type().equals(channel.type())
                                ? "; remove one"
                                : " with different types, " + other.type().getTypeName() + " and "
                                        + channel.type().getTypeName() + "; rename one"));
                continue;
            }
            stored(channel);
        }
    }

    private void composites() {
        for (var named : nodes) {
            node = Optional.of(named.name());
            if (named.body() instanceof Body.Subgraph subgraph) { // a dynamic graph is looked at when it is made
                subgraph("subgraph '" + named.name() + "'", subgraph);
            } else if (named.body() instanceof Body.ForEach<?, ?> forEach) {
                forEach("forEach '" + named.name() + "'", forEach);
            }
        }
        node = Optional.empty();
    }

    private void subgraph(String name, Body.Subgraph subgraph) {
        subgraph.mapping()
                .ifPresentOrElse(
                        mapping -> mapped(name, subgraph.inner(), mapping),
                        () -> shared(name, subgraph.inner(), List.of()));
    }

    private void mapped(String subgraph, Graph inner, ChannelMapping mapping) {
        for (var pair : mapping.in()) {
            declared(subgraph + " takes", pair.from());
            if (!inner.channels().containsKey(pair.to().name())) {
                add(subgraph + " maps to " + pair.to() + ", which " + inner + " does not declare"
                        + DidYouMean.hint(pair.to().name(), inner.channels().keySet()));
            }
        }
        for (var pair : mapping.out()) {
            declared(subgraph + " writes", pair.to());
            if (!inner.channels().containsKey(pair.from().name())) {
                add(subgraph + " maps from " + pair.from() + ", which " + inner + " does not declare"
                        + DidYouMean.hint(pair.from().name(), inner.channels().keySet()));
            }
        }
    }

    private void shared(String composite, Graph inner, List<Channel<?>> local) {
        var around = new ArrayList<>(channels);
        around.addAll(local);
        ofSharing(composite, inner, around).forEach(this::add);
    }

    /** Why a graph cannot share the channels around it. @param composite what it is called */
    static List<String> ofSharing(String composite, Graph inner, Collection<Channel<?>> around) {
        var problems = new ArrayList<String>();
        var known = new HashMap<String, Channel<?>>();
        around.forEach(channel -> known.put(channel.name(), channel));
        for (Channel<?> channel : inner.channels().values()) {
            Channel<?> outer = known.get(channel.name());
            if (outer == null) {
                problems.add(
                        composite + " declares " + channel + ", which this graph does not; add it to channels(…), or"
                                + " give the subgraph channels of its own with subgraph(…, mapping)");
            } else if (!outer.signature().equals(channel.signature())
                    || !outer.initial().equals(channel.initial())) {
                problems.add(composite + " declares " + channel + " as " + channel.described() + ", this graph as "
                        + outer.described() + "; use one Channel constant in both places");
            }
        }
        return problems;
    }

    private void forEach(String name, Body.ForEach<?, ?> forEach) {
        declared(name + " takes its elements from", forEach.elements());
        declared(name + " writes", forEach.results());
        stored(forEach.item());
        stored(forEach.result());
        if (forEach.item().name().equals(forEach.result().name())) {
            add(name + " has one channel, '" + forEach.item().name() + "', for its element and its result; use two");
        }
        if (forEach.inner() instanceof Graph inner) {
            shared(name, inner, List.of(forEach.item(), forEach.result()));
            if (!inner.channels().containsKey(forEach.result().name())) {
                add(name + " takes its result from " + forEach.result() + ", which " + inner
                        + " does not declare; add it to its channels(…) and let a node write it");
            }
        }
    }

    private void declared(String who, Channel<?> channel) {
        Optional<Channel<?>> known = channels.stream()
                .filter(each -> each.name().equals(channel.name()))
                .findFirst();
        if (known.isEmpty()) {
            add(who + " " + channel + ", which is not declared; add it to channels(…)"
                    + DidYouMean.hint(
                            channel.name(), channels.stream().map(Channel::name).toList()));
        } else if (!known.get().signature().equals(channel.signature())) {
            add(who + " " + channel + " as " + channel.described() + ", and it is declared as "
                    + known.get().described() + "; use one Channel constant in both places");
        }
    }

    private void stored(Channel<?> channel) {
        String reason = Json.whyNoJsonForm(channel.type());
        if (!reason.isEmpty()) {
            add(channel + " cannot be stored: " + reason);
        }
    }

    private void readsAndWrites() {
        for (var named : nodes) {
            node = Optional.of(named.name());
            if (named.body() instanceof Body.Leaf leaf) {
                leaf.writes().forEach(channel -> declared("node '" + named.name() + "' writes", channel));
                leaf.inner().reads().forEach(channel -> declared("node '" + named.name() + "' reads", channel));
            } else if (named.body() instanceof Body.ForEach<?, ?> forEach && !(forEach.inner() instanceof Graph)) {
                forEach.inner().writes().stream()
                        .filter(channel -> !forEach.isLocal(channel.name()))
                        .forEach(channel -> declared("node '" + named.name() + "' writes", channel));
                forEach.inner().reads().stream()
                        .filter(channel -> !forEach.isLocal(channel.name()))
                        .forEach(channel -> declared("node '" + named.name() + "' reads", channel));
            }
        }
        node = Optional.empty();
    }

    private void edges() {
        var pairs = new HashSet<List<String>>();
        for (Outgoing each : outgoing) {
            if (each.edges().isEmpty()) {
                add("the choice at node '" + ((Outgoing.Choice) each).from()
                        + "' has no targets; name every node it may pick");
            }
            for (Edge edge : each.edges()) {
                this.edge = Optional.of(edge);
                if (!names.contains(edge.from())) {
                    add("edge " + edge + " starts at no node" + DidYouMean.hint(edge.from(), names));
                }
                if (!edge.to().equals(Graph.END) && !names.contains(edge.to())) {
                    add("edge " + edge + " leads to no node" + DidYouMean.hint(edge.to(), names));
                }
                if (!pairs.add(List.of(edge.from(), edge.to()))) {
                    add("edge " + edge + " is declared twice; one arrow has one condition: remove one, or"
                            + " combine the conditions");
                }
            }
            edge = Optional.empty();
        }
    }

    private boolean start() {
        if (starts.size() != 1) {
            add(
                    starts.isEmpty()
                            ? "it has no start; name its first node with start(\"name\")"
                            : "it has " + starts.size() + " starts, " + starts + "; keep one and lead edges from it to"
                                    + " the others");
            return false;
        }
        String start = starts.getFirst();
        if (!names.contains(start)) {
            add("start '" + start + "' is no node" + DidYouMean.hint(start, names));
            return false;
        }
        return true;
    }

    private void reachability() {
        Map<String, List<String>> targets = new HashMap<>();
        for (Outgoing each : outgoing) {
            for (Edge edge : each.edges()) {
                targets.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge.to());
            }
        }
        reached.addAll(starts);
        var todo = new ArrayDeque<>(starts);
        while (!todo.isEmpty()) {
            for (String target : targets.getOrDefault(todo.poll(), List.of())) {
                if (reached.add(target)) {
                    todo.add(target);
                }
            }
        }
        for (String name : names) {
            if (!reached.contains(name)) {
                node = Optional.of(name);
                add("node '" + name + "' cannot be reached from the start '" + starts.getFirst()
                        + "'; add an edge to it or remove it");
            }
        }
    }
}
