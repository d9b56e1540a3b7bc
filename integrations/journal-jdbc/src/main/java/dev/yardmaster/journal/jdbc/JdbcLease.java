package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.StaleLeaseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The right to append to one run of a {@link JdbcJournal}. */
final class JdbcLease implements Lease {

    private final JdbcJournal journal;
    private final RunId run;
    private final long runKey;
    private final long epoch;
    private final boolean formerMayLive;
    private long next; // guarded by the lock of GroupCommit
    private long last; // of the one thread that writes
    private final Appended appended;
    private volatile @Nullable Batch pendingIn;
    private volatile boolean stale;
    private volatile boolean closed;
    private @Nullable Runnable listener;
    private boolean untold;

    /**
     * @param appended what is remembered of the run
     * @param untold whether there may be requests that came before this lease
     */
    JdbcLease(JdbcJournal journal, RunId run, RunRows.Owned owned, Appended appended, boolean untold) {
        this.journal = journal;
        this.run = run;
        this.runKey = owned.key();
        this.epoch = owned.epoch();
        this.formerMayLive = owned.formerMayLive();
        this.next = owned.length();
        this.last = owned.last();
        this.appended = appended;
        this.untold = untold;
    }

    @Override
    public RunId run() {
        return run;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean formerMayLive() {
        return formerMayLive;
    }

    long runKey() {
        return runKey;
    }

    long next() {
        return next++;
    }

    void appended(RunEvent.Recorded recorded, int size, Batch batch) {
        appended.add(recorded, size);
        pendingIn = batch;
    }

    /** What was appended from an offset on; empty when that is not remembered, or may not be what is stored. */
    Optional<List<RunEvent.Recorded>> remembered(long offset) {
        return stale ? Optional.empty() : appended.from(offset);
    }

    /** The id of the run's last stored entry. */
    long last() {
        return last;
    }

    void last(long id) {
        last = id;
    }

    boolean isStale() {
        return stale;
    }

    void markStale() {
        stale = true;
    }

    @Override
    public RunEvent.Recorded append(Entry entry) {
        checkOwner();
        if (closed) {
            throw new IllegalStateException("the lease of run '" + run + "' was closed");
        }
        return journal.append(this, entry);
    }

    @Override
    public void flush() {
        settle();
        checkOwner();
    }

    /** Waits until what was appended is stored, or refused. */
    void settle() {
        Batch pending = pendingIn;
        if (pending != null) {
            journal.await(pending);
        }
    }

    private void checkOwner() {
        if (stale) {
            throw new StaleLeaseException(run, epoch);
        }
    }

    @Override
    public void onRequest(Runnable told) {
        boolean atOnce;
        synchronized (this) {
            listener = told;
            atOnce = untold;
            untold = false;
        }
        if (atOnce) {
            told.run();
        }
    }

    void tell() {
        Runnable told;
        synchronized (this) {
            told = listener;
            untold = told == null;
        }
        if (told != null) {
            told.run();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            boolean known = stale;
            closed = true;
            journal.release(this);
            if (!known) {
                checkOwner(); // else whoever appended last would take that for stored
            }
        }
    }
}
