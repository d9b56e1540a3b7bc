package dev.yardmaster.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel's value and who wrote it: the last overwrite, the reductions after it, and how both came about. Immutable.
 * Values are never kept for writes that were overwritten, only who made them.
 *
 * <p>Two histories merge when one contains the other's writes, or when they differ in reductions alone; see rules 18 to
 * 21 of the graph's rules (docs/graph-rules.md).
 */
final class History {

    /** An overwrite, without its value. {@code before} is what it overwrote. */
    private record Overwrite(
            String writer,
            @Nullable Overwrite parent,
            @Nullable Reduction before,
            int depth) {}

    /** A reduction and those before it, since the last overwrite. */
    private record Reduction(
            String writer, Object delta, @Nullable Reduction previous, int length) {}

    /** Two writes of which neither saw the other, one of them an overwrite. */
    record Conflict(String left, String right) {}

    private final @Nullable Overwrite base;
    private final @Nullable Reduction tail;
    private final @Nullable Object kept;

    private History(@Nullable Overwrite base, @Nullable Reduction tail, @Nullable Object kept) {
        this.base = base;
        this.tail = tail;
        this.kept = kept;
    }

    /** A channel nothing has written to. */
    static <T> History start(Channel<T> channel) {
        return new History(
                null, null, channel.initial().map(value -> seed(channel, value)).orElse(null));
    }

    private static <T> Object seed(Channel<T> channel, T value) {
        return channel.reducer().map(reducer -> reducer.seed(value)).orElse(value);
    }

    @SuppressWarnings("unchecked") // deltas and values of a channel are of its type
    private static <T> Object folded(Channel<T> channel, @Nullable Object kept, Object delta) {
        Reducer<T> reducer = channel.reducer().orElseThrow();
        return kept == null ? reducer.seed((T) delta) : reducer.fold(kept, (T) delta);
    }

    <T> History overwritten(Channel<T> channel, String writer, T value) {
        return new History(new Overwrite(writer, base, tail, depth(base) + 1), null, seed(channel, value));
    }

    <T> History reduced(Channel<T> channel, String writer, T delta) {
        return new History(base, new Reduction(writer, delta, tail, length(tail) + 1), folded(channel, kept, delta));
    }

    boolean hasValue() {
        return kept != null;
    }

    @SuppressWarnings("unchecked") // what is kept was made by this channel's seed or fold
    <T> T value(Channel<T> channel) {
        return channel.reducer().map(reducer -> reducer.value(kept)).orElse((T) kept);
    }

    private static int depth(@Nullable Overwrite overwrite) {
        return overwrite == null ? 0 : overwrite.depth();
    }

    private static int length(@Nullable Reduction reduction) {
        return reduction == null ? 0 : reduction.length();
    }

    /**
     * What all of {@code inputs} know together, in one pass: the first one's order, then what the others add. Conflicts
     * are handed to {@code report}; the result is then of no use.
     */
    static History merge(Channel<?> channel, List<History> inputs, Consumer<Conflict> report) {
        var distinct = new ArrayList<>(new LinkedHashSet<>(inputs));
        History newest = distinct.getFirst();
        for (History input : distinct) {
            if (depth(input.base) > depth(newest.base)) {
                newest = input;
            }
        }
        var current = new ArrayList<History>();
        for (History input : distinct) {
            if (input.base == newest.base) {
                current.add(input);
            } else if (!containsAll(newest, input)) {
                report.accept(new Conflict(newest.lastWriter(), input.lastWriter()));
            }
        }
        return united(channel, current);
    }

    /** Whether the overwrite that {@code newer} stands on had seen all of {@code older}. */
    private static boolean containsAll(History newer, History older) {
        Overwrite child = newer.base;
        while (child != null && depth(child.parent()) > depth(older.base)) {
            child = child.parent();
        }
        return child != null && child.parent() == older.base && contains(child.before(), older.tail);
    }

    private static boolean contains(@Nullable Reduction all, @Nullable Reduction some) {
        if (some == null || some == all) {
            return true;
        }
        if (length(some) > length(all)) {
            return false;
        }
        Reduction same = all;
        while (length(same) > length(some)) {
            same = same.previous();
        }
        return same == some || writers(all).containsAll(writers(some));
    }

    private static Set<String> writers(@Nullable Reduction tail) {
        var writers = new HashSet<String>();
        for (Reduction each = tail; each != null; each = each.previous()) {
            writers.add(each.writer());
        }
        return writers;
    }

    /** Inputs on one overwrite: the first, and the reductions that the others have beside it. */
    private static History united(Channel<?> channel, List<History> inputs) {
        History result = inputs.getFirst();
        if (inputs.size() == 1) {
            return result;
        }
        Set<String> known = writers(result.tail);
        Set<Reduction> walked = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Reduction each = result.tail; each != null; each = each.previous()) {
            walked.add(each);
        }
        for (History input : inputs.subList(1, inputs.size())) {
            for (Reduction missing : missing(input.tail, walked, known)) {
                result = result.with(channel, missing);
            }
        }
        return result;
    }

    /**
     * The reductions of {@code tail} that are not known yet, oldest first; marks them as known. It stops where it meets a
     * tail that was walked before: what branches have in common is walked once, however many they are.
     */
    private static Deque<Reduction> missing(@Nullable Reduction tail, Set<Reduction> walked, Set<String> known) {
        var missing = new ArrayDeque<Reduction>();
        for (Reduction each = tail; each != null && walked.add(each); each = each.previous()) {
            if (known.add(each.writer())) {
                missing.addFirst(each);
            }
        }
        return missing;
    }

    private History with(Channel<?> channel, Reduction missing) {
        var added = new Reduction(missing.writer(), missing.delta(), tail, length(tail) + 1);
        return new History(base, added, folded(channel, kept, missing.delta()));
    }

    /**
     * The writes since {@code entry} as at most one overwrite and one reduction. Legal at the end of a region, because
     * outside of it others have seen all of it or nothing.
     *
     * @param region the name under which a folded reduction is known from now on
     */
    History collapsed(Channel<?> channel, History entry, String region) {
        if (this == entry) {
            return this;
        }
        if (base == entry.base) {
            Reduction single = inOne(channel, entry.tail, region);
            return single == tail ? this : new History(base, single, kept);
        }
        Overwrite last = base;
        boolean single = last != null && last.parent() == entry.base && last.before() == entry.tail;
        Overwrite overwrite = single || last == null
                ? last
                : new Overwrite(last.writer(), entry.base, entry.tail, depth(entry.base) + 1);
        return new History(overwrite, inOne(channel, null, region), kept);
    }

    /** The reductions after {@code since} as one. */
    private @Nullable Reduction inOne(Channel<?> channel, @Nullable Reduction since, String region) {
        if (length(tail) - length(since) <= 1) {
            return tail;
        }
        var after = new ArrayDeque<Reduction>();
        for (Reduction each = tail; each != null && each != since; each = each.previous()) {
            after.addFirst(each);
        }
        return new Reduction(region, combined(channel, after), since, length(since) + 1);
    }

    private static <T> Object combined(Channel<T> channel, Deque<Reduction> reductions) {
        Object combined = null;
        for (Reduction each : reductions) {
            combined = folded(channel, combined, each.delta());
        }
        return channel.reducer().orElseThrow().value(java.util.Objects.requireNonNull(combined));
    }

    /** The one reduction that came after {@code entry}; empty when an overwrite did. */
    @SuppressWarnings("unchecked") // deltas of a channel are of its type
    <T> Optional<T> reductionSince(Channel<T> channel, @Nullable History entry) {
        return tail != null && base == (entry == null ? null : entry.base)
                ? Optional.of((T) tail.delta())
                : Optional.empty();
    }

    /** How many writes it remembers. */
    int length() {
        int length = length(tail);
        for (Overwrite each = base; each != null; each = each.parent()) {
            length += 1 + length(each.before());
        }
        return length;
    }

    private String lastWriter() {
        if (tail != null) {
            return tail.writer();
        }
        return base == null ? "the initial value" : base.writer();
    }
}
