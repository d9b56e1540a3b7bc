package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunRequests;
import dev.yardmaster.journal.RunSummary;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A journal in a database: one connection that writes, one that reads. */
final class JdbcJournal implements Journal {

    private final InstantSource clock;
    private final Payloads payloads;
    private final boolean flushEach;
    private final Owners owners = new Owners();
    private final RunRows runs = new RunRows(owners);
    private final RequestRows requests;
    private final EntryReader entries;
    private final GroupCommit commit;
    private final Reader reader;
    private final Map<RunId, JdbcLease> leases = new ConcurrentHashMap<>();
    private final Watch watch;
    private boolean closed;

    JdbcJournal(Database database, InstantSource clock, Payloads payloads, Duration writeBehind) {
        this.clock = clock;
        this.payloads = payloads;
        this.flushEach = writeBehind.isZero();
        this.requests = new RequestRows(payloads);
        this.entries = new EntryReader(payloads);
        this.commit = new GroupCommit(database, clock, writeBehind);
        this.reader = new Reader(database);
        this.watch = new Watch(reader, commit, owners, leases);
    }

    @Override
    public Optional<Lease> create(RunId run, List<Entry> first) {
        var admitted = Journal.admission(first);
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var stored = new ArrayList<StoredEntry>();
        var appended = rememberFrom(0);
        for (Entry entry : first) {
            var recorded = new RunEvent.Recorded(run, stored.size(), at, entry);
            var payload = payloads.encode(run, entry.json());
            stored.add(StoredEntry.of(recorded, payload));
            appended.add(recorded, payload.bytes().length);
        }
        return commit.run(connection -> runs.create(connection, admitted, stored, commit.entries()))
                .map(owned -> own(run, owned, appended, false));
    }

    private Appended rememberFrom(long position) {
        return payloads.areKeptAsTheyAre() ? new Appended(position) : Appended.nothing();
    }

    @Override
    public Lease acquire(RunId run) {
        RunRows.Owned owned = commit.run(connection -> runs.acquire(connection, run));
        return own(run, owned, rememberFrom(owned.length()), true);
    }

    private JdbcLease own(RunId run, RunRows.Owned owned, Appended appended, boolean untold) {
        var lease = new JdbcLease(this, run, owned, appended, untold);
        leases.put(run, lease);
        return lease;
    }

    RunEvent.Recorded append(JdbcLease lease, Entry entry) {
        var payload = payloads.encode(lease.run(), entry.json());
        var recorded = commit.append(lease, entry, payload);
        if (flushEach) {
            lease.flush();
        }
        return recorded;
    }

    void await(Batch batch) {
        commit.await(batch);
    }

    void release(JdbcLease lease) {
        leases.remove(lease.run(), lease);
        commit.run(connection -> {
            runs.release(connection, lease);
            return true;
        });
    }

    @Override
    public List<RunEvent.Recorded> read(RunId run, long fromOffset) {
        JdbcLease own = leases.get(run);
        if (own != null && !commit.hasFailed()) {
            var remembered = own.remembered(fromOffset);
            if (remembered.isPresent()) {
                return remembered.get();
            }
            own.settle(); // what was appended here is visible
        }
        return reader.read(connection -> entries.read(connection, run, fromOffset));
    }

    @Override
    public List<RunSummary> runs(RunQuery query) {
        return reader.read(connection -> RunRows.list(connection, query));
    }

    @Override
    public void answer(RunId run, Answer answer) {
        commit.run(requests.answer(run, answer));
        tell(run);
    }

    @Override
    public void cancel(RunId run, String reason) {
        commit.run(requests.cancel(run, reason));
        tell(run);
    }

    private void tell(RunId run) {
        JdbcLease own = leases.get(run);
        if (own != null) {
            own.tell();
        }
    }

    @Override
    public RunRequests requests(RunId run) {
        return reader.read(connection -> requests.read(connection, run));
    }

    @Override
    public List<RunId> prune(RunQuery query) {
        return commit.run(connection -> RunRows.prune(connection, query));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        try {
            if (!commit.hasFailed()) {
                commit.run(connection -> {
                    owners.release(connection);
                    return true;
                });
            }
        } finally {
            commit.close();
            reader.close();
        }
    }
}
