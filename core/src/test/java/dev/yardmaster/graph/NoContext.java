package dev.yardmaster.graph;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** What nodes that only compute are given. */
final class NoContext implements NodeContext {

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) throws Exception {
        return body.call();
    }

    @Override
    public NodeContext scope(String name) {
        return this;
    }

    @Override
    public Answer ask(Question question) {
        throw new UnsupportedOperationException("nobody is here to answer");
    }

    @Override
    public void sleep(Duration duration) {
        throw new UnsupportedOperationException("there is no clock here");
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public String idempotencyKey() {
        return "";
    }

    @Override
    public void publish(RunEvent.Live event) {
        // nobody listens
    }

    @Override
    public List<String> arrivedFrom() {
        return List.of();
    }

    @Override
    public RunId run() {
        return new RunId("test");
    }

    @Override
    public NodePath path() {
        return NodePath.run();
    }
}
