package dev.yardmaster.replay;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.JsonDifference;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Update;
import dev.yardmaster.replay.Difference.Kind;
import dev.yardmaster.run.RunView;
import dev.yardmaster.run.StepFailedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One execution, run again over its record. */
final class NodeReplay {

    /** What came of it. */
    sealed interface Result {

        /** It is over, with what was recorded, and that is what it comes to now. */
        record Completed(Update update, List<String> taken) implements Result {}

        /** It fails as it did. */
        record Failed(Failure failure) implements Result {}

        /** Its record ends before it does. */
        record Open() implements Result {}

        record Differs(Difference difference) implements Result {}
    }

    /** An attempt that is over. @param failed what it threw */
    private record Tried(Update update, Optional<Exception> failed, Observed observed) {}

    /** The kind of failures that are no {@link YardmasterException}. */
    private static final String EXCEPTION = "node.exception";

    private final RunView run;
    private final UnaryOperator<String> secrets;
    private final Execution execution;
    private final NodePath path;
    private final Optional<RecordedNode> found;
    private int steps;

    NodeReplay(RunView run, UnaryOperator<String> secrets, Execution execution, Optional<RecordedNode> found) {
        this.run = run;
        this.secrets = secrets;
        this.execution = execution;
        this.path = execution.path();
        this.found = found;
    }

    /** How many steps of the record came again. */
    int steps() {
        return steps;
    }

    Result run() throws InterruptedException {
        if (found.isEmpty()) {
            return run.status() == RunStatus.COMPLETED
                    ? differs(
                            Kind.NEW_NODE,
                            run.entries().size() - 1,
                            "'" + path + "' runs now, and did not when this was recorded")
                    : new Result.Open();
        }
        RecordedNode node = found.get();
        return execution.body().isPresent() ? attempts(node, execution.body().get()) : completed(node, Update.none());
    }

    private Result attempts(RecordedNode node, Node first) throws InterruptedException {
        List<RecordedNode.Attempt> attempts = node.attempts();
        Node body = first;
        for (int i = 0; ; i++) {
            RecordedNode.Attempt attempt = attempts.get(i);
            Tried tried = attempt(node, attempt, body);
            boolean last = i == attempts.size() - 1;
            Optional<Result> result = result(node, attempt, tried, last);
            if (result.isPresent()) {
                return result.get();
            }
            body = fallsBack(i + 1, attempt, tried)
                    ? execution.policy().fallback().map(NodeReplay::inItsScope).orElse(body)
                    : body;
        }
    }

    /** As it is run for real: its steps are not those of the first body. */
    private static Node inItsScope(Node fallback) {
        return (state, context) -> fallback.run(state, context.scope("fallback"));
    }

    /** Whether the policy's retries were used up after an attempt, so that its fallback was next. */
    private boolean fallsBack(int number, RecordedNode.Attempt attempt, Tried tried) {
        return attempt.retried()
                && tried.failed()
                        .filter(e -> execution.policy().triesAgain(number, thrown(e)))
                        .isEmpty();
    }

    /** What the policy was asked about when a step had failed for the first time. */
    private static Exception thrown(Exception e) {
        if (!(e instanceof StepFailedException step)) {
            return e;
        }
        Failure failure = step.failure();
        return failure.retryable() || failure.kind().equals(EXCEPTION) ? new Exception(failure.message()) : e;
    }

    private Tried attempt(RecordedNode node, RecordedNode.Attempt attempt, Node body) throws InterruptedException {
        var observed = new Observed(secrets);
        Update update = Update.none();
        Optional<Exception> failed = Optional.empty();
        try {
            update = body.run(execution.input(), new ReplayedSteps(run, execution, node, attempt, observed));
            execution.check(update);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed = Optional.of(e);
        }
        steps = Math.max(steps, observed.reached());
        return new Tried(update, failed, observed);
    }

    /** What an attempt comes to; empty when the record has another one after it. */
    private Optional<Result> result(RecordedNode node, RecordedNode.Attempt attempt, Tried tried, boolean last) {
        Optional<Difference> difference = tried.observed().difference();
        if (difference.isPresent()) {
            return Optional.of(new Result.Differs(difference.get()));
        }
        Optional<Failure> recorded = attempt.failure();
        if (tried.observed().hasEnded()) {
            return last
                    ? Optional.of(recorded.<Result>map(Result.Failed::new).orElseGet(Result.Open::new))
                    : Optional.empty();
        }
        if (tried.failed().isEmpty()) {
            return Optional.of(done(node, recorded, tried));
        }
        if (recorded.isEmpty() && node.completed().isEmpty() && tried.observed().hasFailed()) {
            return Optional.of(new Result.Open()); // the next entry would have said so
        }
        Failure now = failure(tried.failed().get());
        if (recorded.isEmpty()) {
            return Optional.of(differs(Kind.FAILURE, node.last(), "'" + path + "' fails: " + now.message()));
        }
        if (!recorded.get().kind().equals(now.kind())) {
            return Optional.of(differs(
                    Kind.FAILURE,
                    node.last(),
                    "'" + path + "' fails with '" + now.kind() + "' and not with '"
                            + recorded.get().kind() + "': " + now.message()));
        }
        return last ? Optional.of(new Result.Failed(recorded.get())) : Optional.empty();
    }

    private Failure failure(Exception e) {
        if (e instanceof StepFailedException step) {
            return step.failure();
        }
        String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        return Failure.of(e instanceof YardmasterException ours ? ours.kind() : EXCEPTION, message, path);
    }

    private Result done(RecordedNode node, Optional<Failure> failed, Tried tried) {
        if (failed.isPresent() && node.completed().isEmpty()) {
            return differs(
                    Kind.FAILURE,
                    node.last(),
                    "'" + path + "' failed when this was recorded, and does not now; it failed with: "
                            + failed.get().message());
        }
        Optional<String> missing = node.attempts().size() > 1 ? Optional.empty() : missing(node, tried.observed());
        return missing.isPresent()
                ? differs(
                        Kind.MISSING_STEP,
                        node.last(),
                        "'" + path + "' is over without '" + missing.get() + "', which was recorded")
                : completed(node, tried.update());
    }

    private Optional<String> missing(RecordedNode node, Observed observed) {
        List<RecordedNode.Step> steps =
                List.copyOf(node.attempts().getLast().steps().values());
        return steps.stream()
                .filter(step -> !observed.hasReached(step.started().step()))
                .filter(step -> isOwn(step.started().step(), step.offset(), steps, observed))
                .map(step -> step.started().step())
                .findFirst()
                .or(() -> node.questions().stream()
                        .filter(id -> !observed.hasReached(id))
                        .filter(id -> isOwn(
                                id.substring(id.indexOf(':') + 1),
                                node.question(id).orElseThrow().offset(),
                                steps,
                                observed))
                        .findFirst());
    }

    /** Whether it was not within the body of a step whose output was taken from the record: a colleague's work, say. */
    private static boolean isOwn(String name, long at, List<RecordedNode.Step> steps, Observed observed) {
        return steps.stream()
                .filter(step -> step.holds(name, at))
                .noneMatch(step -> observed.hasReached(step.started().step()));
    }

    private Result completed(RecordedNode node, Update update) {
        if (node.completed().isEmpty()) {
            return new Result.Open();
        }
        Fact.NodeCompleted recorded = node.completed().get();
        Json before = byChannel(recorded.writes());
        Json now = byChannel(update.facts()).withStrings(secrets);
        if (!before.equals(now)) {
            return new Result.Differs(new Difference(
                    Kind.RESULT,
                    new StepKey(path, ""),
                    node.last(),
                    "'" + path + "' writes something else",
                    JsonDifference.between(before, now)));
        }
        List<String> taken;
        try {
            taken = execution.choose(update);
        } catch (RuntimeException e) {
            return differs(
                    Kind.FAILURE,
                    node.last(),
                    "the way on from '" + path + "' fails: " + failure(e).message());
        }
        return taken.equals(recorded.taken())
                ? new Result.Completed(execution.recorded(recorded.writes()), taken)
                : differs(
                        Kind.EDGES,
                        node.last(),
                        "'" + path + "' goes on to " + taken + " and not to " + recorded.taken());
    }

    private static Json byChannel(List<Fact.Write> writes) {
        Map<String, Object> values = new LinkedHashMap<>();
        writes.forEach(write ->
                values.put(write.channel(), write.replaces() ? Map.of("replaces", write.value()) : write.value()));
        return Json.of(values);
    }

    private Result differs(Kind kind, long offset, String what) {
        return new Result.Differs(Difference.of(kind, path, offset, what));
    }
}
