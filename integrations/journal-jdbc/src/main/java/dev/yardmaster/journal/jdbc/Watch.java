package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a journal does from time to time while it owns runs: it renews its leases every 10 seconds, and looks four times
 * a second whether another process left something for one of them.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Reader reader;
    private final GroupCommit commit;
    private final Owners owners;
    private final Map<RunId, JdbcLease> leases;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("yardmaster-watch").factory());
    private long seen;

    Watch(Reader reader, GroupCommit commit, Owners owners, Map<RunId, JdbcLease> leases) {
        this.reader = reader;
        this.commit = commit;
        this.owners = owners;
        this.leases = leases;
        this.seen = reader.read(RequestRows::newest);
        long renewal = Owners.RENEWAL.toMillis();
        timer.scheduleWithFixedDelay(
                () -> quietly(this::poll), POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(() -> quietly(this::renew), renewal, renewal, TimeUnit.MILLISECONDS);
    }

    private void quietly(Runnable task) {
        if (leases.isEmpty() || commit.hasFailed()) {
            return;
        }
        try {
            task.run();
        } catch (YardmasterException e) {
            LOG.warn("the journal's leases could not be looked after; trying again soon: {}", e.getMessage());
        }
    }

    private void poll() {
        long newest = reader.read(RequestRows::newest);
        if (newest > seen) {
            List<RunId> told = reader.read(connection -> RequestRows.since(connection, seen));
            seen = newest;
            for (RunId run : told) {
                JdbcLease lease = leases.get(run);
                if (lease != null) {
                    lease.tell();
                }
            }
        }
    }

    private void renew() {
        commit.run(connection -> {
            owners.renew(connection);
            return true;
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
