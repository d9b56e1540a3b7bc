package dev.yardmaster.graph;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What runs when: the rules of the graph (docs/graph-rules.md) as a fold over completions. Knows no threads, clocks or
 * storage: it is driven by an orchestrator, by a replay of a journal, by a test by hand. What it does depends on nothing
 * but the graph, the input and the completions; the final state does not even depend on their order.
 *
 * <p>Not thread-safe. Time and memory grow with the number of executions, not with its square.
 */
public final class Progress {

    private final Graph graph;
    private final Structure structure;
    private final Deque<Runnable> todo = new ArrayDeque<>();
    private final List<Execution> ready = new ArrayList<>();
    private final TreeMap<NodePath, Failure> failures = new TreeMap<>();
    private int executions;
    private boolean over;
    private @Nullable State result;

    private Progress(Graph graph) {
        this.graph = graph;
        this.structure = graph.structure();
    }

    /** The beginning of a run. */
    public static Progress first(Graph graph, State input) {
        var progress = new Progress(graph);
        var whole = new Iteration(progress.structure.root(), null, null, 1, input);
        progress.enter(whole, input);
        progress.drain();
        return progress;
    }

    /** The executions that have become ready since this was last asked, in declaration order of their nodes. */
    public List<Execution> ready() {
        var taken = new ArrayList<>(ready);
        taken.sort(Comparator.comparingInt(execution -> execution.unit.node));
        ready.clear();
        return taken;
    }

    /**
     * An execution is over.
     *
     * @param update what it wrote
     * @param taken the targets of the edges it took, as {@link Graph#choose} decided
     */
    public void complete(Execution execution, Update update, List<String> taken) {
        execution.settle();
        var edges = structure.taken(execution.unit, taken);
        settle(execution.iteration, execution.unit, execution.after(update), edges);
        drain();
    }

    /** An execution failed for good: nothing behind it runs; other branches go on. */
    public void fail(Execution execution, Failure failure) {
        execution.settle();
        fail(execution.iteration, failure);
        drain();
    }

    /** Whether nothing runs any more and nothing will. */
    public boolean isOver() {
        return over;
    }

    /** The final state of a run that is over and has not failed. */
    public Optional<State> result() {
        return Optional.ofNullable(result);
    }

    /** Everything that failed, in path order. */
    public List<Failure> failures() {
        return List.copyOf(failures.values());
    }

    private void drain() {
        for (Runnable next = todo.poll(); next != null; next = todo.poll()) {
            next.run();
        }
    }

    private void enter(Iteration iteration, State state) {
        iteration.live++;
        begin(iteration, structure.entry(iteration.region), state);
    }

    private void begin(Iteration iteration, Region.Unit unit, State input) {
        if (unit.loop != null) {
            enter(new Iteration(unit.loop, iteration, unit, 1, input), input);
            return;
        }
        NodePath path = path(iteration, unit);
        if (++executions > graph.maxExecutions()) {
            fail(
                    iteration,
                    Failure.of(
                            "limit.executions",
                            graph + " reached its limit of " + graph.maxExecutions() + " node executions at '" + path
                                    + "'; look for a loop that does not end, or raise maxExecutions(…)",
                            path));
            return;
        }
        ready.add(new Execution(iteration, unit, path, structure.name(unit.node), input));
    }

    private NodePath path(Iteration iteration, Region.Unit unit) {
        return NodePath.of(structure.name(unit.node) + iteration.suffix);
    }

    /** A unit is over and its edges are decided. */
    private void settle(Iteration iteration, Region.Unit unit, State state, BitSet taken) {
        boolean goesOn = false;
        for (int e : unit.outgoing) {
            boolean isTaken = taken.get(e);
            Region.Unit target = structure.target(e, iteration.region);
            if (target != null) {
                decide(iteration, target, structure.slot(e), isTaken ? state : null);
                goesOn |= isTaken;
            } else if (isTaken && structure.isBack(e, iteration.region)) {
                iteration.backs.set(e);
            } else if (isTaken && structure.isExit(e, iteration.region)) {
                iteration.exits.set(e);
            }
        }
        if (!goesOn) {
            iteration.ended[unit.index] = state;
        }
        iteration.unsettled--;
        left(iteration);
    }

    private void decide(Iteration iteration, Region.Unit target, int slot, @Nullable State state) {
        switch (iteration.decide(target, slot, state)) {
            case WAITING -> {}
            case READY -> {
                iteration.live++;
                todo.add(() -> join(iteration, target));
            }
            case SKIPPED -> {
                iteration.live++;
                todo.add(() -> skip(iteration, target));
            }
        }
    }

    private void join(Iteration iteration, Region.Unit unit) {
        State merged;
        try {
            merged = State.merge(iteration.arrived(unit));
        } catch (StateConflictException | IllegalStateException e) {
            fail(iteration, conflict(path(iteration, unit), e));
            return;
        }
        begin(iteration, unit, merged);
    }

    private static Failure conflict(NodePath at, RuntimeException e) {
        return Failure.of(
                "state.conflict", "the branches that meet at '" + at + "' exclude each other: " + e.getMessage(), at);
    }

    private void skip(Iteration iteration, Region.Unit unit) {
        for (int e : unit.outgoing) {
            Region.Unit target = structure.target(e, iteration.region);
            if (target != null) {
                decide(iteration, target, structure.slot(e), null);
            }
        }
        iteration.unsettled--;
        left(iteration);
    }

    private void fail(Iteration iteration, Failure failure) {
        failures.put(failure.at(), failure);
        iteration.failed = true;
        left(iteration);
    }

    /** A unit has stopped running; the iteration may be over by that. */
    private void left(Iteration iteration) {
        iteration.live--;
        todo.add(() -> {
            if (!iteration.over && iteration.unsettled == 0) {
                iteration.over = true;
                end(iteration);
            } else if (!iteration.over && iteration.live == 0 && iteration.failed) {
                iteration.over = true;
                endFailed(iteration);
            }
        });
    }

    private void end(Iteration iteration) {
        NodePath at = iteration.unit == null ? NodePath.run() : path(iteration, iteration.unit);
        State state;
        try {
            state = State.merge(iteration.ended()).collapsed(iteration.entry, region(iteration));
        } catch (StateConflictException | IllegalStateException e) {
            failures.put(at, conflict(at, e));
            endFailed(iteration);
            return;
        }
        if (iteration.parent == null || iteration.unit == null) {
            over = true;
            result = state;
        } else if (!iteration.backs.isEmpty() && !iteration.exits.isEmpty()) {
            failures.put(at, contradiction(iteration, at));
            endFailed(iteration);
        } else if (iteration.backs.isEmpty()) {
            settle(iteration.parent, iteration.unit, state, iteration.exits);
        } else {
            again(iteration, iteration.parent, iteration.unit, state, at);
        }
    }

    /** The name under which the folded writes of a region are known. */
    private String region(Iteration iteration) {
        return iteration.parent == null || iteration.unit == null
                ? "run"
                : "loop " + path(iteration.parent, iteration.unit);
    }

    private void again(Iteration iteration, Iteration parent, Region.Unit unit, State state, NodePath at) {
        if (iteration.number >= graph.maxIterations()) {
            failures.put(
                    at,
                    Failure.of(
                            "limit.iterations",
                            "the loop at '" + structure.name(unit.node) + "' went round " + iteration.number
                                    + " times, its limit; let it end earlier, or raise maxIterations(…)",
                            at));
            endFailed(iteration);
            return;
        }
        var next = new Iteration(iteration.region, parent, unit, iteration.number + 1, iteration.entry);
        enter(next, state);
    }

    private Failure contradiction(Iteration iteration, NodePath at) {
        return Failure.of(
                "loop.contradiction",
                "one iteration of the loop at '" + at + "' went back with edge "
                        + structure.edge(iteration.backs.nextSetBit(0)) + " and left with edge "
                        + structure.edge(iteration.exits.nextSetBit(0)) + ", at '"
                        + structure.edge(iteration.backs.nextSetBit(0)).from() + iteration.suffix + "' and '"
                        + structure.edge(iteration.exits.nextSetBit(0)).from() + iteration.suffix
                        + "'; let one node decide which it is",
                at);
    }

    private void endFailed(Iteration iteration) {
        if (iteration.parent == null) {
            over = true;
        } else {
            iteration.parent.failed = true;
            left(iteration.parent);
        }
    }
}
