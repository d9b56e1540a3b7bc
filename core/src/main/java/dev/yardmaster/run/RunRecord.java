package dev.yardmaster.run;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A run's own line to its journal and its listeners, who hear of entries in the journal's order. */
final class RunRecord {

    private final Journal journal;
    private final Lease lease;
    private final Listeners listeners;
    private final List<Listeners> followers = new CopyOnWriteArrayList<>();
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
            tell(lease.append(new Entry(at, fact)));
        } finally {
            order.unlock();
        }
    }

    /** The outputs of an execution's steps that have finished, by the step's full name. */
    Map<String, Json> outputs(NodePath at) {
        var outputs = new HashMap<String, Json>();
        for (RunEvent.Recorded each : events(0)) {
            if (each.entry().at().equals(at)
                    && each.entry().fact() instanceof Fact.StepFinished step
                    && step.output().isPresent()) {
                outputs.put(step.step(), step.output().get());
            }
        }
        return outputs;
    }

    List<RunEvent.Recorded> events(long fromOffset) {
        return journal.read(lease.run(), fromOffset);
    }

    /** Tells a listener everything from an offset on, without a gap; close what is returned to end that. */
    Run.Subscription listen(long fromOffset, Consumer<RunEvent> listener) {
        order.lock();
        try {
            var one = new Listeners(List.of(listener));
            events(fromOffset).forEach(one::tell);
            followers.add(one);
            return () -> followers.remove(one);
        } finally {
            order.unlock();
        }
    }

    private void tell(RunEvent event) {
        listeners.tell(event);
        followers.forEach(follower -> follower.tell(event));
    }

    /** Makes everything so far durable. */
    void flush() {
        lease.flush();
    }

    void publish(RunEvent.Live event) {
        tell(event);
    }

    RunView view() {
        return RunView.of(lease.run(), journal.read(lease.run(), 0));
    }

    void close() {
        lease.close();
    }
}
