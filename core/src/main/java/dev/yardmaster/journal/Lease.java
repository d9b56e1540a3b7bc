package dev.yardmaster.journal;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;

/** The right of one owner to append to a run. Thread-safe. */
public interface Lease extends AutoCloseable {

    RunId run();

    /** Higher than that of every owner before. */
    long epoch();

    /**
     * Adds an entry at the end. It is visible when this returns, and durable after the next {@link #flush}.
     *
     * @return the entry with its place and time
     */
    RunEvent.Recorded append(Entry entry);

    /** Makes everything that was appended durable; blocks until it is. */
    void flush();

    /** Gives the run up to other owners. */
    @Override
    void close();
}
