package dev.yardmaster.replay;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.JsonDifference;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.graph.Allowance;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.replay.Difference.Kind;
import dev.yardmaster.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What a replayed node is given: its steps come from the record, and none of them does anything. */
final class ReplayedSteps implements NodeContext {

    private final RunId run;
    private final NodePath path;
    private final List<String> arrivedFrom;
    private final RecordedNode node;
    private final RecordedNode.Attempt attempt;
    private final Observed observed;
    private final Budget budget;
    private final String scope;
    private final Map<String, Integer> used = new HashMap<>();

    ReplayedSteps(
            RunView run, Execution execution, RecordedNode node, RecordedNode.Attempt attempt, Observed observed) {
        this.run = run.id();
        this.budget = run.budget();
        this.path = execution.path();
        this.arrivedFrom = execution.arrivedFrom();
        this.node = node;
        this.attempt = attempt;
        this.observed = observed;
        this.scope = "";
    }

    private ReplayedSteps(ReplayedSteps around, String scope) {
        this.run = around.run;
        this.path = around.path;
        this.arrivedFrom = around.arrivedFrom;
        this.node = around.node;
        this.attempt = around.attempt;
        this.observed = around.observed;
        this.budget = around.budget;
        this.scope = scope;
    }

    /** A name as the journal's keys have it. */
    private synchronized String unique(String name) {
        int count = used.merge(name, 1, Integer::sum);
        return scope + name + (count == 1 ? "" : "#" + count);
    }

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) {
        return recorded(unique(name), observed.json(input)).as(type);
    }

    @Override
    public <T> T derived(String name, Class<T> type, Object input, Function<? super T, ?> essence, Callable<T> body)
            throws Exception {
        String step = unique(name);
        T recorded = recorded(step, observed.json(input)).as(type);
        Json before = Json.of(essence.apply(recorded));
        Json now = observed.json(essence.apply(body.call()));
        if (!before.equals(now)) {
            throw observed.differs(new Difference(
                    Kind.DERIVED,
                    new StepKey(path, step),
                    attempt.steps().get(step).offset(),
                    "'" + step + "' at '" + path + "' comes to something else",
                    JsonDifference.between(before, now)));
        }
        return recorded;
    }

    /** The output of a step of the record. */
    private Json recorded(String step, Json input) {
        RecordedNode.Step past = attempt.steps().get(step);
        if (past == null) {
            throw unrecorded(step, input);
        }
        observed.reached(step);
        if (!past.started().inputHash().equals(input.digest())) {
            throw observed.differs(new Difference(
                    Kind.INPUT,
                    new StepKey(path, step),
                    past.offset(),
                    "step '" + step + "' at '" + path + "' is given something else",
                    JsonDifference.between(past.started().input(), input)));
        }
        if (past.finished().isEmpty()) {
            throw observed.ends();
        }
        Optional<Failure> failure = past.finished().get().failure();
        if (failure.isPresent()) {
            throw observed.fails(new StepKey(path, step), failure.get());
        }
        return past.finished().get().output().orElseThrow();
    }

    private ReplayEndException unrecorded(String step, Json input) {
        return goesOn(
                "step '" + step + "'",
                new StepKey(path, step),
                List.of(new JsonDifference("", Optional.empty(), Optional.of(input))));
    }

    /** What the record does not have is a difference, unless the record ended here, too. */
    private ReplayEndException goesOn(String what, StepKey key, List<JsonDifference> changes) {
        boolean over = node.completed().isPresent() || attempt.failure().isPresent();
        Optional<String> instead = attempt.steps().keySet().stream()
                .filter(each -> !observed.hasReached(each))
                .findFirst();
        if (!over && instead.isEmpty() || wasStopped()) {
            return observed.ends();
        }
        return observed.differs(new Difference(
                Kind.NEW_STEP,
                key,
                node.last(),
                "'" + path + "' goes on to " + what + "; "
                        + instead.map(each -> "recorded is '" + each + "' instead")
                                .orElse("in the record it was over by then"),
                changes));
    }

    /** Whether the recorded attempt was stopped from outside, which can be anywhere. */
    private boolean wasStopped() {
        return attempt.failure()
                .filter(failure -> failure.kind().equals("node-timeout")
                        || failure.message().startsWith(InterruptedException.class.getName()))
                .isPresent();
    }

    @Override
    public NodeContext scope(String name) {
        return new ReplayedSteps(this, unique(name) + "/");
    }

    @Override
    public Answer ask(Question question) {
        String name = unique("question");
        var key = new StepKey(path, name);
        RecordedNode.Asked asked = node.question(key.toString())
                .orElseThrow(() -> goesOn(
                        "the question '" + question.text() + "'",
                        key,
                        List.of(new JsonDifference("", Optional.empty(), Optional.of(Json.of(question))))));
        observed.reached(key.toString());
        Json before = Json.of(essence(asked.question()));
        Json now = observed.json(essence(question));
        if (!before.equals(now)) {
            throw observed.differs(new Difference(
                    Kind.QUESTION,
                    key,
                    asked.offset(),
                    "'" + path + "' asks something else",
                    JsonDifference.between(Json.of(asked.question()), Json.of(question))));
        }
        return asked.answer().orElseThrow(observed::ends);
    }

    /** What of a question has to stay the same: of one about a call the call, as its words depend on where its files are. */
    private static List<Object> essence(Question question) {
        String call = question.details().getOrDefault("arguments", "");
        return List.of(call.isEmpty() ? question.text() : call, question.choices());
    }

    @Override
    public void sleep(Duration duration) {
        String timer = unique("timer");
        if (!node.hasTimer(timer)) {
            throw goesOn("a wait of " + duration, new StepKey(path, timer), List.of());
        }
        if (!node.hasFired(timer)) {
            throw observed.ends();
        }
    }

    @Override
    public Allowance allowance() {
        return Allowance.unchecked(budget);
    }

    /** When the node began. */
    @Override
    public Instant now() {
        return node.at();
    }

    @Override
    public String idempotencyKey() {
        return run + "/" + path + (scope.isEmpty() ? "" : ":" + scope);
    }

    @Override
    public void publish(RunEvent.Live event) {}

    @Override
    public List<String> arrivedFrom() {
        return arrivedFrom;
    }

    @Override
    public RunId run() {
        return run;
    }

    @Override
    public NodePath path() {
        return path;
    }
}
