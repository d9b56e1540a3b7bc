package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.AlreadyAnsweredException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A run's own line to its journal and its listeners, who hear of entries in the journal's order. */
final class RunRecord {

    private final Journal journal;
    private final Lease lease;
    private final String graph;
    private final Listeners listeners;
    private final Redactor redaction;
    /** Never changed, replaced: nearly no run has any. */
    private volatile List<Listeners> followers = List.of();
    /** The run's one lock: a listener, who is told holding it, may cancel the run or answer it. */
    private final ReentrantLock order = new ReentrantLock();

    private @Nullable Worktime worktime;
    private volatile RunEvent.@Nullable Recorded last;

    /** @param graph the name of the one that the run was admitted with */
    RunRecord(Journal journal, Lease lease, String graph, Listeners listeners, Redactor redaction) {
        this.redaction = redaction;
        this.journal = journal;
        this.lease = lease;
        this.graph = graph;
        this.listeners = listeners;
    }

    /** Tells listeners what the run begins with. */
    RunRecord tellFirst() {
        events(0).forEach(listeners::tell);
        return this;
    }

    RunId run() {
        return lease.run();
    }

    ReentrantLock lock() {
        return order;
    }

    long epoch() {
        return lease.epoch();
    }

    /** Tells, on a thread of its own, when somebody left something for the run. */
    void onRequest(Runnable listener) {
        lease.onRequest(() -> Thread.ofVirtual().name(run() + "/requests").start(listener));
    }

    /** @throws AnswerRefusedException when the question has an answer */
    void answer(Answer answer) {
        try {
            journal.answer(lease.run(), answer);
        } catch (AlreadyAnsweredException e) {
            throw new AnswerRefusedException(e.getMessage());
        }
    }

    RunRequests requests() {
        return journal.requests(lease.run());
    }

    /** @return what was recorded: the fact without its secrets */
    Fact append(NodePath at, Fact fact) {
        Fact kept = redaction.of(fact);
        order.lock();
        try {
            RunEvent.Recorded recorded = lease.append(new Entry(at, kept));
            last = recorded;
            if (worktime != null) {
                worktime.heard(recorded);
            }
            tell(recorded);
            return kept;
        } finally {
            order.unlock();
        }
    }

    /** How long there is work in the run, from now on measured as it goes on. */
    Worktime worktime() {
        order.lock();
        try {
            if (worktime == null) {
                worktime = Worktime.of(events(0));
            }
            return worktime;
        } finally {
            order.unlock();
        }
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
            var more = new ArrayList<>(followers);
            more.add(one);
            followers = List.copyOf(more);
            return () -> leave(one);
        } finally {
            order.unlock();
        }
    }

    private void leave(Listeners one) {
        order.lock();
        try {
            followers = followers.stream().filter(each -> each != one).toList();
        } finally {
            order.unlock();
        }
    }

    private void tell(RunEvent event) {
        listeners.tell(event);
        if (!followers.isEmpty()) {
            followers.forEach(follower -> follower.tell(event));
        }
    }

    /** Makes everything so far durable. */
    void flush() {
        lease.flush();
    }

    void publish(RunEvent.Live event) {
        tell(event);
    }

    /** What is recorded now; the entries of a long run are left in the journal until somebody asks for them. */
    RunView view() {
        RunEvent.Recorded newest = last;
        return newest == null || newest.offset() < RunView.AT_ONCE
                ? RunView.read(lease.run(), journal.read(lease.run(), 0))
                : RunView.later(lease.run(), graph, newest, () -> journal.read(lease.run(), 0));
    }

    void close() {
        lease.close();
    }

    /** Leaves the run to whoever resumes it. */
    void letGo() {
        try {
            lease.close();
        } catch (YardmasterException e) {
            LoggerFactory.getLogger(RunRecord.class)
                    .warn("run '{}' could not be given up: {}", lease.run(), e.getMessage());
        }
    }
}
