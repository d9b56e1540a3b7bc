package dev.yardmaster.run;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.util.concurrent.locks.ReentrantLock;

/** A run's own line to its journal and its listeners, who hear of entries in the journal's order. */
final class RunRecord {

    private final Journal journal;
    private final Lease lease;
    private final Listeners listeners;
    private final ReentrantLock order = new ReentrantLock();

    RunRecord(Journal journal, Lease lease, Listeners listeners) {
        this.journal = journal;
        this.lease = lease;
        this.listeners = listeners;
        journal.read(lease.run(), 0).forEach(listeners::tell);
    }

    RunId run() {
        return lease.run();
    }

    void append(NodePath at, Fact fact) {
        order.lock();
        try {
            listeners.tell(lease.append(new Entry(at, fact)));
        } finally {
            order.unlock();
        }
    }

    /** Makes everything so far durable. */
    void flush() {
        lease.flush();
    }

    void publish(RunEvent.Live event) {
        listeners.tell(event);
    }

    RunView view() {
        return RunView.of(lease.run(), journal.read(lease.run(), 0));
    }

    void close() {
        lease.close();
    }
}
