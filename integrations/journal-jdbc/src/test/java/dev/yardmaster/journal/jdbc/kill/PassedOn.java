package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunRequests;
import dev.yardmaster.journal.RunSummary;
import java.util.List;
import java.util.Optional;

/** A journal that passes everything on to another. */
class PassedOn implements Journal {

    private final Journal journal;

    PassedOn(Journal journal) {
        this.journal = journal;
    }

    /** What owners are given instead of their lease. */
    protected Lease around(Lease lease) {
        return lease;
    }

    @Override
    public Optional<Lease> create(RunId run, List<Entry> first) {
        return journal.create(run, first).map(this::around);
    }

    @Override
    public Lease acquire(RunId run) {
        return around(journal.acquire(run));
    }

    @Override
    public List<RunEvent.Recorded> read(RunId run, long fromOffset) {
        return journal.read(run, fromOffset);
    }

    @Override
    public List<RunSummary> runs(RunQuery query) {
        return journal.runs(query);
    }

    @Override
    public void answer(RunId run, Answer answer) {
        journal.answer(run, answer);
    }

    @Override
    public void cancel(RunId run, String reason) {
        journal.cancel(run, reason);
    }

    @Override
    public RunRequests requests(RunId run) {
        return journal.requests(run);
    }

    @Override
    public List<RunId> prune(RunQuery query) {
        return journal.prune(query);
    }

    @Override
    public void close() {
        journal.close();
    }

    /** A lease that passes everything on to another. */
    static class Right implements Lease {

        private final Lease lease;

        Right(Lease lease) {
            this.lease = lease;
        }

        @Override
        public RunId run() {
            return lease.run();
        }

        @Override
        public long epoch() {
            return lease.epoch();
        }

        @Override
        public boolean formerMayLive() {
            return lease.formerMayLive();
        }

        @Override
        public RunEvent.Recorded append(Entry entry) {
            return lease.append(entry);
        }

        @Override
        public void flush() {
            lease.flush();
        }

        @Override
        public void onRequest(Runnable listener) {
            lease.onRequest(listener);
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
