package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.YardmasterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What one transaction writes: the entries of many runs, then commands. Filled under the lock of {@link GroupCommit}. */
final class Batch {

    private static final int MOST_ENTRIES = 10_000;
    private static final long MOST_BYTES = 16 << 20;

    private final Map<JdbcLease, List<StoredEntry>> entries = new LinkedHashMap<>();
    private final List<Command<?>> commands = new ArrayList<>();
    private int count;
    private long bytes;
    private boolean wanted;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable YardmasterException failure;

    void add(JdbcLease lease, StoredEntry entry) {
        entries.computeIfAbsent(lease, each -> new ArrayList<>()).add(entry);
        count++;
        bytes += entry.payload().length;
        wanted = wanted || count >= MOST_ENTRIES || bytes >= MOST_BYTES;
    }

    void add(Command<?> command) {
        commands.add(command);
        count++;
        wanted = true;
    }

    /** Somebody waits for it: it is committed as soon as the one before is. */
    void want() {
        wanted = true;
    }

    boolean isWanted() {
        return wanted;
    }

    boolean isEmpty() {
        return count == 0;
    }

    Map<JdbcLease, List<StoredEntry>> entries() {
        return entries;
    }

    List<Command<?>> commands() {
        return commands;
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    void finish(@Nullable YardmasterException why) {
        failure = why;
        done.countDown();
    }

    /** Waits until it is durable, whether or not the thread is interrupted. */
    void await() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        YardmasterException why = failure;
        if (why != null) {
            throw Refusal.again(why);
        }
    }
}
