package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the nodes of a random graph do: a function of the seed, of where they are and of what they see. The engine under
 * test and the reference ask the same questions here and share nothing else.
 *
 * @param seed says everything else
 * @param wild whether edges are chosen without regard to each other, so that some iterations contradict themselves
 * @param overwrites whether some nodes overwrite, so that some branches conflict
 * @param failures whether some nodes fail
 * @param troubled whether some are tried again, replaced, too late, ask or sleep
 */
record Behaviour(long seed, boolean wild, boolean overwrites, boolean failures, boolean troubled) {

    /** How a node is run; the same for all its executions. */
    enum Handling {
        ONCE,
        /** Again, at most twice. */
        RETRIED,
        /** By another node, when it fails. */
        REPLACED,
        /** It never comes back in time, and is replaced. */
        TIMED
    }

    /**
     * An execution as it sees itself.
     *
     * @param from where it was reached from
     * @param how what came back from whom it asked, or that it was replaced
     */
    record Seen(String path, Map<String, Object> values, List<String> from, String how) {}

    static final String INSTEAD = "instead";

    /** Without troubles: for what is driven by hand. */
    static Behaviour calm(long seed) {
        return new Behaviour(seed, seed % 10 == 0, seed % 3 == 0, seed % 7 == 0, false);
    }

    static Behaviour troubled(long seed) {
        return new Behaviour(seed, seed % 10 == 0, seed % 3 == 0, seed % 4 == 0, true);
    }

    private static final Pattern NUMBERS = Pattern.compile("#[\\d.]+|\\[\\d+]");

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

    Handling handling(String path) {
        long roll = troubled ? roll("handling " + NUMBERS.matcher(path).replaceAll(""), 16) : 15;
        return roll < 3 ? Handling.RETRIED : roll == 3 ? Handling.REPLACED : roll == 4 ? Handling.TIMED : Handling.ONCE;
    }

    /** How often an execution fails that does not fail for good. */
    int mishaps(String path) {
        return switch (handling(path)) {
            case ONCE -> 0;
            case RETRIED -> (int) roll("mishaps " + path, 3);
            case REPLACED -> (int) roll("mishaps " + path, 2);
            case TIMED -> 1;
        };
    }

    /** How often an execution is begun. */
    int attempts(String path) {
        return switch (handling(path)) {
            case ONCE -> 1;
            case RETRIED -> fails(path) ? 3 : 1 + mishaps(path);
            case REPLACED, TIMED -> fails(path) ? 2 : 1 + mishaps(path);
        };
    }

    boolean asks(String path) {
        return troubled && handling(path) != Handling.TIMED && roll("asks " + path, 6) == 0;
    }

    String answer(String path) {
        return roll("answer " + path, 2) == 0 ? "yes" : "no";
    }

    boolean sleeps(String path) {
        return troubled && roll("sleeps " + path, 12) == 0;
    }

    boolean steps(String path) {
        return troubled && roll("steps " + path, 3) == 0;
    }

    /** What an execution comes to know of itself; see {@link Seen#how}. */
    String how(String path) {
        boolean replaced = handling(path) == Handling.REPLACED || handling(path) == Handling.TIMED;
        return replaced && mishaps(path) > 0 ? INSTEAD : asks(path) ? answer(path) : "";
    }

    /** What an execution writes; a line of what it writes tells all that it sees. */
    List<Written> writes(Seen seen, boolean result) {
        var writes = new ArrayList<Written>();
        String path = seen.path();
        String line =
                path + "~" + Integer.toHexString((seen.values().toString() + seen.from()).hashCode()) + seen.how();
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
