package dev.yardmaster.graph;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
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
    private final Deque<Runnable> todo = new ArrayDeque<>(1);
    private final List<Execution> ready = new ArrayList<>(1);
    /** Made when there is one. */
    private Map<NodePath, Failure> failures = Map.of();

    private int executions;
    private boolean over;
    private @Nullable State result;

    private Progress(Graph graph) {
        this.graph = graph;
    }

    /** The beginning of a run. */
    public static Progress first(Graph graph, State input) {
        var progress = new Progress(graph);
        progress.enter(Iteration.whole(Level.run(graph), input), input);
        progress.drain();
        return progress;
    }

    /** The executions that have become ready since this was last asked, in declaration order, then in element order. */
    public List<Execution> ready() {
        if (ready.isEmpty()) {
            return List.of();
        }
        if (ready.size() == 1) {
            return List.of(ready.removeLast());
        }
        var taken = new ArrayList<>(ready);
        taken.sort(Execution.DECLARATION);
        ready.clear();
        return taken;
    }

    /**
     * An execution is over.
     *
     * @param update what it wrote
     * @param taken the targets of the edges it took, as {@link Execution#choose} decided
     */
    public void complete(Execution execution, Update update, List<String> taken) {
        execution.settle();
        State state = execution.after(update);
        if (execution.place() instanceof Execution.Place.InRegion in) {
            IntPredicate edges = in.iteration().level.structure().taken(in.unit(), taken);
            settle(in.iteration(), in.unit(), state, edges);
        } else {
            var in = (Execution.Place.InForEach) execution.place();
            settleChild(in.composite(), in.element(), state);
        }
        drain();
    }

    /** An execution failed for good: nothing behind it runs; other branches go on. */
    public void fail(Execution execution, Failure failure) {
        execution.settle();
        if (execution.place() instanceof Execution.Place.InRegion in) {
            fail(in.iteration(), failure);
        } else {
            failChild(((Execution.Place.InForEach) execution.place()).composite(), failure);
        }
        drain();
    }

    /**
     * Puts an element of a {@code forEach} aside that went as far as it could, and is to be tried again: others have its
     * place first. What is open in it is ready again when there is room.
     */
    void setAside(NodePath element, List<Execution> open) {
        Composite composite = open.getFirst().around(element);
        composite.setAside(open);
        startChildren(composite);
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

    /** Whether something failed for good. */
    public boolean hasFailed() {
        return !failures.isEmpty();
    }

    /** Everything that failed, in path order. */
    public List<Failure> failures() {
        return List.copyOf(failures.values());
    }

    private void note(NodePath at, Failure failure) {
        failures = failures.isEmpty() ? new TreeMap<>() : failures;
        failures.put(at, failure);
    }

    private void drain() {
        for (Runnable next = todo.poll(); next != null; next = todo.poll()) {
            next.run();
        }
    }

    private void enter(Iteration iteration, State state) {
        iteration.live++;
        Region.Unit entry = iteration.level.structure().entry(iteration.region);
        if (iteration.region.isLoop() && !isCounted()) {
            fail(iteration, Breaches.tooMany(graph, iteration.path(entry)));
        } else {
            begin(iteration, entry, state);
        }
    }

    private void begin(Iteration iteration, Region.Unit unit, State input) {
        if (unit.loop != null) {
            enter(iteration.loop(unit, input), input);
            return;
        }
        NodePath path = iteration.path(unit);
        if (!isCounted()) {
            fail(iteration, Breaches.tooMany(graph, path));
            return;
        }
        Body body = iteration.level.graph().body(unit.node);
        if (body instanceof Body.Composed composed) {
            open(iteration, unit, path, input, composed);
        } else {
            ready.add(Execution.ofNode(iteration, unit, path, input, body.inner()));
        }
    }

    /** Counts one more start; everything that starts is counted, so that no sequence of steps is without a limit. */
    private boolean isCounted() {
        return ++executions <= graph.maxExecutions();
    }

    private void open(Iteration iteration, Region.Unit unit, NodePath path, State input, Body.Composed body) {
        Composite composite;
        try {
            composite = new Composite(iteration, unit, path, input, body);
        } catch (MissingValueException e) {
            fail(iteration, new Failure(e.kind(), e.getMessage(), e.retryable(), path, Map.of()));
            return;
        }
        startChildren(composite);
    }

    private void startChildren(Composite composite) {
        for (var next = composite.startNext(); next.isPresent(); next = composite.startNext()) {
            int index = next.get();
            if (composite.body() instanceof Body.ForEach && !isCounted()) {
                composite.abandon();
                composite.failChild();
                note(composite.child(index), Breaches.tooMany(graph, composite.child(index)));
            } else {
                startChild(composite, index);
            }
        }
        composite.startAgain().forEach(ready::addAll);
        if (composite.isOver()) {
            close(composite);
        }
    }

    private void startChild(Composite composite, int index) {
        State entry = composite.entry(index);
        Node inner;
        try {
            inner = composite.inner(entry);
        } catch (RuntimeException e) {
            note(composite.child(index), Breaches.notMade(composite.child(index), e));
            composite.failChild();
            return;
        }
        if (inner instanceof Graph graph) {
            enter(Iteration.whole(Level.inside(composite, index, graph), entry), entry);
        } else {
            ready.add(Execution.ofElement(composite, index, inner));
        }
    }

    private void settleChild(Composite composite, int index, State state) {
        composite.settle(index, state).ifPresent(objection -> {
            NodePath child = composite.child(index);
            note(child, Failure.of("forEach.no-result", "element '" + child + "' " + objection, child));
            composite.fail();
        });
        startChildren(composite);
    }

    private void failChild(Composite composite, Failure failure) {
        note(failure.at(), failure);
        composite.failChild();
        startChildren(composite);
    }

    private void close(Composite composite) {
        if (composite.hasFailed()) {
            composite.iteration().failed = true;
            left(composite.iteration());
            return;
        }
        try {
            ready.add(Execution.ofEnd(composite, composite.outcome()));
        } catch (RuntimeException e) {
            fail(composite.iteration(), Breaches.conflict(composite.path(), e));
        }
    }

    /** A unit is over and its edges are decided. */
    private void settle(Iteration iteration, Region.Unit unit, State state, IntPredicate taken) {
        boolean goesOn = false;
        Structure structure = iteration.level.structure();
        for (int i = 0; i < unit.outgoing.size(); i++) {
            int e = unit.outgoing.get(i);
            boolean isTaken = taken.test(e);
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
        } catch (RuntimeException e) {
            fail(iteration, Breaches.conflict(iteration.path(unit), e));
            return;
        }
        begin(iteration, unit, merged);
    }

    private void skip(Iteration iteration, Region.Unit unit) {
        Structure structure = iteration.level.structure();
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
        note(failure.at(), failure);
        iteration.failed = true;
        left(iteration);
    }

    /** A unit has stopped running; the iteration may be over by that. */
    private void left(Iteration iteration) {
        iteration.live--;
        if (iteration.unsettled == 0 || iteration.live == 0 && iteration.failed) {
            todo.add(() -> endIfOver(iteration));
        }
    }

    private void endIfOver(Iteration iteration) {
        if (!iteration.over && iteration.unsettled == 0) {
            iteration.over = true;
            end(iteration);
        } else if (!iteration.over && iteration.live == 0 && iteration.failed) {
            iteration.over = true;
            endFailed(iteration);
        }
    }

    private void end(Iteration iteration) {
        NodePath at = iteration.path();
        State state;
        try {
            state = State.merge(iteration.ended()).collapsed(iteration.entry, iteration.name());
        } catch (RuntimeException e) {
            endFailed(iteration, Breaches.conflict(at, e));
            return;
        }
        if (iteration.parent == null || iteration.unit == null) {
            endLevel(iteration.level, state);
        } else if (!iteration.backs.isEmpty() && !iteration.exits.isEmpty()) {
            endFailed(iteration, Breaches.contradiction(iteration, at));
        } else if (iteration.backs.isEmpty()) {
            settle(iteration.parent, iteration.unit, state, iteration.exits::get);
        } else if (iteration.number >= iteration.level.graph().maxIterations()) {
            endFailed(iteration, Breaches.tooOften(iteration, at));
        } else {
            enter(iteration.next(), state);
        }
    }

    private void endLevel(Level level, State state) {
        if (level.owner() != null) {
            settleChild(level.owner(), level.index(), state);
        } else {
            over = true;
            result = state;
        }
    }

    private void endFailed(Iteration iteration, Failure failure) {
        note(failure.at(), failure);
        endFailed(iteration);
    }

    private void endFailed(Iteration iteration) {
        if (iteration.parent != null) {
            iteration.parent.failed = true;
            left(iteration.parent);
        } else if (iteration.level.owner() != null) {
            Composite owner = iteration.level.owner();
            owner.failChild();
            startChildren(owner);
        } else {
            over = true;
        }
    }
}
