package dev.yardmaster.graph;

import dev.yardmaster.graph.Shape.Arrow;
import dev.yardmaster.graph.Shape.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes a graph of a seed: forks, joins, choices, loops in loops, subgraphs and {@code forEach} in each other. */
final class RandomShape {

    private final SplittableRandom random;

    private RandomShape(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static Shape of(long seed) {
        return new RandomShape(seed).shape(1 + (int) (seed % 8), 0, false);
    }

    private Shape shape(int nodes, int depth, boolean isElement) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < nodes; i++) {
            parts.add(isElement && i == 0 ? new Part.Leaf() : part(depth));
        }
        var arrows = new ArrayList<Arrow>();
        for (int to = 1; to < nodes; to++) {
            add(arrows, random.nextInt(to), to);
        }
        for (int i = random.nextInt(nodes + 1); i > 0 && nodes > 1; i--) {
            int to = 1 + random.nextInt(nodes - 1);
            add(arrows, random.nextInt(to), to);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            int from = random.nextInt(nodes);
            int to = random.nextInt(from + 1);
            if (new Shape(parts, arrows).dominates(to, from)) {
                add(arrows, from, to);
            }
        }
        if (random.nextInt(3) == 0) {
            add(arrows, random.nextInt(nodes), Shape.END);
        }
        shuffle(arrows);
        return new Shape(parts, withKinds(new Shape(parts, arrows)));
    }

    private Part part(int depth) {
        int roll = random.nextInt(depth == 0 ? 8 : depth == 1 ? 12 : Integer.MAX_VALUE);
        return switch (roll) {
            case 0 -> new Part.Sub(shape(1 + random.nextInt(4), depth + 1, false), false);
            case 1 -> new Part.Sub(shape(1 + random.nextInt(3), depth + 1, false), true);
            case 2 -> new Part.Each(list(), null, 1 + random.nextInt(4));
            case 3 -> new Part.Each(list(), element(depth), 1 + random.nextInt(4));
            default -> new Part.Leaf();
        };
    }

    private @Nullable Shape element(int depth) {
        return shape(1 + random.nextInt(3), depth + 1, true);
    }

    private String list() {
        return List.of("none", "one", "three", "three").get(random.nextInt(4));
    }

    private static void add(List<Arrow> arrows, int from, int to) {
        if (arrows.stream().noneMatch(arrow -> arrow.from() == from && arrow.to() == to)) {
            arrows.add(new Arrow(from, to, Edge.Kind.PLAIN));
        }
    }

    private void shuffle(List<Arrow> arrows) {
        for (int i = arrows.size() - 1; i > 0; i--) {
            arrows.add(arrows.remove(random.nextInt(i + 1)));
        }
    }

    /** What leaves a loop or goes back is conditional; of the rest, some is. */
    private List<Arrow> withKinds(Shape shape) {
        return shape.arrows().stream()
                .map(arrow -> {
                    boolean conditional =
                            shape.goesBack(arrow) || !shape.left(arrow).isEmpty() || random.nextInt(3) == 0;
                    var kind = random.nextBoolean() ? Edge.Kind.WHEN : Edge.Kind.CHOICE;
                    return new Arrow(arrow.from(), arrow.to(), conditional ? kind : Edge.Kind.PLAIN);
                })
                .toList();
    }
}
