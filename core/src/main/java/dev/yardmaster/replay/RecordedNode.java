package dev.yardmaster.replay;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.run.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run recorded of one execution. */
final class RecordedNode {

    /** A step that was begun. @param finished empty when nothing says how it ended @param end the entry that says so */
    record Step(long offset, Fact.StepStarted started, Optional<Fact.StepFinished> finished, long end) {

        /** Whether something was recorded while its body ran, in a scope below it: a replay does not come by there. */
        boolean holds(String name, long at) {
            return finished.isPresent() && offset < at && at < end && name.startsWith(started.step() + "/");
        }
    }

    /** A question that was asked. */
    record Asked(long offset, Question question, Optional<Answer> answer) {}

    /**
     * One going-through, over what earlier ones left.
     *
     * @param steps those that were there when it was over
     * @param failure why it failed; empty when it did not
     */
    record Attempt(Map<String, Step> steps, Optional<Failure> failure, boolean retried) {}

    private final long offset;
    private final Instant at;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, Asked> questions = new HashMap<>();
    private final Map<String, Long> timers = new HashMap<>();
    private final Set<String> fired = new HashSet<>();
    private Optional<Fact.NodeCompleted> completed = Optional.empty();
    /** Whether an attempt was begun and has not failed. */
    private boolean going;

    private long last;

    private RecordedNode(RunEvent.Recorded first) {
        this.offset = first.offset();
        this.at = first.at();
    }

    /** All executions of a run, in the order in which they began. */
    static Map<NodePath, RecordedNode> allOf(RunView run) {
        var nodes = new LinkedHashMap<NodePath, RecordedNode>();
        var answers = new HashMap<String, Answer>();
        run.facts(Fact.QuestionAnswered.class)
                .forEach(each -> answers.put(each.answer().question(), each.answer()));
        for (RunEvent.Recorded each : run.entries()) {
            if (!each.entry().at().isRun()) {
                nodes.computeIfAbsent(each.entry().at(), path -> new RecordedNode(each))
                        .add(each, answers);
            }
        }
        return nodes;
    }

    private void add(RunEvent.Recorded recorded, Map<String, Answer> answers) {
        last = recorded.offset();
        switch (recorded.entry().fact()) {
            case Fact.NodeStarted started -> going = true;
            case Fact.StepStarted started -> {
                steps.remove(started.step()); // one that runs again comes later
                steps.put(started.step(), new Step(last, started, Optional.empty(), last));
            }
            case Fact.StepFinished finished ->
                steps.computeIfPresent(
                        finished.step(),
                        (name, step) -> new Step(step.offset(), step.started(), Optional.of(finished), last));
            case Fact.QuestionAsked asked ->
                questions.put(
                        asked.id(), new Asked(last, asked.question(), Optional.ofNullable(answers.get(asked.id()))));
            case Fact.TimerSet timer -> timers.put(timer.step(), last);
            case Fact.TimerFired timer -> fired.add(timer.step());
            case Fact.NodeFailed failed -> {
                going = false;
                attempts.add(new Attempt(new LinkedHashMap<>(steps), Optional.of(failed.failure()), failed.retried()));
                steps.values()
                        .removeIf(step -> step.finished()
                                .flatMap(Fact.StepFinished::failure)
                                .isPresent());
            }
            case Fact.NodeCompleted now -> completed = Optional.of(now);
            default -> {}
        }
    }

    /** Its attempts, of which the last may have neither failed nor completed. */
    List<Attempt> attempts() {
        var all = new ArrayList<>(attempts);
        if (going || all.isEmpty()) {
            all.add(new Attempt(steps, Optional.empty(), false));
        }
        return all;
    }

    /** The ids of what was asked. */
    Set<String> questions() {
        return questions.keySet();
    }

    Optional<Asked> question(String id) {
        return Optional.ofNullable(questions.get(id));
    }

    /** Whether a timer was set. */
    boolean hasTimer(String name) {
        return timers.containsKey(name);
    }

    /** Whether a timer's time had come. */
    boolean hasFired(String name) {
        return fired.contains(name);
    }

    Optional<Fact.NodeCompleted> completed() {
        return completed;
    }

    /** Its first entry. */
    long offset() {
        return offset;
    }

    /** Its last entry. */
    long last() {
        return last;
    }

    /** When it began. */
    Instant at() {
        return at;
    }
}
