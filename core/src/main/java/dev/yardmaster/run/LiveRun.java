package dev.yardmaster.run;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.graph.Update;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run at work: the threads around a {@link Progress}. A thread whose node completes goes on with one of the nodes that
 * became ready; only for further ones it starts threads.
 */
final class LiveRun implements Run {

    private final RunOptions options;
    private final RunRecord record;
    private final Shell shell;
    private final NodeRunner runner;
    private final Progress progress;
    private final StepMemory memory;
    private final Accounts accounts;

    private final ReentrantLock lock;
    private final Condition changed;
    private final Set<Thread> threads = new HashSet<>(2);
    private @Nullable Dialogue dialogue; // made when somebody asks, waits or answers
    private Optional<Failure> expired = Optional.empty();
    private @Nullable Watchdog deadline;
    private Optional<String> cancelled = Optional.empty();
    private boolean failing;
    private boolean closed;
    /** Whether it is cancelled, failing or closed; read by every node. */
    private volatile boolean stopping;

    private Runnable whenEnded = () -> {};
    private @Nullable Throwable broken;
    private @Nullable Outcome outcome;
    private boolean ending;

    LiveRun(Beginning beginning, RunOptions options, RunRecord record, Shell shell) {
        this.options = options;
        this.record = record;
        this.lock = record.lock();
        this.changed = lock.newCondition();
        this.shell = shell;
        this.runner = new NodeRunner(this, shell);
        this.progress = beginning.progress();
        this.memory = beginning.memory();
        this.accounts = new Accounts(options.budget(), beginning.spent(), record, shell.clock());
        beginning.questions().ifPresent(known -> dialogue = new Dialogue(this, lock, known));
    }

    /** @param open what is run first @param ended is called once it has come to its end, holding its lock */
    void begin(List<Execution> open, Runnable ended) {
        lock.lock();
        try {
            whenEnded = ended;
            options.deadline()
                    .ifPresent(limit -> deadline = new Watchdog(shell.pause(), left(limit), () -> expire(limit)));
            if (dialogue != null && dialogue.open() > 0) {
                dialogue.takeAnswers(); // before a node asks again and the run is taken to wait
            }
            open.forEach(this::launch);
            endIfDone();
        } finally {
            lock.unlock();
        }
        record.onRequest(() -> dialogue().takeRequests());
    }

    private void launch(Execution execution) {
        var thread =
                Thread.ofVirtual().name(record.run() + "/" + execution.path()).unstarted(() -> work(execution));
        threads.add(thread);
        thread.start();
    }

    private void work(Execution first) {
        try {
            Optional<Execution> next = Optional.of(first);
            while (next.isPresent()) {
                next = next(next.get());
            }
        } catch (Throwable e) {
            halt(e);
        }
    }

    /** What happens can't be recorded any more, so nothing is to happen. */
    void halt(Throwable why) {
        lock.lock();
        try {
            broken = broken == null ? why : broken;
            closed = true;
            stopping = true;
            threads.remove(Thread.currentThread());
            threads.forEach(Thread::interrupt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What a node came to. */
    private record Result(Update update, List<String> taken) {}

    /**
     * Runs an execution and says with which this thread goes on. What is thrown while that is settled is no failure of the
     * node, which may be recorded as completed by then: it ends this thread's work.
     */
    private Optional<Execution> next(Execution execution) {
        if (isStopping()) {
            return settle(() -> {});
        }
        Result result;
        try {
            result = result(execution);
        } catch (Throwable e) {
            return isStopping() ? settle(() -> {}) : settle(() -> fail(execution, e));
        }
        return settle(() -> complete(execution, result.update(), result.taken()));
    }

    private Result result(Execution execution) throws Exception {
        Update update = execution.body().isPresent()
                ? shell.redaction()
                        .of(execution, runner.run(execution, execution.body().get()))
                : Update.none();
        return new Result(update, execution.choose(update));
    }

    private void complete(Execution execution, Update update, List<String> taken) {
        try {
            record.append(execution.path(), new Fact.NodeCompleted(update.facts(), taken));
        } catch (InvalidJsonException e) {
            fail(execution, e); // what cannot be stored was not written
            return;
        }
        progress.complete(execution, update, taken);
    }

    private void fail(Execution execution, Throwable e) {
        var failure = Failures.of(e, execution.path());
        record.append(execution.path(), new Fact.NodeFailed(failure, false));
        progress.fail(execution, failure);
    }

    private void stopFailing() {
        failing = true;
        stopping = true;
        threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
    }

    /** What is left of a deadline, which counts from the run's admission on. */
    private Duration left(Duration limit) {
        if (memory == StepMemory.none()) {
            return limit; // it has just begun
        }
        var spent = Duration.between(record.view().startedAt(), shell.clock().instant());
        Duration left = limit.minus(spent);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private void expire(Duration limit) {
        lock.lock();
        try {
            if (!ending) {
                outcome = null;
                expired = Optional.of(Failures.deadline(record.run(), limit));
                stopFailing();
                endIfDone();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Execution> settle(Runnable settlement) {
        lock.lock();
        try {
            settlement.run();
            if (options.failFast() && progress.hasFailed() && !isStopping()) {
                stopFailing();
            }
            var ready = isStopping() ? List.<Execution>of() : progress.ready();
            if (ready.isEmpty()) {
                threads.remove(Thread.currentThread());
                endIfDone();
                suspendIfWaiting();
                return Optional.empty();
            }
            for (int i = 1; i < ready.size(); i++) {
                launch(ready.get(i));
            }
            return Optional.of(ready.getFirst());
        } finally {
            lock.unlock();
        }
    }

    private void endIfDone() {
        if (!threads.isEmpty() || ending) {
            return;
        }
        if (cancelled.isPresent()) {
            end(new Fact.RunCancelled(cancelled.get()));
        } else if (progress.isOver() || failing) {
            end(progress.result().isPresent() && !failing ? new Fact.RunCompleted() : new Fact.RunFailed(failures()));
        }
        changed.signalAll();
    }

    private List<Failure> failures() {
        return Stream.concat(expired.stream(), progress.failures().stream()).toList();
    }

    private void end(Fact last) {
        ending = true;
        if (deadline != null) {
            deadline.close();
        }
        record.append(NodePath.run(), last);
        RunView view = record.view(); // before the lease is given up: from then on others may delete it
        record.close(); // and so durable, before anybody is told
        if (last instanceof Fact.RunCompleted) {
            outcome = new Outcome.Completed(progress.result().orElseThrow(), view);
        } else {
            outcome = last instanceof Fact.RunCancelled ? new Outcome.Cancelled(view) : new Outcome.Failed(view);
        }
        whenEnded.run();
    }

    /** When every thread waits for a person or a time, the run does. */
    void suspendIfWaiting() {
        int waiting = dialogue == null ? 0 : dialogue.waitingNodes();
        if (waiting > 0 && waiting == threads.size() && outcome == null && !isStopping()) {
            record.append(NodePath.run(), new Fact.RunSuspended(dialogue.waitsFor()));
            record.flush();
            outcome = isStopping() ? null : new Outcome.Suspended(record.view());
            if (dialogue.waitingNodes() < waiting) {
                goesOn(); // by a listener, when it was told
            }
            changed.signalAll();
        }
    }

    /** An answer has come, or a time. */
    void goesOn() {
        if (outcome instanceof Outcome.Suspended) {
            record.append(NodePath.run(), new Fact.RunResumed(record.epoch()));
            outcome = null;
        }
        changed.signalAll();
    }

    Dialogue dialogue() {
        lock.lock();
        try {
            Dialogue known = dialogue == null ? new Dialogue(this, lock, new Questions(id())) : dialogue;
            dialogue = known;
            return known;
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return ending;
    }

    void cancel(String reason) {
        lock.lock();
        try {
            if (hasEnded() || closed || cancelled.isPresent()) {
                return;
            }
            cancelled = Optional.of(reason);
            stopping = true;
            outcome = null;
            threads.forEach(Thread::interrupt);
            endIfDone();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            stopping = true;
            threads.forEach(Thread::interrupt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void awaitStopped() {
        lock.lock();
        try {
            while (!threads.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing new is to begin: what its nodes throw from now on is the stopping's doing, not theirs. */
    boolean isStopping() {
        return stopping;
    }

    @Override
    public Outcome await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (outcome == null) {
                if (broken != null && threads.isEmpty()) {
                    throw Failures.stopped(record.run(), broken);
                }
                if (closed && threads.isEmpty()) {
                    throw new OrchestratorClosedException(record.run());
                }
                changed.await();
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunId id() {
        return record.run();
    }

    @Override
    public List<RunEvent.Recorded> events(long fromOffset) {
        return record.events(fromOffset);
    }

    @Override
    public Subscription listen(long fromOffset, Consumer<RunEvent> listener) {
        return record.listen(fromOffset, listener);
    }

    @Override
    public RunView view() {
        return record.view();
    }

    /** Whether it came to its end, or can go no further in this process. */
    boolean isOver() {
        lock.lock();
        try {
            return hasEnded() || closed && threads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    RunRecord record() {
        return record;
    }

    /** What was recorded of executions before this process took up the run. */
    StepMemory memory() {
        return memory;
    }

    /** What has been recorded until now, for another attempt at a node. */
    StepMemory memoryNow() {
        return memory.renewed(record.events(0));
    }

    Accounts accounts() {
        return accounts;
    }

    Shell shell() {
        return shell;
    }
}
