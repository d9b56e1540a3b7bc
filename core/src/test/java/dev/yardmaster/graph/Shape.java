package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A random graph as its generator and the reference interpreter see it, and what they find out about it in the most
 * literal way: nodes are numbered in declaration order, 0 is the start, and edges that do not go back lead to higher
 * numbers.
 */
record Shape(List<Part> parts, List<Arrow> arrows) {

    static final int END = -1;

    /** What stands at a node. */
    sealed interface Part {
        default Part decidedByLeaves() {
            return switch (this) {
                case Leaf leaf -> leaf;
                case Sub sub -> new Sub(sub.inner().decidedByLeaves(), sub.ownChannels());
                case Each each ->
                    new Each(
                            each.list(),
                            each.body() == null ? null : each.body().decidedByLeaves(),
                            each.limit());
            };
        }

        record Leaf() implements Part {}

        record Sub(Shape inner, boolean ownChannels) implements Part {}

        /** @param list the channel with the elements @param body null for a node */
        record Each(
                String list,
                @org.jspecify.annotations.Nullable Shape body,
                int limit) implements Part {}
    }

    record Arrow(int from, int to, Edge.Kind kind) {}

    /** A loop, by its head. */
    record Loop(int head, Set<Integer> body) {}

    /** The same, where only leaves have edges to decide. */
    Shape decidedByLeaves() {
        var changed = new ArrayList<Part>();
        for (int i = 0; i < parts.size(); i++) {
            int node = i;
            boolean decides =
                    arrows.stream().anyMatch(arrow -> arrow.from() == node && arrow.kind() != Edge.Kind.PLAIN);
            changed.add(decides ? new Part.Leaf() : parts.get(i).decidedByLeaves());
        }
        return new Shape(changed, arrows);
    }

    static String name(int node) {
        return node == END ? Graph.END : "n" + node;
    }

    /** Whether every way from the start to {@code node} passes {@code through}: cut it out and see. */
    boolean dominates(int through, int node) {
        if (through == node) {
            return true;
        }
        var reached = new TreeSet<Integer>();
        if (through != 0) {
            reach(0, through, reached);
        }
        return !reached.contains(node);
    }

    private void reach(int node, int cut, Set<Integer> reached) {
        if (reached.add(node)) {
            for (Arrow arrow : arrows) {
                if (arrow.from() == node && arrow.to() != END && arrow.to() != cut) {
                    reach(arrow.to(), cut, reached);
                }
            }
        }
    }

    boolean goesBack(Arrow arrow) {
        return arrow.to() != END && arrow.to() <= arrow.from() && dominates(arrow.to(), arrow.from());
    }

    /** Inner loops before outer ones. */
    List<Loop> loops() {
        var heads = new TreeSet<Integer>();
        arrows.stream().filter(this::goesBack).forEach(arrow -> heads.add(arrow.to()));
        var loops = new ArrayList<Loop>();
        for (int head : heads) {
            var body = new TreeSet<>(Set.of(head));
            arrows.stream()
                    .filter(arrow -> arrow.to() == head && goesBack(arrow))
                    .forEach(arrow -> collect(arrow.from(), body));
            loops.add(new Loop(head, body));
        }
        loops.sort((a, b) -> Integer.compare(a.body().size(), b.body().size()));
        return loops;
    }

    private void collect(int node, Set<Integer> body) {
        if (body.add(node)) {
            arrows.stream().filter(arrow -> arrow.to() == node).forEach(arrow -> collect(arrow.from(), body));
        }
    }

    /** The loops that an arrow leaves, inner ones first. */
    List<Loop> left(Arrow arrow) {
        return loops().stream()
                .filter(loop -> loop.body().contains(arrow.from())
                        && (arrow.to() == END || !loop.body().contains(arrow.to())))
                .toList();
    }
}
