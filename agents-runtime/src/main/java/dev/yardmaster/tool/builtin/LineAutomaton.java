package dev.yardmaster.tool.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of a text where a match of an expression may end first, or that there is none, by looking at each character once. It
 * is made of the expression's positions (Glushkov 1961, "The abstract theory of automata") and becomes deterministic where
 * it is used, up to a limit; past that it says nothing any more. Characters beyond ASCII are all alike to it, and so are the
 * bytes that they are made of. Not thread-safe.
 */
final class LineAutomaton {

    private static final int MOST_POSITIONS = 400;
    private static final int MOST_COPIES = 40;
    private static final int MOST_PARTS = 10_000;
    private static final int MOST_STATES = 1_000;
    private static final int WIDTH = 129;
    private static final int OTHER = 128;
    private static final int UNKNOWN = -1;
    private static final int FOUND = 0;

    /** Of what is behind the first state. */
    private static final int START = WIDTH;

    private final Positions positions;
    private final boolean acrossLines;
    private final Map<BitSet, Integer> known = new HashMap<>();
    private final List<BitSet> states = new ArrayList<>();
    private int[] next = new int[16 * WIDTH];
    private boolean lost;

    private LineAutomaton(Positions positions, boolean acrossLines) {
        this.positions = positions;
        this.acrossLines = acrossLines;
        states.add(new BitSet()); // FOUND
        state(new BitSet());
    }

    /** @return empty when it would say nothing: for what matches the empty text, or is too large */
    static Optional<LineAutomaton> of(Expression expression, boolean acrossLines) {
        var positions = new Positions();
        Optional<Positions.Part> whole = positions.part(expression);
        if (whole.isEmpty() || whole.get().empty()) {
            return Optional.empty();
        }
        positions.first.or(whole.get().first());
        positions.last.or(whole.get().last());
        return Optional.of(new LineAutomaton(positions, acrossLines));
    }

    /** Whether it can say something. */
    boolean isAble() {
        return !lost;
    }

    /** Whether a match may be in the text of a file, in whatever charset that is ASCII where it is. */
    boolean mayMatch(byte[] bytes, int length) {
        int state = START;
        for (int i = 0; i < length; i++) {
            int character = bytes[i] < 0 ? OTHER : bytes[i];
            int to = next[state + character];
            if (to <= FOUND) {
                to = to == UNKNOWN ? step(state, character) : to;
                if (to == FOUND) {
                    return true;
                }
            }
            state = to;
        }
        return false;
    }

    /** Where the first match may have its last character. @return -1 when there is none */
    int find(CharSequence text, int from, int to) {
        int state = START;
        for (int i = from; i < to; i++) {
            int character = Math.min(text.charAt(i), OTHER);
            int then = next[state + character];
            if (then <= FOUND) {
                then = then == UNKNOWN ? step(state, character) : then;
                if (then == FOUND) {
                    return i;
                }
            }
            state = then;
        }
        return -1;
    }

    private int step(int state, int character) {
        if (lost) {
            return FOUND;
        }
        int to = acrossLines || character != '\n' ? state(after(states.get(state / WIDTH), character)) : START;
        next[state + character] = to;
        return to;
    }

    private BitSet after(BitSet at, int character) {
        var reached = (BitSet) positions.first.clone();
        at.stream().forEach(position -> reached.or(positions.follow.get(position)));
        if (character == OTHER) {
            reached.or(at); // a character has several bytes
        }
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            reached.set(i, positions.all.get(i).matches(character));
        }
        if (character == '\r') {
            reached.or(at); // the end of a line is read as one character
        }
        return reached;
    }

    private int state(BitSet reached) {
        if (reached.intersects(positions.last)) {
            return FOUND;
        }
        Integer old = known.get(reached);
        if (old != null) {
            return old;
        }
        if (states.size() == MOST_STATES) {
            lost = true;
            return FOUND;
        }
        int state = states.size() * WIDTH;
        states.add(reached);
        known.put(reached, state);
        if (next.length < state + WIDTH) {
            next = Arrays.copyOf(next, 2 * next.length);
        }
        Arrays.fill(next, state, state + WIDTH, UNKNOWN);
        return state;
    }

    /** The places of characters in an expression, and which may come after which. */
    private static final class Positions {

        final List<Expression.One> all = new ArrayList<>();
        final List<BitSet> follow = new ArrayList<>();
        final BitSet first = new BitSet();
        final BitSet last = new BitSet();
        private int parts;

        /** @param empty whether it may match nothing @param first where it may begin @param last where it may end */
        record Part(boolean empty, BitSet first, BitSet last) {

            static final Part NOTHING = new Part(true, new BitSet(), new BitSet());

            Part optional() {
                return new Part(true, first, last);
            }
        }

        /** @return empty when there would be too many */
        Optional<Part> part(Expression expression) {
            if (++parts > MOST_PARTS) {
                return Optional.empty();
            }
            return switch (expression) {
                case Expression.One one -> place(one);
                case Expression.Sequence sequence -> sequence(sequence.parts());
                case Expression.Choice choice -> choice(choice.branches());
                case Expression.Repeated repeated -> repeated(repeated);
            };
        }

        private Optional<Part> place(Expression.One one) {
            if (all.size() == MOST_POSITIONS) {
                return Optional.empty();
            }
            var here = new BitSet();
            here.set(all.size());
            all.add(one);
            follow.add(new BitSet());
            return Optional.of(new Part(false, here, here));
        }

        private Optional<Part> sequence(List<Expression> parts) {
            Optional<Part> whole = Optional.of(Part.NOTHING);
            for (Expression each : parts) {
                whole = whole.flatMap(before -> part(each).map(after -> joined(before, after)));
            }
            return whole;
        }

        private Part joined(Part before, Part after) {
            before.last().stream().forEach(end -> follow.get(end).or(after.first()));
            return new Part(
                    before.empty() && after.empty(),
                    before.empty() ? union(before.first(), after.first()) : before.first(),
                    after.empty() ? union(before.last(), after.last()) : after.last());
        }

        private static BitSet union(BitSet one, BitSet other) {
            var all = (BitSet) one.clone();
            all.or(other);
            return all;
        }

        private Optional<Part> choice(List<Expression> branches) {
            Optional<Part> whole = Optional.of(new Part(false, new BitSet(), new BitSet()));
            for (Expression each : branches) {
                whole = whole.flatMap(one -> part(each)
                        .map(other -> new Part(
                                one.empty() || other.empty(),
                                union(one.first(), other.first()),
                                union(one.last(), other.last()))));
            }
            return whole;
        }

        /** Many times are told as any number of times. */
        private Optional<Part> repeated(Expression.Repeated repeated) {
            boolean endless = repeated.most() == Expression.Repeated.ANY || repeated.most() > MOST_COPIES;
            int copies = endless ? Math.clamp(repeated.least(), 1, MOST_COPIES) : repeated.most();
            Optional<Part> whole = Optional.of(Part.NOTHING);
            for (int i = 0; i < copies && whole.isPresent(); i++) {
                boolean last = endless && i == copies - 1;
                boolean optional = i >= repeated.least();
                Part before = whole.get();
                whole = part(repeated.part()).map(copy -> {
                    Part looped = last ? looped(copy) : copy;
                    return joined(before, optional ? looped.optional() : looped);
                });
            }
            return whole;
        }

        private Part looped(Part part) {
            part.last().stream().forEach(end -> follow.get(end).or(part.first()));
            return part;
        }
    }
}
