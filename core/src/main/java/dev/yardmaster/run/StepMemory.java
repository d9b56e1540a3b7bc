package dev.yardmaster.run;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.StepKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's journal says of executions that were begun and are to run again: their steps and timers. Not
 * changed once the run goes on.
 */
final class StepMemory {

    /**
     * A step that was begun.
     *
     * @param finished empty when the process died before it was over
     * @param mayStillHappen whether the process that began it was not known to have ended when another took over
     */
    record Step(Fact.StepStarted started, Optional<Fact.StepFinished> finished, boolean mayStillHappen) {

        Step(Fact.StepStarted started) {
            this(started, Optional.empty(), false);
        }

        Step over(Fact.StepFinished how) {
            return new Step(started, Optional.of(how), false);
        }

        Step leftToAnother() {
            return finished.isPresent() ? this : new Step(started, finished, true);
        }

        Optional<Failure> failure() {
            return finished.flatMap(Fact.StepFinished::failure);
        }
    }

    /** A timer that was set. @param fired whether it is over */
    record Timer(Instant due, boolean fired) {}

    private static final StepMemory NONE = new StepMemory(false);

    private final boolean changedAllowed;
    private final Map<NodePath, Map<String, Step>> steps = new HashMap<>();
    private final Map<StepKey, Timer> timers = new HashMap<>();
    private final Map<NodePath, Map<String, List<Json>>> notes = new HashMap<>();
    private final Map<NodePath, Integer> attempts = new HashMap<>();

    private StepMemory(boolean changedAllowed) {
        this.changedAllowed = changedAllowed;
    }

    /** Of a run that has just begun. */
    static StepMemory none() {
        return NONE;
    }

    /** @param changedAllowed whether a step with another input than was recorded is taken for the same */
    static StepMemory of(List<RunEvent.Recorded> entries, boolean changedAllowed) {
        var memory = new StepMemory(changedAllowed);
        entries.forEach(each -> memory.add(each.entry().at(), each.entry().fact()));
        return memory;
    }

    private void add(NodePath at, Fact fact) {
        switch (fact) {
            case Fact.NodeStarted started -> attempts.put(at, started.attempt());
            case Fact.StepStarted started -> of(at).put(started.step(), new Step(started));
            case Fact.StepFinished finished ->
                of(at).computeIfPresent(finished.step(), (name, step) -> step.over(finished));
            case Fact.TimerSet set -> timers.put(new StepKey(at, set.step()), new Timer(set.due(), false));
            case Fact.TimerFired fired ->
                timers.computeIfPresent(new StepKey(at, fired.step()), (key, timer) -> new Timer(timer.due(), true));
            case Fact.Noted noted ->
                notes.computeIfAbsent(at, path -> new HashMap<>())
                        .computeIfAbsent(noted.about(), about -> new ArrayList<>())
                        .add(noted.note());
            case Fact.NodeFailed failed -> {
                of(at).values().removeIf(step -> step.failure().isPresent()); // a new attempt tries them again
                notes.remove(at);
            }
            case Fact.RunResumed resumed -> {
                if (resumed.formerMayLive()) {
                    leaveToAnother();
                }
            }
            case Fact.NodeCompleted completed -> {
                steps.remove(at); // never runs again
                notes.remove(at);
            }
            default -> {}
        }
    }

    /** What was begun by now may still happen: who began it is not known to have ended. */
    void leaveToAnother() {
        steps.values().forEach(of -> of.replaceAll((name, step) -> step.leftToAnother()));
    }

    private Map<String, Step> of(NodePath at) {
        return steps.computeIfAbsent(at, path -> new HashMap<>());
    }

    /** Whether what was recorded counts, whatever has changed since. */
    boolean changedAllowed() {
        return changedAllowed;
    }

    Optional<Step> step(NodePath at, String name) {
        return Optional.ofNullable(steps.getOrDefault(at, Map.of()).get(name));
    }

    Optional<Timer> timer(NodePath at, String name) {
        return Optional.ofNullable(timers.get(new StepKey(at, name)));
    }

    /** What the finished steps of a scope used up. */
    Spending spent(NodePath at, String scope) {
        return steps.getOrDefault(at, Map.of()).entrySet().stream()
                .filter(step -> step.getKey().startsWith(scope))
                .flatMap(step -> step.getValue().finished().stream())
                .flatMap(finished -> finished.spent().stream())
                .reduce(Spending.none(), Spending::plus);
    }

    List<Json> notes(NodePath at, String about) {
        return notes.getOrDefault(at, Map.of()).getOrDefault(about, List.of());
    }

    boolean hasNotes() {
        return !notes.isEmpty();
    }

    /** How often an execution was begun. */
    int attempts(NodePath at) {
        return attempts.getOrDefault(at, 0);
    }

    /** The same of later entries. */
    StepMemory renewed(List<RunEvent.Recorded> entries) {
        return of(entries, changedAllowed);
    }

    /** @throws ChangedInputException when the question is another than was asked */
    void check(NodePath at, String id, Question recorded, Question now) {
        if (!changedAllowed && !recorded.equals(now)) {
            throw new ChangedInputException(
                    new StepKey(at, id),
                    Json.of(recorded).sha256(),
                    Json.of(now).sha256());
        }
    }

    /** @throws ChangedInputException when the input is another than was recorded, and may not be */
    void check(StepKey key, Step recorded, Json inputHash) {
        if (!changedAllowed && !recorded.started().inputHash().equals(inputHash)) {
            throw new ChangedInputException(
                    key, recorded.started().inputHash().as(String.class), inputHash.as(String.class));
        }
    }
}
