package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Metered;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.NodeContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What a running node is given: it records the node's steps in the order that the journal's protocol asks for. */
final class Steps implements NodeContext {

    private final LiveRun live;
    private final NodePath path;
    private final String scope;
    /** The outputs of steps that an earlier attempt finished, by full name. */
    private final Map<String, Json> finished;

    private final Map<String, Integer> used = new HashMap<>();

    Steps(LiveRun live, NodePath path) {
        this(live, path, Map.of());
    }

    Steps(LiveRun live, NodePath path, Map<String, Json> finished) {
        this(live, path, "", finished);
    }

    private Steps(LiveRun live, NodePath path, String scope, Map<String, Json> finished) {
        this.live = live;
        this.path = path;
        this.scope = scope;
        this.finished = finished;
    }

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) throws Exception {
        String step = unique(name);
        Json known = finished.get(step);
        if (known != null) {
            return known.as(type);
        }
        Json given = Json.of(input);
        record().append(path, new Fact.StepStarted(step, effect, given, given.sha256(), 1));
        if (effect != Effect.READ_ONLY) {
            record().flush();
        }
        Instant started = now();
        T output;
        try {
            output = body.call();
        } catch (Exception e) {
            if (!live.isStopping()) {
                finish(step, started, Optional.empty(), Optional.of(Failures.of(e, path)), Optional.empty());
            }
            throw e;
        }
        Optional<Usage> usage = output instanceof Metered metered ? Optional.of(metered.usage()) : Optional.empty();
        finish(step, started, Optional.of(Json.of(output)), Optional.empty(), usage);
        if (usage.isPresent()) {
            record().flush(); // a model's reply is dear: durable when it arrives
        }
        return output;
    }

    private void finish(
            String step, Instant started, Optional<Json> output, Optional<Failure> failure, Optional<Usage> usage) {
        var took = Duration.between(started, now());
        record().append(path, new Fact.StepFinished(step, output, failure, usage, took));
    }

    /** The full name of a step, a question or a scope; the second of a name gets {@code #2}. */
    private String unique(String name) {
        int count;
        synchronized (used) {
            count = used.merge(name, 1, Integer::sum);
        }
        return scope + name + (count == 1 ? "" : "#" + count);
    }

    @Override
    public NodeContext scope(String name) {
        return new Steps(live, path, unique(name) + "/", finished);
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        String id = new StepKey(path, unique("question")).toString();
        return live.ask(path, id, question);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        String timer = unique("timer");
        record().append(path, new Fact.TimerSet(timer, now().plus(duration)));
        record().flush();
        Thread.sleep(duration);
        record().append(path, new Fact.TimerFired(timer));
    }

    private RunRecord record() {
        return live.record();
    }

    @Override
    public Instant now() {
        return live.clock().instant();
    }

    @Override
    public String idempotencyKey() {
        return run() + "/" + path + (scope.isEmpty() ? "" : ":" + scope);
    }

    @Override
    public void publish(RunEvent.Live event) {
        record().publish(event);
    }

    @Override
    public RunId run() {
        return record().run();
    }

    @Override
    public NodePath path() {
        return path;
    }
}
