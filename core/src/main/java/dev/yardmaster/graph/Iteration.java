package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One going-through of a region: what is decided, taken, ended and still running in it. */
final class Iteration {

    /** What goes back in the graph as a whole, or leaves it: nothing ever does. */
    private static final BitSet NEVER = new BitSet();

    final Level level;
    final Region region;
    final @Nullable Iteration parent;
    /** This loop as a unit of the region around it. */
    final Region.@Nullable Unit unit;

    /** From 1; always 1 for the graph. */
    final int number;
    /** The state that the region was entered with, in its first iteration. */
    final State entry;
    /** Where the edges start that led to its first unit. */
    private final List<String> cameFrom;
    /** The same of units to which not every edge was taken; null until there is one. */
    private @Nullable Map<Region.Unit, List<String>> someSources;

    /** What distinguishes the paths of this iteration: {@code #2.1}, or nothing when all numbers are 1. */
    final String suffix;

    final BitSet backs;
    final BitSet exits;
    /** By unit: the state of a path that ended there. */
    final @Nullable State[] ended;

    /** By unit and incoming edge: the state it brings; null until taken. */
    private final @Nullable State[][] arrived;

    private final int[] undecided;
    int unsettled;
    /** Units that run, or are about to run or to be skipped. */
    int live;

    boolean failed;
    boolean over;

    /** The one going-through of a whole graph. */
    static Iteration whole(Level level, State entry) {
        return new Iteration(level, level.structure().root(), null, null, 1, entry, List.of());
    }

    /** The first going-through of a loop that is a unit of this one. */
    Iteration loop(Region.Unit loop, State input) {
        return new Iteration(level, Objects.requireNonNull(loop.loop), this, loop, 1, input, sources(loop));
    }

    /** The iteration after this one. */
    Iteration next() {
        List<String> sources =
                backs.stream().mapToObj(e -> level.structure().edge(e).from()).toList();
        return new Iteration(level, region, parent, unit, number + 1, entry, sources);
    }

    private Iteration(
            Level level,
            Region region,
            @Nullable Iteration parent,
            Region.@Nullable Unit unit,
            int number,
            State entry,
            List<String> cameFrom) {
        this.level = level;
        this.region = region;
        this.parent = parent;
        this.unit = unit;
        this.number = number;
        this.entry = entry;
        this.cameFrom = cameFrom;
        this.suffix = region.isLoop() ? suffix(numbers()) : "";
        this.backs = region.isLoop() ? new BitSet() : NEVER;
        this.exits = region.isLoop() ? new BitSet() : NEVER;
        int units = region.units.size();
        this.ended = new State[units];
        this.arrived = new State[units][];
        this.undecided = new int[units];
        for (int i = 0; i < units; i++) {
            undecided[i] = region.units.get(i).incoming;
        }
        this.unsettled = units;
    }

    /** The path of a unit's execution in it. */
    NodePath path(Region.Unit unit) {
        if (suffix.isEmpty() && level.path().isRun()) {
            return level.structure().path(unit.node); // most paths are these; a journal keeps them for every run
        }
        return level.path().child(level.structure().name(unit.node) + suffix);
    }

    /** Where it is as a whole: the graph's path, or that of the loop. */
    NodePath path() {
        return parent == null || unit == null ? level.path() : parent.path(unit);
    }

    /** The name under which the writes in it are known when they are folded together. */
    String name() {
        return (parent == null ? "graph " : "loop ") + path();
    }

    private List<Integer> numbers() {
        var numbers = new ArrayList<Integer>();
        for (Iteration each = this; each != null && each.region.isLoop(); each = each.parent) {
            numbers.addFirst(each.number);
        }
        return numbers;
    }

    private static String suffix(List<Integer> numbers) {
        if (numbers.stream().allMatch(number -> number == 1)) {
            return "";
        }
        return "#" + String.join(".", numbers.stream().map(String::valueOf).toList());
    }

    /** One more incoming edge of a unit is decided. @param state what it brings; null when it was not taken */
    Arrival decide(Region.Unit target, int slot, @Nullable State state) {
        if (state != null) {
            if (arrived[target.index] == null) {
                arrived[target.index] = new State[target.incoming];
            }
            arrived[target.index][slot] = state;
        }
        if (--undecided[target.index] > 0) {
            return Arrival.WAITING;
        }
        return arrived[target.index] == null ? Arrival.SKIPPED : Arrival.READY;
    }

    /** What one more decision means for a unit. */
    enum Arrival {
        WAITING,
        READY,
        SKIPPED
    }

    /** The states on the taken edges to a unit, in declaration order. */
    List<State> arrived(Region.Unit target) {
        @Nullable
        State[] states = Objects.requireNonNull(arrived[target.index], "a unit without a taken edge is skipped");
        noteSources(target, states);
        arrived[target.index] = null; // nobody asks again; a long graph would keep every state there was
        return states.length == 1 ? List.of(Objects.requireNonNull(states[0])) : notNull(states);
    }

    private void noteSources(Region.Unit target, @Nullable State[] states) {
        if (isFull(states)) {
            return;
        }
        var taken = new ArrayList<String>(states.length);
        for (int slot = 0; slot < states.length; slot++) {
            if (states[slot] != null) {
                taken.add(target.sources.get(slot));
            }
        }
        someSources = someSources == null ? new HashMap<>() : someSources;
        someSources.put(target, List.copyOf(taken));
    }

    private static boolean isFull(@Nullable State[] states) {
        for (State state : states) {
            if (state == null) {
                return false;
            }
        }
        return true;
    }

    /** Where the edges start that were taken to a unit, in declaration order; none where the graph begins. */
    List<String> sources(Region.Unit target) {
        if (target.incoming == 0) {
            return cameFrom;
        }
        return someSources == null ? target.sources : someSources.getOrDefault(target, target.sources);
    }

    /** The states of all paths that ended, in declaration order of the units they ended at. */
    List<State> ended() {
        return notNull(ended);
    }

    private static List<State> notNull(@Nullable State[] states) {
        var present = new ArrayList<State>(states.length);
        for (State state : states) {
            if (state != null) {
                present.add(state);
            }
        }
        return present;
    }
}
