package dev.yardmaster.dispatch;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunRequests;
import dev.yardmaster.journal.RunSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal whose process dies after so many entries: nothing more is recorded, and what it does then is lost. */
record DyingJournal(MemoryJournal journal, AtomicInteger left) implements Journal {

    @Override
    public Optional<Lease> create(RunId run, List<Entry> first) {
        return journal.create(run, first).map(Last::new);
    }

    @Override
    public Lease acquire(RunId run) {
        return new Last(journal.acquire(run));
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
    public void close() {}

    private final class Last implements Lease {

        private final Lease lease;

        Last(Lease lease) {
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
            if (left.getAndDecrement() <= 0) {
                throw new JournalFailedException(JournalFailedException.Reason.GONE, "the process is dead", null);
            }
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
        public void close() {}
    }
}
