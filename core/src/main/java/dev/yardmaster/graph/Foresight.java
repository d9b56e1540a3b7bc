package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be said of a graph's runs before there is one. It follows plain edges only, which are always taken: what it
 * reports will happen, and what it does not report may.
 */
final class Foresight {

    /** Larger graphs are not looked at: the time grows with the square of the nodes. */
    private static final int LARGEST = 2_000;

    private final List<String> names;
    private final List<Edge> edges;
    private final List<Body> bodies;
    private final Structure structure;
    private final List<List<Integer>> plain = new ArrayList<>();
    private final List<List<Integer>> forward = new ArrayList<>();

    Foresight(List<String> names, List<Edge> edges, List<Body> bodies, Structure structure) {
        this.names = names;
        this.edges = edges;
        this.bodies = bodies;
        this.structure = structure;
        for (int node = 0; node < names.size(); node++) {
            plain.add(new ArrayList<>());
            forward.add(new ArrayList<>());
        }
        for (int e = 0; e < edges.size(); e++) {
            if (!structure.isBack(e) && structure.to(e) >= 0) {
                forward.get(structure.from(e)).add(structure.to(e));
                if (edges.get(e).kind() == Edge.Kind.PLAIN) {
                    plain.get(structure.from(e)).add(structure.to(e));
                }
            }
        }
    }

    private static BitSet reached(int from, List<List<Integer>> targets) {
        var reached = new BitSet();
        var todo = new ArrayList<Integer>(List.of(from));
        while (!todo.isEmpty()) {
            int node = todo.removeLast();
            if (!reached.get(node)) {
                reached.set(node);
                todo.addAll(targets.get(node));
            }
        }
        return reached;
    }

    /** Writes that are bound to conflict. @param channels the declared ones */
    List<InvalidGraphException.Problem> problems(List<Channel<?>> channels) {
        var problems = new ArrayList<InvalidGraphException.Problem>();
        if (names.size() > LARGEST) {
            return problems;
        }
        var writers = new LinkedHashMap<String, BitSet>();
        for (Channel<?> channel : channels) {
            if (channel.reducer().isEmpty()) {
                writers.put(channel.name(), new BitSet());
            }
        }
        for (int node = 0; node < bodies.size(); node++) {
            for (String channel : written(node, problems, writers)) {
                writers.getOrDefault(channel, new BitSet()).set(node);
            }
        }
        writers.values().removeIf(nodes -> nodes.cardinality() < 2);
        for (Map.Entry<String, BitSet> each : writers.entrySet()) {
            clash(each.getValue()).ifPresent(pair -> problems.add(clashing(pair, each.getKey())));
        }
        return problems;
    }

    private InvalidGraphException.Problem clashing(int[] pair, String channel) {
        return InvalidGraphException.Problem.atNode(
                names.get(pair[1]),
                "nodes '" + names.get(pair[0]) + "' and '" + names.get(pair[1])
                        + "' run in parallel and both write channel '" + channel
                        + "', so the run ends in a conflict; give the channel a reducer ('last' if any will do), or write"
                        + " to two channels");
    }

    private List<String> written(
            int node, List<InvalidGraphException.Problem> problems, Map<String, BitSet> overwritten) {
        Body body = bodies.get(node);
        if (body instanceof Body.Leaf) {
            return body.writes().stream().map(Channel::name).toList();
        }
        if (!(body instanceof Body.ForEach<?, ?> forEach)) {
            return List.of(); // what a graph writes may depend on its choices, or on the state
        }
        if (!(forEach.inner() instanceof Graph)) {
            forEach.inner().writes().stream()
                    .map(Channel::name)
                    .filter(channel -> !forEach.isLocal(channel) && overwritten.containsKey(channel))
                    .forEach(channel -> problems.add(InvalidGraphException.Problem.atNode(
                            names.get(node),
                            "every element of forEach '" + names.get(node) + "' writes channel '" + channel
                                    + "', so two elements end in a conflict; give the channel a reducer"
                                    + " ('last' if any will do), or write to '"
                                    + forEach.result().name() + "'")));
        }
        return List.of(forEach.results().name());
    }

    /** Two of the nodes that both run whenever some node before them does, and do not see each other's writes. */
    private Optional<int[]> clash(BitSet nodes) {
        for (int fork = 0; fork < names.size(); fork++) {
            var both = reached(fork, plain);
            both.and(nodes);
            for (int left = both.nextSetBit(0); left >= 0; left = both.nextSetBit(left + 1)) {
                var behind = reached(left, forward);
                for (int right = both.nextSetBit(left + 1); right >= 0; right = both.nextSetBit(right + 1)) {
                    if (!behind.get(right) && !reached(right, forward).get(left)) {
                        return Optional.of(new int[] {left, right});
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Loops that will contradict themselves or never end. */
    List<String> hints() {
        var hints = new ArrayList<String>();
        for (Region loop : structure.loops()) {
            var always = reached(loop.head, plain);
            always.and(loop.body);
            var backs = new ArrayList<Integer>();
            var exits = new ArrayList<Integer>();
            for (int e = 0; e < edges.size(); e++) {
                if (always.get(structure.from(e)) && structure.isBack(e, loop)) {
                    backs.add(e);
                } else if (always.get(structure.from(e)) && structure.isExit(e, loop)) {
                    exits.add(e);
                }
            }
            backs.stream()
                    .filter(e -> edges.get(e).kind() == Edge.Kind.PLAIN)
                    .findFirst()
                    .ifPresent(e -> hints.add("edge " + edges.get(e) + " always goes back, so the loop ends only at its"
                            + " limit; make the edge conditional"));
            contradiction(backs, exits).ifPresent(hints::add);
        }
        return hints;
    }

    private Optional<String> contradiction(List<Integer> backs, List<Integer> exits) {
        for (int back : backs) {
            for (int exit : exits) {
                if (structure.from(back) != structure.from(exit)) {
                    return Optional.of("nodes '" + edges.get(back).from() + "' and '"
                            + edges.get(exit).from() + "' both run in every iteration; when edge " + edges.get(back)
                            + " goes back and edge " + edges.get(exit)
                            + " leaves the loop in one iteration, the run fails; let one node decide which it is");
                }
            }
        }
        return Optional.empty();
    }
}
