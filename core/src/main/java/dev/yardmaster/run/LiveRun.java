package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Thread> threads = new HashSet<>();
    private final Questions questions;
    private int queued;
    private Optional<Failure> expired = Optional.empty();
    private @Nullable Watchdog deadline;
    private Optional<String> cancelled = Optional.empty();
    private boolean failing;
    private boolean closed;
    private @Nullable Throwable broken;
    private @Nullable Outcome outcome;

    LiveRun(Graph graph, State input, RunOptions options, RunRecord record, Shell shell) {
        this.options = options;
        this.record = record;
        this.questions = new Questions(record.run());
        this.shell = shell;
        this.runner = new NodeRunner(this, shell);
        this.progress = Progress.first(graph, input);
    }

    void begin() {
        lock.lock();
        try {
            options.deadline().ifPresent(limit -> deadline = new Watchdog(shell.pause(), limit, () -> expire(limit)));
            progress.ready().forEach(this::launch);
            endIfDone();
        } finally {
            lock.unlock();
        }
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
    private void halt(Throwable why) {
        lock.lock();
        try {
            broken = broken == null ? why : broken;
            closed = true;
            threads.remove(Thread.currentThread());
            threads.forEach(Thread::interrupt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs an execution and says with which this thread goes on. */
    private Optional<Execution> next(Execution execution) {
        NodePath path = execution.path();
        try {
            if (!isStopping()) {
                Update update = execution.body().isPresent()
                        ? runner.run(execution, execution.body().get())
                        : Update.none();
                List<String> taken = execution.choose(update);
                return settle(() -> {
                    record.append(path, new Fact.NodeCompleted(update.facts(), taken));
                    progress.complete(execution, update, taken);
                });
            }
        } catch (Throwable e) {
            if (!isStopping()) {
                return settle(() -> fail(execution, e));
            }
        }
        return settle(() -> {});
    }

    private void fail(Execution execution, Throwable e) {
        var failure = Failures.of(e, execution.path());
        record.append(execution.path(), new Fact.NodeFailed(failure, false));
        progress.fail(execution, failure);
        if (options.failFast()) {
            stopFailing();
        }
    }

    private void stopFailing() {
        failing = true;
        threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
    }

    private void expire(Duration limit) {
        lock.lock();
        try {
            if (outcome == null || outcome instanceof Outcome.Suspended) {
                outcome = null;
                expired = Optional.of(Failure.of(
                        "limit.deadline",
                        "run '" + record.run() + "' reached its deadline of "
                                + limit.toString().substring(2).toLowerCase(Locale.ROOT)
                                + "; give it longer with RunOptions.withDeadline(…)",
                        NodePath.run()));
                stopFailing();
                endIfDone();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something that only other nodes can give; counts as waiting, not as work. */
    <T> T waitingFor(Waiting<T> what) throws InterruptedException {
        waiting(1);
        try {
            return what.await();
        } finally {
            waiting(-1);
        }
    }

    /** Something to wait for. */
    interface Waiting<T> {
        T await() throws InterruptedException;
    }

    private void waiting(int more) {
        lock.lock();
        try {
            queued += more;
            suspendIfWaiting();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Execution> settle(Runnable settlement) {
        lock.lock();
        try {
            settlement.run();
            var ready = isStopping() ? List.<Execution>of() : progress.ready();
            ready.stream().skip(1).forEach(this::launch);
            if (ready.isEmpty()) {
                threads.remove(Thread.currentThread());
                endIfDone();
                suspendIfWaiting();
            }
            return ready.stream().findFirst();
        } finally {
            lock.unlock();
        }
    }

    private void endIfDone() {
        if (!threads.isEmpty() || outcome instanceof Outcome.Completed) {
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
        if (deadline != null) {
            deadline.close();
        }
        record.append(NodePath.run(), last);
        record.flush();
        RunView view = record.view();
        outcome = switch (view.status()) {
            case COMPLETED -> new Outcome.Completed(progress.result().orElseThrow(), view);
            case CANCELLED -> new Outcome.Cancelled(view);
            case FAILED, RUNNING, SUSPENDED -> new Outcome.Failed(view);
        };
        record.close();
    }

    /** When every thread waits for a person, the run does. */
    private void suspendIfWaiting() {
        if (questions.waitingNodes() > 0
                && questions.waitingNodes() + queued == threads.size()
                && outcome == null
                && !isStopping()) {
            record.append(NodePath.run(), new Fact.RunSuspended("waits for " + questions.open() + " answer(s)"));
            record.flush();
            outcome = new Outcome.Suspended(record.view());
            changed.signalAll();
        }
    }

    Answer ask(NodePath path, String id, Question question) throws InterruptedException {
        record.append(path, new Fact.QuestionAsked(id, question));
        record.flush();
        lock.lock();
        try {
            questions.ask(id, question);
        } finally {
            lock.unlock();
        }
        Optional<Answer> atOnce = shell.responder().answer(record.run(), id, question);
        if (atOnce.isPresent()) {
            answer(atOnce.get());
        }
        return parkUntilAnswered(path, id);
    }

    private Answer parkUntilAnswered(NodePath path, String id) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var answer = questions.find(id); ; answer = questions.find(id)) {
                if (answer.isPresent()) {
                    return answer.get();
                }
                questions.await(id, path);
                suspendIfWaiting();
                changed.await();
            }
        } finally {
            questions.giveUp(id);
            lock.unlock();
        }
    }

    void answer(Answer answer) {
        lock.lock();
        try {
            questions.answer(answer);
            record.append(NodePath.run(), new Fact.QuestionAnswered(answer));
            if (outcome instanceof Outcome.Suspended) {
                record.append(NodePath.run(), new Fact.RunResumed(1));
                outcome = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void cancel(String reason) {
        lock.lock();
        try {
            if (outcome != null && !(outcome instanceof Outcome.Suspended) || cancelled.isPresent()) {
                return;
            }
            cancelled = Optional.of(reason);
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
        lock.lock();
        try {
            return cancelled.isPresent() || closed || failing;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Outcome await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (outcome == null) {
                if (broken != null && threads.isEmpty()) {
                    throw new YardmasterException(
                            "run '" + record.run() + "' stopped because its journal could not be written: "
                                    + broken.getMessage() + "; what was recorded before is kept",
                            broken);
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

    RunRecord record() {
        return record;
    }

    InstantSource clock() {
        return shell.clock();
    }
}
