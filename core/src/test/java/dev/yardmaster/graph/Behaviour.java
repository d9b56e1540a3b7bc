package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the nodes of a random graph do: a function of the seed, of where they are and of what they see. The engine under
 * test and the reference ask the same questions here and share nothing else.
 *
 * @param wild whether edges are chosen without regard to each other, so that some iterations contradict themselves
 * @param overwrites whether some nodes overwrite, so that some branches conflict
 * @param failures whether some nodes fail
 */
record Behaviour(long seed, boolean wild, boolean overwrites, boolean failures) {

    /** A write as a value: of a list of lines, a number or a text. */
    record Written(String channel, Object value, boolean replaces) {}

    private long roll(String what, int bound) {
        long h = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < what.length(); i++) {
            h = (h ^ what.charAt(i)) * 0x100000001B3L;
            h ^= h >>> 29;
        }
        h *= 0xBF58476D1CE4E5B9L;
        return Math.floorMod(h ^ (h >>> 32), bound);
    }

    /** 1 to 9 units of virtual time. */
    long duration(String path) {
        return 1 + roll("duration " + path, 9);
    }

    boolean fails(String path) {
        return failures && roll("fails " + path, 12) == 0;
    }

    /** What an execution writes that sees {@code values}; a line of what it writes tells all of them. */
    List<Written> writes(String path, Map<String, Object> values, boolean result) {
        var writes = new ArrayList<Written>();
        String line = path + "~" + Integer.toHexString(values.toString().hashCode());
        if (roll("a " + path, 10) < 7) {
            writes.add(new Written("a", List.of(line), false));
        }
        if (roll("s " + path, 10) < 5) {
            writes.add(new Written("s", 1 + roll("sum " + path, 5), false));
        }
        if (overwrites && roll("w " + path, 10) < 2) {
            writes.add(new Written("w", roll("same " + path, 3) == 0 ? "same" : line, false));
        }
        if (overwrites && roll("r " + path, 10) < 2) {
            writes.add(new Written("r", List.of(line), roll("replace " + path, 3) == 0));
        } else if (roll("r2 " + path, 10) < 2) {
            writes.add(new Written("r", List.of(line), false));
        }
        if (result) {
            writes.add(new Written("res", line, false));
        }
        return writes;
    }

    /** Whether the loop at {@code head} goes round after iteration {@code number}. */
    private boolean again(String loop, int number) {
        return number <= roll("rounds " + loop, 3);
    }

    /**
     * Whether an edge is taken.
     *
     * @param level the path of the graph it belongs to
     * @param numbers the iteration of each loop around its source, by head
     */
    boolean taken(Shape shape, Shape.Arrow arrow, String level, String path, Map<Integer, Integer> numbers) {
        if (arrow.kind() == Edge.Kind.PLAIN) {
            return true;
        }
        String what = "edge " + path + ">" + arrow.to();
        if (wild) {
            return roll(what, 10) < 5;
        }
        for (Shape.Loop loop : shape.left(arrow)) {
            if (again(level + Shape.name(loop.head()), numbers.get(loop.head()))) {
                return false;
            }
        }
        if (shape.goesBack(arrow) && !again(level + Shape.name(arrow.to()), numbers.get(arrow.to()))) {
            return false;
        }
        return roll(what, 10) < 8;
    }
}
