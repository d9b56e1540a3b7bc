package dev.yardmaster.graph;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What a node of a graph is given that runs inside another node: a scope of that node, and a place of its own. */
record InlineContext(NodeContext scope, List<String> arrivedFrom) implements NodeContext {

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) throws Exception {
        return scope.step(name, type, input, effect, body);
    }

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Probe<T> probe, Callable<T> body)
            throws Exception {
        return scope.step(name, type, input, effect, probe, body);
    }

    @Override
    public <T> T derived(String name, Class<T> type, Object input, Function<? super T, ?> essence, Callable<T> body)
            throws Exception {
        return scope.derived(name, type, input, essence, body);
    }

    @Override
    public NodeContext scope(String name) {
        return new InlineContext(scope.scope(name), arrivedFrom);
    }

    @Override
    public NodeContext within(String whose, Budget own) {
        return new InlineContext(scope.within(whose, own), arrivedFrom);
    }

    @Override
    public Allowance allowance() {
        return scope.allowance();
    }

    @Override
    public String redacted(String text) {
        return scope.redacted(text);
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        return scope.ask(question);
    }

    @Override
    public void note(String about, Object note) {
        scope.note(about, note);
    }

    @Override
    public <T> List<T> notes(String about, Class<T> type) {
        return scope.notes(about, type);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        scope.sleep(duration);
    }

    @Override
    public Instant now() {
        return scope.now();
    }

    @Override
    public String idempotencyKey() {
        return scope.idempotencyKey();
    }

    @Override
    public void publish(RunEvent.Live event) {
        scope.publish(event);
    }

    @Override
    public RunId run() {
        return scope.run();
    }

    @Override
    public NodePath path() {
        return scope.path();
    }
}
