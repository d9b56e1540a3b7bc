package dev.yardmaster.graph;

import dev.yardmaster.event.NodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subgraph or a {@code forEach} that is going on: one unit of its region, over when all its children are. */
final class Composite {

    private final Iteration iteration;
    private final Region.Unit unit;
    private final NodePath path;
    private final State input;
    private final Body.Composed body;
    private final @Nullable State[] results;
    private int next;
    private int running;
    private boolean failed;
    private final Deque<List<Execution>> aside = new ArrayDeque<>();

    /** @throws MissingValueException when its children cannot be told from its input */
    Composite(Iteration iteration, Region.Unit unit, NodePath path, State input, Body.Composed body) {
        this.iteration = iteration;
        this.unit = unit;
        this.path = path;
        this.input = input;
        this.body = body;
        this.results = new State[body.count(input)];
    }

    Iteration iteration() {
        return iteration;
    }

    Region.Unit unit() {
        return unit;
    }

    NodePath path() {
        return path;
    }

    Body.Composed body() {
        return body;
    }

    NodePath child(int index) {
        return body.child(path, index);
    }

    State entry(int index) {
        return body.entry(input, path, index);
    }

    /**
     * What a child runs.
     *
     * @throws RuntimeException when it is a graph that cannot be made
     */
    Node inner(State entry) {
        return body.inner() instanceof DynamicGraph dynamic ? dynamic.at(entry, known()) : body.inner();
    }

    private List<Channel<?>> known() {
        var known = new ArrayList<>(iteration.level.graph().channels().values());
        if (body instanceof Body.ForEach<?, ?> forEach) {
            known.addAll(List.of(forEach.item(), forEach.result()));
        }
        return known;
    }

    /** The next child to start; empty when all have been, or when as many go on as may. */
    Optional<Integer> startNext() {
        if (next == results.length || running >= body.limit()) {
            return Optional.empty();
        }
        running++;
        return Optional.of(next++);
    }

    /** Takes the place of a child that has failed, and is to be tried again after the others. */
    void setAside(List<Execution> open) {
        running--;
        aside.add(open);
    }

    /** What is open in the children that were set aside, as far as there is room. */
    List<List<Execution>> startAgain() {
        var again = new ArrayList<List<Execution>>();
        while (!aside.isEmpty() && running < body.limit()) {
            running++;
            again.add(aside.remove());
        }
        return again;
    }

    /** No child is started any more. */
    void abandon() {
        next = results.length;
    }

    /** A child is over. @return what is wrong with its result */
    Optional<String> settle(int index, State state) {
        running--;
        results[index] = state;
        return body.objection(state);
    }

    /** A child that was going on has failed. */
    void failChild() {
        running--;
        failed = true;
    }

    void fail() {
        failed = true;
    }

    boolean hasFailed() {
        return failed;
    }

    boolean isOver() {
        return running == 0 && next == results.length && aside.isEmpty();
    }

    /** What all children together come to; for one that is over and has not failed. */
    State outcome() {
        List<State> states = Arrays.stream(results).map(Objects::requireNonNull).toList();
        return body.outcome(input, path, states);
    }
}
