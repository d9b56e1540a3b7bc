package dev.yardmaster.journal;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run in memory: its entries, its owner, what was left for the owner. */
final class MemoryLog {

    private final RunId run;
    private final InstantSource clock;
    private final Fact.RunAdmitted admitted;
    private final Instant started;
    private final EntryColumns entries;
    /** Made when there is the first: nearly no run is left any. */
    private Map<String, Answer> answers = Map.of();

    private Optional<String> cancellation = Optional.empty();
    private RunStatus status = RunStatus.RUNNING;
    private Instant since;
    private long epoch;
    private @Nullable MemoryJournal owner;
    private @Nullable Runnable listener;

    MemoryLog(RunId run, InstantSource clock, List<Entry> first) {
        this.run = run;
        this.clock = clock;
        this.admitted = Journal.admission(first);
        this.started = clock.instant();
        this.since = started;
        this.entries = new EntryColumns(run, started);
        first.forEach(entry -> add(started, entry));
    }

    private RunEvent.Recorded add(Instant at, Entry entry) {
        RunEvent.Recorded recorded = entries.add(at, entry);
        RunStatus.after(entry.fact()).ifPresent(next -> {
            status = next;
            since = at;
        });
        return recorded;
    }

    synchronized Lease acquire(MemoryJournal journal) {
        if (owner != null) {
            throw new RunOwnedException(run, "this process");
        }
        owner = journal;
        listener = null;
        return new Owner(journal, ++epoch);
    }

    synchronized void lapse(MemoryJournal journal) {
        if (owner == journal) {
            owner = null;
        }
    }

    synchronized List<RunEvent.Recorded> from(long offset) {
        return entries.from(offset);
    }

    synchronized RunSummary summary() {
        return new RunSummary(run, admitted.graph(), status, admitted.labels(), started, since, owner != null);
    }

    void answer(Answer answer) {
        synchronized (this) {
            answers = answers.isEmpty() ? new LinkedHashMap<>() : answers;
            Answer first = answers.putIfAbsent(answer.question(), answer);
            if (first != null) {
                throw new AlreadyAnsweredException(run, first);
            }
        }
        tell();
    }

    void cancel(String reason) {
        synchronized (this) {
            cancellation = cancellation.or(() -> Optional.of(reason));
        }
        tell();
    }

    synchronized RunRequests requests() {
        return new RunRequests(List.copyOf(answers.values()), cancellation);
    }

    private void tell() {
        Runnable told;
        synchronized (this) {
            told = listener;
        }
        if (told != null) {
            told.run();
        }
    }

    /** The owner of one epoch. */
    private final class Owner implements Lease {

        private final MemoryJournal journal;
        private final long mine;
        private boolean givenUp;

        private Owner(MemoryJournal journal, long mine) {
            this.journal = journal;
            this.mine = mine;
        }

        @Override
        public RunId run() {
            return run;
        }

        @Override
        public long epoch() {
            return mine;
        }

        @Override
        public boolean formerMayLive() {
            return false; // it gave the run up, or counts as dead: MemoryJournal.lapse
        }

        @Override
        public RunEvent.Recorded append(Entry entry) {
            synchronized (MemoryLog.this) {
                checkCurrent();
                return add(clock.instant(), entry);
            }
        }

        @Override
        public void flush() {
            synchronized (MemoryLog.this) {
                checkCurrent(); // beside that, memory is as durable as it gets
            }
        }

        private void checkCurrent() {
            journal.checkOpen();
            if (givenUp) {
                throw new IllegalStateException("the lease of run '" + run + "' was closed");
            }
            if (mine != epoch) {
                throw new StaleLeaseException(run, mine);
            }
        }

        @Override
        public void onRequest(Runnable told) {
            synchronized (MemoryLog.this) {
                if (mine != epoch) {
                    return;
                }
                listener = told;
                if (answers.isEmpty() && cancellation.isEmpty()) {
                    return;
                }
            }
            told.run();
        }

        @Override
        public void close() {
            synchronized (MemoryLog.this) {
                givenUp = true;
                if (mine == epoch) {
                    owner = null;
                    listener = null;
                }
            }
        }
    }
}
