package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.JournalFailedException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: what many runs append while it commits is its next transaction. A platform thread, because
 * waiting for a disk in native code would block a carrier of virtual ones. After a failure it writes nothing more: after
 * a failed fsync nobody knows what is on the disk
 * (<a href="https://www.usenix.org/conference/atc20/presentation/rebello">Rebello et al., ATC 2020</a>).
 */
final class GroupCommit implements AutoCloseable {

    private final Database database;
    private final InstantSource clock;
    private final long lingerNanos;
    private final Connection connection;
    private final EntryWriter entries;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Batch current = new Batch();
    private boolean closing;
    private volatile @Nullable YardmasterException failure;

    GroupCommit(Database database, InstantSource clock, Duration writeBehind) {
        this.database = database;
        this.clock = clock;
        this.lingerNanos = writeBehind.toNanos();
        try {
            this.connection = database.writer();
            this.entries = new EntryWriter(connection);
        } catch (SQLException e) {
            throw database.explain("open", e);
        }
        this.thread = Thread.ofPlatform().daemon().name("yardmaster-journal").start(this::work);
    }

    /** Puts an entry at the end of a run; waits only while too much is waiting to be written. */
    RunEvent.Recorded append(JdbcLease lease, Entry entry, Payloads.Encoded payload) {
        RunEvent.Recorded recorded;
        Batch batch;
        boolean full;
        lock.lock();
        try {
            checkWriting();
            var at = clock.instant().truncatedTo(ChronoUnit.MICROS); // what a row holds
            recorded = new RunEvent.Recorded(lease.run(), lease.next(), at, entry);
            batch = current;
            batch.add(lease, StoredEntry.of(recorded, payload));
            lease.appended(recorded, payload.bytes().length, batch);
            full = batch.isWanted();
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (full) {
            batch.await();
        }
        return recorded;
    }

    /** Waits until a batch is durable. */
    void await(Batch batch) {
        if (!batch.isDone()) {
            lock.lock();
            try {
                batch.want();
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
        batch.await();
    }

    /** Does something in the next transaction and waits until that is durable. */
    <T> T run(Command.Body<T> body) {
        var command = new Command<>(body);
        Batch batch;
        lock.lock();
        try {
            checkWriting();
            batch = current;
            batch.add(command);
            changed.signal();
        } finally {
            lock.unlock();
        }
        batch.await();
        return command.result();
    }

    private void checkWriting() {
        YardmasterException why = failure;
        if (why != null) {
            throw Refusal.again(why);
        }
        if (closing) {
            throw Refusal.closed(database.where());
        }
    }

    /** For commands that write entries. */
    EntryWriter entries() {
        return entries;
    }

    boolean hasFailed() {
        return failure != null;
    }

    private void work() {
        for (Batch batch = next(); batch != null; batch = next()) {
            commit(batch);
        }
        try {
            connection.close();
        } catch (SQLException e) {
            failure = database.explain("close", e);
        }
    }

    private @Nullable Batch next() {
        lock.lock();
        try {
            while (current.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            for (long left = lingerNanos; left > 0 && !current.isWanted() && !closing; ) {
                left = awaitNanos(left);
            }
            if (current.isEmpty()) {
                return null;
            }
            Batch batch = current;
            current = new Batch();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private long awaitNanos(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0; // nobody interrupts this thread; if somebody does, it writes sooner
        }
    }

    private void commit(Batch batch) {
        YardmasterException why = failure;
        if (why == null) {
            why = tryCommit(batch);
        }
        if (why != null) {
            failure = why;
        }
        batch.finish(why);
    }

    private @Nullable YardmasterException tryCommit(Batch batch) {
        try {
            database.check();
            database.begin(connection);
            entries.write(batch);
            for (Command<?> command : batch.commands()) {
                command.apply(connection);
            }
            database.commit(connection);
            return null;
        } catch (SQLException e) {
            return database.explain("write", e);
        } catch (YardmasterException e) {
            return e;
        } catch (RuntimeException | Error e) {
            return new JournalFailedException(Reason.IO, "cannot write " + database.where() + ": " + e, e);
        }
    }

    /** Writes what is waiting and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
