package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.RunRequests;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/** What a run waits for: answers of people, times; and what people leave for it. Uses the run's lock. */
final class Dialogue {

    private final LiveRun run;
    private final RunRecord record;
    private final StepMemory memory;
    private final ReentrantLock lock;
    private final Condition changed;
    private final Questions questions;
    /** The times that are waited for and not near, by timer. */
    private final Map<String, Instant> times = new HashMap<>();

    Dialogue(LiveRun run, ReentrantLock lock, Questions questions) {
        this.run = run;
        this.record = run.record();
        this.memory = run.memory();
        this.lock = lock;
        this.changed = lock.newCondition();
        this.questions = questions;
    }

    /** Asks, unless the same was asked before, and waits for the answer. */
    Answer ask(NodePath path, String id, Question question, Permit permit) throws InterruptedException {
        Optional<Answer> known;
        lock.lock();
        try {
            boolean fresh = questions.ask(id, question);
            memory.check(path, id, questions.asked(id), question);
            if (fresh) {
                record.append(path, new Fact.QuestionAsked(id, question));
            }
            known = questions.find(id);
        } finally {
            lock.unlock();
        }
        record.flush(); // before anybody sees it
        return known.isPresent()
                ? known.get()
                : permit.lentWhile(() -> {
                    run.shell()
                            .responder()
                            .answer(record.run(), id, question)
                            .ifPresent(given -> answer(run.shell().redaction().of(given, Answer.class)));
                    return await(path, id);
                });
    }

    private Answer await(NodePath path, String id) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var answer = questions.find(id); ; answer = questions.find(id)) {
                if (answer.isPresent()) {
                    return answer.get();
                }
                questions.await(id, path);
                run.suspendIfWaiting();
                if (questions.find(id).isEmpty()) { // a listener may answer as soon as it is told
                    changed.await();
                }
            }
        } finally {
            questions.giveUp(id);
            lock.unlock();
        }
    }

    /**
     * Answers a question, for good: the journal takes the first answer there is, whoever gives it.
     *
     * @throws AnswerRefusedException when it fits no open question
     */
    void answer(Answer answer) {
        lock.lock();
        try {
            if (run.hasEnded()) {
                throw new AnswerRefusedException("run '" + record.run() + "' has ended; it asks nothing any more");
            }
            questions.check(answer);
        } finally {
            lock.unlock();
        }
        record.answer(answer);
        take(answer);
    }

    /** Takes the answer that counts; does nothing when it was taken, or nobody asks. */
    private void take(Answer answer) {
        lock.lock();
        try {
            if (run.hasEnded() || run.isStopping() || !questions.isOpen(answer.question())) {
                return;
            }
            record.append(NodePath.run(), new Fact.QuestionAnswered(answer));
            questions.take(answer);
            changed.signalAll();
            run.goesOn();
        } catch (YardmasterException e) {
            run.halt(e);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answers that were left while nobody ran the run. */
    void takeAnswers() {
        record.requests().answers().forEach(this::take);
    }

    /** Does what others, perhaps in other processes, have left for the run. */
    void takeRequests() {
        try {
            RunRequests requests = record.requests();
            requests.answers().forEach(this::take);
            requests.cancellation().ifPresent(run::cancel);
        } catch (YardmasterException e) {
            LoggerFactory.getLogger(Dialogue.class)
                    .warn("what was left for run '{}' could not be read: {}", record.run(), e.getMessage());
        }
    }

    int open() {
        return questions.open();
    }

    /**
     * Waits for a time. One that is not near is waited for as an answer is: when everything else in the run waits, too, the
     * run is suspended until then.
     */
    void pauseUntil(NodePath path, String timer, Instant due) throws InterruptedException {
        if (!run.shell().isFar(due)) {
            run.shell().pauseUntil(due);
            return;
        }
        String id = path + ":" + timer;
        lock.lockInterruptibly();
        try {
            questions.await(id, path);
            times.put(id, due);
            run.suspendIfWaiting();
        } finally {
            lock.unlock();
        }
        try {
            run.shell().pauseUntil(due);
        } finally {
            lock.lock();
            try {
                questions.giveUp(id);
                times.remove(id);
                if (!run.isStopping()) {
                    run.goesOn();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** What a run waits for in which everything waits, in words. */
    String waitsFor() {
        return times.values().stream()
                .min(Comparator.naturalOrder())
                .filter(due -> questions.open() == 0)
                .map(due -> "waits until " + due)
                .orElse("waits for " + questions.open() + " answer(s)");
    }

    /** How many nodes wait for an answer or a time that has not come. */
    int waitingNodes() {
        return questions.waitingNodes();
    }
}
