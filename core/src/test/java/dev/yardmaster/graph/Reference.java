package dev.yardmaster.graph;

import dev.yardmaster.graph.Behaviour.Written;
import dev.yardmaster.graph.Shape.Arrow;
import dev.yardmaster.graph.Shape.Loop;
import dev.yardmaster.graph.Shape.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The graph's rules read out one after the other: recursive, on plain lists, with the time at which everything may begin
 * at the earliest. Shares no code with the engine. It can be told to break a rule, to show that the comparison notices.
 */
final class Reference {

    /** A rule that is broken on purpose. */
    enum Mutant {
        NONE,
        MERGES_IN_REVERSE,
        EXIT_CARRIES_ITS_OWN_STATE,
        NEXT_ITERATION_SEES_BACK_EDGES_ONLY,
        JOIN_TAKES_THE_FIRST_ARRIVAL,
        SKIPPED_UNITS_RUN,
        ELEMENTS_SEE_EACH_OTHER,
        WRITES_ARE_DOUBLED,
        EQUAL_VALUES_ARE_NO_CONFLICT,
        LOCAL_CHANNELS_LEAK,
        UNITS_WAIT_AT_A_BARRIER,
        END_STOPS_THE_GRAPH
    }

    /** A state: per channel its writes, oldest first. */
    record Naive(Map<String, List<Write>> writes) {

        record Write(String by, Written what, boolean overwrites) {}

        static Naive of(Map<String, List<String>> lists) {
            var writes = new TreeMap<String, List<Write>>();
            lists.forEach((channel, list) ->
                    writes.put(channel, List.of(new Write("input", new Written(channel, list, false), true))));
            return new Naive(writes);
        }

        Naive and(String by, Written what) {
            boolean overwrites = what.replaces() || !REDUCED.contains(what.channel());
            var changed = new TreeMap<>(writes);
            var longer = new ArrayList<>(changed.getOrDefault(what.channel(), List.of()));
            longer.add(new Write(by, what, overwrites));
            changed.put(what.channel(), longer);
            return new Naive(changed);
        }

        Naive with(String channel, @Nullable List<Write> other) {
            var changed = new TreeMap<>(writes);
            if (other == null) {
                changed.remove(channel);
            } else {
                changed.put(channel, other);
            }
            return new Naive(changed);
        }

        Map<String, Object> values() {
            var values = new TreeMap<String, Object>();
            writes.forEach((channel, all) -> values.put(channel, value(all)));
            return values;
        }

        private static Object value(List<Write> all) {
            Object value = null;
            for (Write write : all) {
                Object next = write.what().value();
                if (value == null || write.overwrites()) {
                    value = next;
                } else if (next instanceof Long number) {
                    value = (Long) value + number;
                } else {
                    var longer = new ArrayList<Object>((List<?>) value);
                    longer.addAll((List<?>) next);
                    value = longer;
                }
            }
            return java.util.Objects.requireNonNull(value);
        }
    }

    static final Set<String> REDUCED = Set.of("a", "s", "r", "results");

    /** What a region came to. @param state null when it failed */
    private record Result(@Nullable Naive state, long end, List<Arrow> backs, List<Arrow> exits) {}

    /** With what something begins. @param from where the arrows start that led to it */
    private record Entry(Naive state, long time, List<String> from) {}

    private record Arrival(@Nullable Naive state, long at) {}

    private static final class Conflict extends Exception {}

    private final Behaviour behaviour;
    private final int maxIterations;
    private final Mutant mutant;
    /** When each execution begins, by path. */
    final Map<String, Long> started = new TreeMap<>();

    final Set<String> failed = new TreeSet<>();

    @Nullable
    Map<String, Object> finalValues;

    private Reference(Behaviour behaviour, int maxIterations, Mutant mutant) {
        this.behaviour = behaviour;
        this.maxIterations = maxIterations;
        this.mutant = mutant;
    }

    static Reference of(Shape shape, Behaviour behaviour, Naive input, int maxIterations, Mutant mutant) {
        var reference = new Reference(behaviour, maxIterations, mutant);
        Naive result = reference.graph(shape, "", input, 0, false).state();
        reference.finalValues = result == null ? null : result.values();
        return reference;
    }

    private Result graph(Shape shape, String path, Naive input, long time, boolean isElement) {
        var all = new TreeSet<Integer>();
        for (int i = 0; i < shape.parts().size(); i++) {
            all.add(i);
        }
        return new Walk(shape, path, isElement).region(null, all, Map.of(), new Entry(input, time, List.of()));
    }

    /** One going-through of one graph. */
    private final class Walk {
        private final Shape shape;
        private final String level;
        private final String prefix;
        private final boolean isElement;
        private final List<Loop> loops;

        Walk(Shape shape, String path, boolean isElement) {
            this.shape = shape;
            this.level = path;
            this.prefix = path.isEmpty() ? "" : path + "/";
            this.isElement = isElement;
            this.loops = shape.loops();
        }

        /** The outermost loop in a region that holds the node; null when it stands by itself. */
        private @Nullable Loop loopOf(int node, @Nullable Loop around, Set<Integer> nodes) {
            Loop found = null;
            for (Loop loop : loops) { // inner ones first
                if (loop.body().contains(node) && nodes.containsAll(loop.body()) && !loop.equals(around)) {
                    found = loop;
                }
            }
            return found;
        }

        private List<String> sources(List<Arrow> taken) {
            return shape.arrows().stream()
                    .filter(taken::contains)
                    .map(arrow -> Shape.name(arrow.from()))
                    .toList();
        }

        private String path(int node, Map<Integer, Integer> numbers) {
            var around = loops.reversed().stream()
                    .filter(loop -> numbers.containsKey(loop.head()))
                    .map(loop -> numbers.get(loop.head()))
                    .toList();
            String suffix = around.stream().allMatch(number -> number == 1)
                    ? ""
                    : "#"
                            + String.join(
                                    ".", around.stream().map(String::valueOf).toList());
            return prefix + Shape.name(node) + suffix;
        }

        private Result loop(Loop loop, Map<Integer, Integer> outer, Entry first) {
            Entry entry = first;
            for (int number = 1; ; number++) {
                var numbers = new HashMap<>(outer);
                numbers.put(loop.head(), number);
                Result result = region(loop, loop.body(), numbers, entry);
                if (result.state() == null
                        || result.backs().isEmpty() && result.exits().isEmpty()) {
                    return result;
                }
                boolean contradicts =
                        !result.backs().isEmpty() && !result.exits().isEmpty();
                if (contradicts || !result.backs().isEmpty() && number == maxIterations) {
                    failed.add(path(loop.head(), outer));
                    return new Result(null, result.end(), List.of(), List.of());
                }
                if (result.backs().isEmpty()) {
                    return result;
                }
                entry = new Entry(result.state(), result.end(), sources(result.backs()));
            }
        }

        Result region(@Nullable Loop region, Set<Integer> nodes, Map<Integer, Integer> numbers, Entry entry) {
            long time = entry.time();
            var units = new TreeMap<Integer, Set<Integer>>(); // by head
            for (int node : nodes) {
                Loop inner = loopOf(node, region, nodes);
                units.computeIfAbsent(inner == null ? node : inner.head(), head -> new TreeSet<>())
                        .add(node);
            }
            int head = region == null ? 0 : region.head();
            Map<Arrow, Arrival> decided = new HashMap<>();
            var ended = new TreeMap<Integer, Naive>();
            var backers = new ArrayList<Naive>();
            var backs = new ArrayList<Arrow>();
            var exits = new ArrayList<Arrow>();
            var done = new HashSet<Integer>();
            boolean stopped = false;
            boolean broken = false;
            long end = time;
            boolean moved = true;
            while (moved) {
                moved = false;
                for (var unit : units.entrySet()) {
                    int first = unit.getKey();
                    var incoming = shape.arrows().stream()
                            .filter(arrow -> arrow.to() == first
                                    && nodes.contains(arrow.from())
                                    && !unit.getValue().contains(arrow.from())
                                    && first != head)
                            .toList();
                    if (done.contains(first) || !decided.keySet().containsAll(incoming)) {
                        continue;
                    }
                    done.add(first);
                    moved = true;
                    var taken = incoming.stream()
                            .filter(arrow -> decided.get(arrow).state() != null)
                            .toList();
                    long begin = incoming.stream()
                            .mapToLong(arrow -> decided.get(arrow).at())
                            .max()
                            .orElse(time);
                    if (mutant == Mutant.UNITS_WAIT_AT_A_BARRIER) {
                        begin = Math.max(begin, end);
                    }
                    boolean runs = (first == head || !taken.isEmpty() || mutant == Mutant.SKIPPED_UNITS_RUN)
                            && !(stopped && mutant == Mutant.END_STOPS_THE_GRAPH);
                    var outgoing = shape.arrows().stream()
                            .filter(arrow -> unit.getValue().contains(arrow.from())
                                    && (!unit.getValue().contains(arrow.to()) || arrow.to() == head))
                            .toList();
                    if (!runs) {
                        for (Arrow arrow : outgoing) {
                            decided.put(arrow, new Arrival(null, begin));
                        }
                        continue;
                    }
                    Loop inner = loopOf(first, region, nodes);
                    Naive state;
                    try {
                        var states = taken.stream()
                                .map(arrow -> decided.get(arrow).state())
                                .toList();
                        if (mutant == Mutant.JOIN_TAKES_THE_FIRST_ARRIVAL && states.size() > 1) {
                            states = states.subList(0, 1);
                        }
                        state = states.isEmpty() ? entry.state() : merged(states);
                    } catch (Conflict e) {
                        failed.add(path(first, numbers));
                        broken = true;
                        end = Math.max(end, begin);
                        continue;
                    }
                    var within = new Entry(state, begin, first == head ? entry.from() : sources(taken));
                    Result result = inner == null ? node(first, numbers, within) : loop(inner, numbers, within);
                    end = Math.max(end, result.end());
                    if (result.state() == null) {
                        broken = true;
                        continue;
                    }
                    boolean goesOn = false;
                    for (Arrow arrow : outgoing) {
                        boolean isTaken = result.exits().contains(arrow);
                        decided.put(arrow, new Arrival(isTaken ? carried(arrow, result) : null, result.end()));
                        if (isTaken && region != null && arrow.to() == head) {
                            backs.add(arrow);
                            backers.add(result.state());
                        } else if (isTaken && (arrow.to() == Shape.END || !nodes.contains(arrow.to()))) {
                            exits.add(arrow);
                            stopped |= arrow.to() == Shape.END;
                        } else {
                            goesOn |= isTaken;
                        }
                    }
                    if (!goesOn) {
                        ended.put(first, result.state());
                    }
                }
            }
            if (broken) {
                return new Result(null, end, List.of(), List.of());
            }
            try {
                var states = mutant == Mutant.NEXT_ITERATION_SEES_BACK_EDGES_ONLY && !backers.isEmpty()
                        ? backers
                        : new ArrayList<>(ended.values());
                return new Result(merged(states), end, backs, exits);
            } catch (Conflict e) {
                failed.add(region == null ? level : path(region.head(), outside(numbers, region)));
                return new Result(null, end, List.of(), List.of());
            }
        }

        private Map<Integer, Integer> outside(Map<Integer, Integer> numbers, Loop region) {
            var outer = new HashMap<>(numbers);
            outer.remove(region.head());
            return outer;
        }

        private final Map<Arrow, Naive> own = new HashMap<>();

        private Naive carried(Arrow arrow, Result result) {
            return mutant == Mutant.EXIT_CARRIES_ITS_OWN_STATE && own.containsKey(arrow)
                    ? own.get(arrow)
                    : java.util.Objects.requireNonNull(result.state());
        }

        /** A node's execution; the edges it takes are its exits. */
        private Result node(int node, Map<Integer, Integer> numbers, Entry entry) {
            String path = path(node, numbers);
            Result result = switch (shape.parts().get(node)) {
                case Part.Leaf leaf -> leaf(path, entry, isElement && node == 0);
                case Part.Sub sub -> sub(sub, path, entry.state(), entry.time());
                case Part.Each each -> each(each, path, entry);
            };
            if (result.state() == null) {
                return result;
            }
            var taken = shape.arrows().stream()
                    .filter(arrow -> arrow.from() == node && behaviour.taken(shape, arrow, prefix, path, numbers))
                    .toList();
            taken.forEach(arrow -> own.put(arrow, result.state()));
            for (Loop loop : loops) {
                if (loop.body().contains(node)
                        && taken.stream().anyMatch(arrow -> arrow.to() == loop.head())
                        && taken.stream().anyMatch(arrow -> !loop.body().contains(arrow.to()))) {
                    failed.add(path);
                    return new Result(null, result.end(), List.of(), List.of());
                }
            }
            return new Result(result.state(), result.end(), List.of(), taken);
        }
    }

    private Result leaf(String path, Entry entry, boolean writesResult) {
        long time = entry.time();
        Naive input = entry.state();
        started.put(path, time);
        long end = time + behaviour.duration(path);
        if (behaviour.fails(path)) {
            failed.add(path);
            return new Result(null, end, List.of(), List.of());
        }
        Naive state = input;
        var seen = new Behaviour.Seen(path, input.values(), entry.from(), behaviour.how(path));
        for (Written written : behaviour.writes(seen, writesResult)) {
            state = state.and(path, written);
        }
        return new Result(state, end, List.of(), List.of());
    }

    private Result sub(Part.Sub sub, String path, Naive input, long time) {
        if (!sub.ownChannels()) {
            Result result = graph(sub.inner(), path, input, time, false);
            return over(path, result.state(), result.end());
        }
        Naive inside = Naive.of(Map.of());
        for (String channel : List.of("none", "one", "three", "s")) {
            if (input.writes().containsKey(channel)) {
                inside = inside.and("input", new Written(channel, input.values().get(channel), true));
            }
        }
        Result result = graph(sub.inner(), path, inside, time, false);
        if (result.state() == null) {
            return result;
        }
        Object lines = result.state().values().get("a");
        return over(path, lines == null ? input : input.and(path, new Written("a", lines, false)), result.end());
    }

    private Result over(String path, @Nullable Naive state, long end) {
        if (state != null) {
            started.put(path, end);
        }
        return new Result(state, end, List.of(), List.of());
    }

    private Result each(Part.Each each, String path, Entry whole) {
        long time = whole.time();
        Naive input = whole.state();
        var elements = (List<?>) input.values().get(each.list());
        var slots = new PriorityQueue<Long>(Collections.nCopies(each.limit(), time));
        var results = new ArrayList<Object>();
        var states = new ArrayList<Naive>();
        boolean broken = false;
        long end = time;
        Naive before = input;
        for (int i = 0; i < elements.size(); i++) {
            String child = path + "[" + i + "]";
            Naive entry = before.with("res", null)
                    .with("item", List.of(new Naive.Write(child, new Written("item", elements.get(i), false), true)));
            long begin = slots.remove();
            Result result = each.body() == null
                    ? leaf(child, new Entry(entry, begin, whole.from()), true)
                    : graph(each.body(), child, entry, begin, true);
            slots.add(result.end());
            end = Math.max(end, result.end());
            if (result.state() == null) {
                broken = true;
                continue;
            }
            results.add(result.state().values().get("res"));
            Naive outside = mutant == Mutant.LOCAL_CHANNELS_LEAK
                    ? result.state()
                    : result.state()
                            .with("res", input.writes().get("res"))
                            .with("item", input.writes().get("item"));
            states.add(outside);
            if (mutant == Mutant.ELEMENTS_SEE_EACH_OTHER) {
                before = outside;
            }
        }
        if (broken) {
            return new Result(null, end, List.of(), List.of());
        }
        try {
            Naive all = states.isEmpty() ? input : merged(states);
            return over(path, all.and(path, new Written("results", results, false)), end);
        } catch (Conflict e) {
            failed.add(path);
            return new Result(null, end, List.of(), List.of());
        }
    }

    private Naive merged(List<Naive> inOrder) throws Conflict {
        var states = mutant == Mutant.MERGES_IN_REVERSE ? inOrder.reversed() : inOrder;
        var channels = new TreeSet<String>();
        states.forEach(state -> channels.addAll(state.writes().keySet()));
        var merged = new TreeMap<String, List<Naive.Write>>();
        for (String channel : channels) {
            var all = states.stream()
                    .map(state -> state.writes().getOrDefault(channel, List.of()))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                for (int j = i + 1; j < all.size(); j++) {
                    refuseConflict(all.get(i), all.get(j));
                }
            }
            var union = new ArrayList<Naive.Write>();
            for (List<Naive.Write> writes : all) {
                for (Naive.Write write : writes) {
                    if (!union.contains(write)
                            || mutant == Mutant.WRITES_ARE_DOUBLED && !write.overwrites() && writes != all.getFirst()) {
                        union.add(write);
                    }
                }
            }
            merged.put(channel, union);
        }
        return new Naive(merged);
    }

    private void refuseConflict(List<Naive.Write> left, List<Naive.Write> right) throws Conflict {
        var onlyLeft = new ArrayList<>(left);
        onlyLeft.removeAll(right);
        var onlyRight = new ArrayList<>(right);
        onlyRight.removeAll(left);
        boolean overwritten = onlyLeft.stream().anyMatch(Naive.Write::overwrites)
                || onlyRight.stream().anyMatch(Naive.Write::overwrites);
        if (!onlyLeft.isEmpty() && !onlyRight.isEmpty() && overwritten) {
            boolean equal = onlyLeft.getLast()
                    .what()
                    .value()
                    .equals(onlyRight.getLast().what().value());
            if (!equal || mutant != Mutant.EQUAL_VALUES_ARE_NO_CONFLICT) {
                throw new Conflict();
            }
        }
    }
}
