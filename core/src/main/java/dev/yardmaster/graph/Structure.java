package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A graph's shape: which edges go back, which loops they make, how loops nest, and for every edge the region it belongs
 * to. Rules 1 to 5 of the graph's rules (docs/graph-rules.md).
 */
final class Structure {

    private static final int END = -1;

    private final List<String> names;
    private final NodePath[] paths;
    private final List<Edge> edges;
    private final Map<String, Integer> index = new HashMap<>();
    private final int start;
    private final int[] from;
    private final int[] to;
    private final Dominators dominators;
    private final int[][] predecessors;
    private final List<InvalidGraphException.Problem> problems = new ArrayList<>();
    private final boolean reducible;

    private final Region root;
    private final Region[] innermost;
    private final Map<Region, Region.Unit> loopUnits = new HashMap<>();
    private final Region.Unit[] nodeUnits;
    private final Region[] home;
    private final int[] slot;

    static Structure of(List<String> names, List<Edge> edges, String start) {
        return new Structure(names, edges, start);
    }

    private Structure(List<String> names, List<Edge> edges, String startName) {
        this.names = List.copyOf(names);
        this.paths = new NodePath[names.size()];
        this.edges = List.copyOf(edges);
        for (String name : names) {
            paths[index.size()] = NodePath.of(name);
            index.put(name, index.size());
        }
        this.start = index.get(startName);
        this.from = new int[edges.size()];
        this.to = new int[edges.size()];
        for (int e = 0; e < edges.size(); e++) {
            from[e] = index.get(edges.get(e).from());
            to[e] = index.getOrDefault(edges.get(e).to(), END);
        }
        this.predecessors = neighbours(to, from);
        this.dominators = Dominators.of(start, neighbours(from, to), predecessors);
        var all = new BitSet();
        all.set(0, names.size());
        this.root = new Region(null, END, all);
        this.innermost = new Region[names.size()];
        this.nodeUnits = new Region.Unit[names.size()];
        this.home = new Region[edges.size()];
        this.slot = new int[edges.size()];
        this.reducible = isReducible();
        if (reducible) {
            findLoops();
            findUnits();
            placeEdges();
        }
    }

    private int[][] neighbours(int[] of, int[] at) {
        int[] counts = new int[names.size()];
        for (int e = 0; e < of.length; e++) {
            if (of[e] != END && at[e] != END) {
                counts[of[e]]++;
            }
        }
        int[][] neighbours = new int[names.size()][];
        for (int node = 0; node < neighbours.length; node++) {
            neighbours[node] = new int[counts[node]];
        }
        for (int e = of.length - 1; e >= 0; e--) {
            if (of[e] != END && at[e] != END) {
                neighbours[of[e]][--counts[of[e]]] = at[e];
            }
        }
        return neighbours;
    }

    /** Whether the edge leads back to a node that every path to its source passes. */
    boolean isBack(int edge) {
        return to[edge] != END && dominators.dominates(to[edge], from[edge]);
    }

    /** Takes away nodes without forward edges to them until none is left; what stays are cycles with several entries. */
    private boolean isReducible() {
        int[] waiting = new int[names.size()];
        var forward = new ArrayList<List<Integer>>();
        for (int node = 0; node < names.size(); node++) {
            forward.add(new ArrayList<>());
        }
        for (int e = 0; e < to.length; e++) {
            if (to[e] != END && !isBack(e)) {
                waiting[to[e]]++;
                forward.get(from[e]).add(to[e]);
            }
        }
        var left = new BitSet();
        left.set(0, names.size());
        var free = new ArrayList<Integer>(List.of(start));
        while (!free.isEmpty()) {
            int node = free.removeLast();
            left.clear(node);
            for (int target : forward.get(node)) {
                if (--waiting[target] == 0) {
                    free.add(target);
                }
            }
        }
        if (!left.isEmpty()) {
            reportEntries(left);
        }
        return left.isEmpty();
    }

    private void reportEntries(BitSet cyclic) {
        var entries = new ArrayList<String>();
        for (int e = 0; e < to.length; e++) {
            String target = to[e] == END ? "" : "'" + names.get(to[e]) + "'";
            if (to[e] != END && cyclic.get(to[e]) && !cyclic.get(from[e]) && !entries.contains(target)) {
                entries.add(target);
            }
        }
        problems.add(InvalidGraphException.Problem.of("a loop can be entered at " + String.join(" and at ", entries)
                + "; give it one entry: lead those edges to one node before the loop"));
    }

    private void findLoops() {
        var bodies = new HashMap<Integer, BitSet>();
        for (int e = 0; e < to.length; e++) {
            if (isBack(e)) {
                collectBody(bodies.computeIfAbsent(to[e], Structure::only), from[e]);
            }
        }
        Arrays.fill(innermost, root);
        if (bodies.isEmpty()) {
            return;
        }
        var heads = new ArrayList<>(bodies.keySet());
        heads.sort(Comparator.<Integer>comparingInt(head -> -bodies.get(head).cardinality())
                .thenComparing(Comparator.naturalOrder()));
        for (int head : heads) { // outer loops first
            var loop = new Region(innermost[head], head, bodies.get(head));
            loop.body.stream().forEach(node -> innermost[node] = loop);
        }
    }

    private static BitSet only(int node) {
        var set = new BitSet();
        set.set(node);
        return set;
    }

    /** Adds what reaches {@code source} without passing the head, which is in the body already. */
    private void collectBody(BitSet body, int source) {
        var todo = new ArrayList<Integer>(List.of(source));
        while (!todo.isEmpty()) {
            int node = todo.removeLast();
            if (!body.get(node)) {
                body.set(node);
                for (int predecessor : predecessors[node]) {
                    todo.add(predecessor);
                }
            }
        }
    }

    private void findUnits() {
        for (int node = 0; node < names.size(); node++) {
            Region region = innermost[node];
            if (region.head == node) {
                loopUnits.put(region, parent(region).add(node, region));
            }
            nodeUnits[node] = region.add(node, null);
        }
    }

    private static Region parent(Region region) {
        return java.util.Objects.requireNonNull(region.parent, "only the graph has no region around it");
    }

    private void placeEdges() {
        for (int e = 0; e < to.length; e++) {
            Region region = innermost[from[e]];
            Region.Unit source = nodeUnits[from[e]];
            source.outgoing.add(e);
            while (region.isLoop() && (to[e] == END || !region.body.get(to[e]))) {
                if (edges.get(e).kind() == Edge.Kind.PLAIN) {
                    reportPlainExit(e, region);
                }
                source = loopUnits.get(region);
                source.outgoing.add(e);
                region = parent(region);
            }
            home[e] = region;
            if (to[e] != END && to[e] != region.head) {
                Region.Unit target = unit(region, to[e]);
                slot[e] = target.incoming++;
                target.sources.add(edges.get(e).from());
            }
        }
    }

    private void reportPlainExit(int e, Region loop) {
        String back = edges.stream()
                .filter(edge -> edge.to().equals(names.get(loop.head)) && isBack(edges.indexOf(edge)))
                .map(Edge::from)
                .findFirst()
                .orElseThrow();
        String message = "edge " + edges.get(e) + " always leaves the loop that starts at '" + names.get(loop.head)
                + "', so the loop could never go round; lead the branch back into the loop, with an edge from '"
                + (to[e] == END ? edges.get(e).from() : edges.get(e).to()) + "' to a node that leads to '" + back
                + "', or make the edge conditional";
        problems.add(InvalidGraphException.Problem.atEdge(edges.get(e), message));
    }

    /** Whether its loops have one entry each, so that it can be looked at any further. */
    boolean hasLoops() {
        return reducible;
    }

    /** The unit of {@code region} that holds {@code node}. */
    private Region.Unit unit(Region region, int node) {
        Region.Unit unit = nodeUnits[node];
        for (Region around = innermost[node]; around != region; around = parent(around)) {
            unit = loopUnits.get(around);
        }
        return unit;
    }

    List<InvalidGraphException.Problem> problems() {
        return problems;
    }

    Region root() {
        return root;
    }

    /** Every loop, in declaration order of the heads. */
    List<Region> loops() {
        return loopUnits.isEmpty()
                ? List.of()
                : loopUnits.keySet().stream()
                        .sorted(Comparator.comparingInt(loop -> loop.head))
                        .toList();
    }

    String start() {
        return names.get(start);
    }

    int from(int e) {
        return from[e];
    }

    /** The node that the edge leads to; -1 for END. */
    int to(int e) {
        return to[e];
    }

    String name(int node) {
        return names.get(node);
    }

    /** The path of a node that is no part of another graph, the first time it runs. */
    NodePath path(int node) {
        return paths[node];
    }

    Edge edge(int e) {
        return edges.get(e);
    }

    /** The unit that a region begins with. */
    Region.Unit entry(Region region) {
        return region.isLoop() ? nodeUnits[region.head] : unit(root, start);
    }

    /** Whether the edge leads back to the head of {@code region}. */
    boolean isBack(int e, Region region) {
        return home[e] == region && region.isLoop() && to[e] == region.head;
    }

    /** The unit of {@code region} that the edge leads to; null when it leaves the region, goes back or ends the path. */
    Region.@Nullable Unit target(int e, Region region) {
        return home[e] != region || to[e] == END || to[e] == region.head ? null : unit(region, to[e]);
    }

    /** Which of its target's incoming edges it is, in declaration order. */
    int slot(int e) {
        return slot[e];
    }

    /** Whether an edge from within {@code region} leaves it; the graph itself is never left. */
    boolean isExit(int e, Region region) {
        return region.isLoop() && (to[e] == END || !region.body.get(to[e]));
    }

    /**
     * Which edges of a node are taken when it goes on to the given targets, each of which is named once. A test, not a set:
     * a set of bits is as long as the number of the edge, and a graph's would grow with the square of its edges.
     */
    IntPredicate taken(Region.Unit unit, List<String> targets) {
        if (targets.size() == unit.outgoing.size()) {
            return e -> true;
        }
        var wanted = targets.size() < 4 ? targets : new HashSet<>(targets);
        return e -> wanted.contains(edges.get(e).to());
    }

    /** Why a node must not take these edges together: one goes back in a loop and another leaves the same loop. */
    Optional<String> contradiction(String node, List<String> taken) {
        if (taken.size() < 2) {
            return Optional.empty();
        }
        int source = index.get(node);
        List<Integer> leaving = nodeUnits[source].outgoing;
        IntPredicate isTaken = taken(nodeUnits[source], taken);
        for (Region loop = innermost[source]; loop.isLoop(); loop = parent(loop)) {
            Region around = loop;
            var back = leaving.stream()
                    .filter(e -> isTaken.test(e) && isBack(e, around))
                    .findFirst();
            var exit = leaving.stream()
                    .filter(e -> isTaken.test(e) && isExit(e, around))
                    .findFirst();
            if (back.isPresent() && exit.isPresent()) {
                return Optional.of("node '" + node + "' goes back with edge " + edges.get(back.get())
                        + " and leaves the loop with edge " + edges.get(exit.get())
                        + " at once; choose one of them");
            }
        }
        return Optional.empty();
    }
}
