package dev.yardmaster.journal;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The entries of one run, by column: a run that is kept costs a few arrays and its facts, not some objects for every
 * entry, which the garbage collector would look at again and again. The entries are made anew for whoever reads them.
 *
 * <p>Not thread-safe; the lists it gives out never change and are.
 */
final class EntryColumns {

    /** Room to begin with: for a short run, and little, as ten thousand may wait at their first node. */
    private static final int FEW = 16;

    private final RunId run;
    private final Instant first;
    private NodePath[] places = new NodePath[FEW];
    private Fact[] facts = new Fact[FEW];
    /** When, in nanoseconds after the first. */
    private long[] times = new long[FEW];

    private int size;

    /** @param first the time that all others are counted from */
    EntryColumns(RunId run, Instant first) {
        this.run = run;
        this.first = first;
    }

    RunEvent.Recorded add(Instant at, Entry entry) {
        if (size == facts.length) {
            places = Arrays.copyOf(places, 2 * size);
            facts = Arrays.copyOf(facts, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        places[size] = entry.at();
        facts[size] = entry.fact();
        times[size] = first.until(at, ChronoUnit.NANOS);
        return new RunEvent.Recorded(run, size++, at, entry);
    }

    /** The entries there are now, from an offset on. */
    List<RunEvent.Recorded> from(long offset) {
        return new Snapshot(run, first, places, facts, times, Math.clamp(offset, 0, size), size);
    }

    /** What was there at one moment: entries are added behind it and never changed. */
    private static final class Snapshot extends AbstractList<RunEvent.Recorded> implements RandomAccess {

        private final RunId run;
        private final Instant first;
        private final NodePath[] places;
        private final Fact[] facts;
        private final long[] times;
        private final int from;
        private final int size;

        private Snapshot(RunId run, Instant first, NodePath[] places, Fact[] facts, long[] times, int from, int to) {
            this.run = run;
            this.first = first;
            this.places = places;
            this.facts = facts;
            this.times = times;
            this.from = from;
            this.size = to - from;
        }

        @Override
        public RunEvent.Recorded get(int index) {
            int i = from + Objects.checkIndex(index, size);
            return new RunEvent.Recorded(run, i, first.plusNanos(times[i]), new Entry(places[i], facts[i]));
        }

        @Override
        public int size() {
            return size;
        }
    }
}
