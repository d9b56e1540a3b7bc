package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A run at work: the threads around a {@link Progress}. A thread whose node completes goes on with one of the nodes that
 * became ready; only for further ones it starts threads.
 */
final class LiveRun implements Run {

    private final RunOptions options;
    private final RunRecord record;
    private final InstantSource clock;
    private final Responder responder;
    private final Progress progress;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Thread> threads = new HashSet<>();
    private final Map<String, Question> open = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private int parked;
    private Optional<String> cancelled = Optional.empty();
    private boolean failing;
    private boolean closed;
    private @Nullable Outcome outcome;

    LiveRun(Graph graph, State input, RunOptions options, RunRecord record, InstantSource clock, Responder responder) {
        this.options = options;
        this.record = record;
        this.clock = clock;
        this.responder = responder;
        this.progress = Progress.first(graph, input);
    }

    void begin() {
        lock.lock();
        try {
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
        Optional<Execution> next = Optional.of(first);
        while (next.isPresent()) {
            next = next(next.get());
        }
    }

    /** Runs an execution and says with which this thread goes on. */
    private Optional<Execution> next(Execution execution) {
        NodePath path = execution.path();
        try {
            if (!isStopping()) {
                Update update =
                        execution.body().isPresent() ? run(execution.body().get(), execution) : Update.none();
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

    private Update run(Node body, Execution execution) throws Exception {
        record.append(execution.path(), new Fact.NodeStarted(1));
        Update update = body.run(execution.input(), new Steps(this, execution.path()));
        execution.check(update);
        return update;
    }

    private void fail(Execution execution, Throwable e) {
        var failure = Failures.of(e, execution.path());
        record.append(execution.path(), new Fact.NodeFailed(failure, false));
        progress.fail(execution, failure);
        if (options.failFast()) {
            failing = true;
            threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
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
            end(progress.result().isPresent() ? new Fact.RunCompleted() : new Fact.RunFailed(progress.failures()));
        }
        changed.signalAll();
    }

    private void end(Fact last) {
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
        if (parked > 0 && parked == threads.size() && outcome == null && !isStopping()) {
            record.append(NodePath.run(), new Fact.RunSuspended("waits for " + open.size() + " answer(s)"));
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
            open.put(id, question);
        } finally {
            lock.unlock();
        }
        Optional<Answer> atOnce = responder.answer(record.run(), id, question);
        if (atOnce.isPresent()) {
            answer(atOnce.get());
        }
        return parkUntilAnswered(id);
    }

    private Answer parkUntilAnswered(String id) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            parked++;
            try {
                while (!answers.containsKey(id)) {
                    suspendIfWaiting();
                    changed.await();
                }
            } finally {
                parked--;
            }
            return answers.get(id);
        } finally {
            lock.unlock();
        }
    }

    void answer(Answer answer) {
        lock.lock();
        try {
            Question question = open.get(answer.question());
            if (question == null) {
                throw new AnswerRefusedException("run '" + record.run() + "' has no open question '" + answer.question()
                        + "'; open: " + (open.isEmpty() ? "none" : String.join(", ", open.keySet())));
            }
            if (!question.choices().isEmpty() && !question.choices().contains(answer.choice())) {
                throw new AnswerRefusedException("'" + answer.choice() + "' is no answer to question '"
                        + answer.question() + "'; answer one of " + String.join(", ", question.choices()));
            }
            open.remove(answer.question());
            answers.put(answer.question(), answer);
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
    public RunView view() {
        return record.view();
    }

    RunRecord record() {
        return record;
    }

    InstantSource clock() {
        return clock;
    }
}
