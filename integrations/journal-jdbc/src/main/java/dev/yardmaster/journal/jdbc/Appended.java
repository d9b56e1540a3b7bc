package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a run has appended, while that is little: most runs are looked at when they have just begun and just
 * ended, and need not be read and parsed for it. A run that grows is forgotten here, and read from the database.
 */
final class Appended {

    private static final int MOST_ENTRIES = 500;
    private static final int MOST_BYTES = 64 * 1024;

    private final long first;
    private List<RunEvent.Recorded> entries = new ArrayList<>();
    private long bytes;
    private boolean forgotten;

    /** @param first the position of the first entry that will be added */
    Appended(long first) {
        this.first = first;
    }

    /** One that remembers nothing: what is read must have been through the database, as its codec changes it. */
    static Appended nothing() {
        var nothing = new Appended(0);
        nothing.forget();
        return nothing;
    }

    synchronized void add(RunEvent.Recorded recorded, int size) {
        if (!forgotten) {
            entries.add(recorded);
            bytes += size;
            if (entries.size() > MOST_ENTRIES || bytes > MOST_BYTES) {
                forget();
            }
        }
    }

    private synchronized void forget() {
        forgotten = true;
        entries = List.of();
    }

    /** The entries from an offset on; empty when not all of them are remembered. */
    synchronized Optional<List<RunEvent.Recorded>> from(long offset) {
        long skipped = Math.max(0, offset) - first;
        if (forgotten || skipped < 0) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(entries.subList((int) Math.min(skipped, entries.size()), entries.size())));
    }
}
