package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal at whose n-th sync point the process is gone: before what was appended is durable, or after. */
final class KillSwitch extends PassedOn {

    private final String when;
    private final int number;
    private final AtomicInteger syncs = new AtomicInteger();

    KillSwitch(Journal journal, String when, int number) {
        super(journal);
        this.when = when;
        this.number = number;
    }

    int count() {
        return syncs.get();
    }

    @Override
    public Optional<Lease> create(RunId run, List<Entry> first) {
        int n = syncs.incrementAndGet();
        halt("before", n);
        Optional<Lease> lease = super.create(run, first);
        halt("after", n);
        return lease;
    }

    @Override
    protected Lease around(Lease lease) {
        return new PassedOn.Right(lease) {
            @Override
            public RunEvent.Recorded append(Entry entry) {
                int n = syncs.incrementAndGet();
                halt("before", n);
                RunEvent.Recorded recorded = super.append(entry);
                halt("after", n);
                return recorded;
            }
        };
    }

    private void halt(String moment, int n) {
        if (n == number && moment.equals(when)) {
            Runtime.getRuntime().halt(CrashChild.HALTED);
        }
    }
}
