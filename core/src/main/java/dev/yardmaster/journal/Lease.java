package dev.yardmaster.journal;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;

/**
 * The right of one owner to append to a run. It ends when it is closed, or when the owner's process has died or stood
 * still and somebody else took the run over: then every append or flush is refused, and nothing of it is stored.
 * Thread-safe.
 */
public interface Lease extends AutoCloseable {

    RunId run();

    /** Higher than that of every owner before. */
    long epoch();

    /**
     * Whether the owner before is not known to have ended: its lease ran out, but its process may only stand still, and
     * finish what it had begun when it wakes.
     */
    boolean formerMayLive();

    /**
     * Adds an entry at the end. It is visible when this returns, and durable after the next {@link #flush}.
     *
     * @return the entry with its place and time
     * @throws StaleLeaseException when the run is known to have another owner
     * @throws dev.yardmaster.event.InvalidJsonException when the entry has no JSON form and the journal needs one
     */
    RunEvent.Recorded append(Entry entry);

    /**
     * Makes everything that was appended durable; blocks until it is, whether or not the thread is interrupted.
     *
     * @throws StaleLeaseException when the run has another owner; nothing since the last flush is stored
     */
    void flush();

    /**
     * Tells when something was left for the owner ({@link Journal#requests}): at once when something is there, and
     * whenever more arrives; within a second when it comes from another process.
     *
     * @param listener replaces the one before; called on any thread, perhaps once too often; must not block
     */
    void onRequest(Runnable listener);

    /**
     * Makes everything durable and gives the run up to other owners.
     *
     * @throws StaleLeaseException when the run has another owner and that was not told before; nothing since the last flush
     *     is stored
     */
    @Override
    void close();
}
