package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.JsonDifference;
import dev.yardmaster.event.Metered;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.graph.Allowance;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a running node is given: it records the node's steps in the order that the journal's protocol asks for. */
final class Steps implements NodeContext {

    private final LiveRun live;
    private final NodePath path;
    private final List<String> arrivedFrom;
    private final String scope;
    private final StepMemory memory;
    private final Permit permit;
    private final Account account;
    private final Names names;

    /** The names that were given out in a scope. */
    private static final class Names {

        private @Nullable Map<String, Integer> used;

        private synchronized int next(String name) {
            if (used == null) {
                used = new HashMap<>();
            }
            return used.merge(name, 1, Integer::sum);
        }

        private synchronized int last(String name) {
            return used == null ? 1 : used.getOrDefault(name, 1);
        }
    }

    /** @param memory what earlier attempts of the same execution recorded */
    Steps(LiveRun live, Execution execution, StepMemory memory, Permit permit) {
        this.live = live;
        this.path = execution.path();
        this.arrivedFrom = execution.arrivedFrom();
        this.scope = "";
        this.memory = memory;
        this.permit = permit;
        this.account = live.accounts().ofRun();
        this.names = new Names();
    }

    private Steps(Steps around, String scope, Account account, Names names) {
        this.live = around.live;
        this.path = around.path;
        this.arrivedFrom = around.arrivedFrom;
        this.scope = scope;
        this.memory = around.memory;
        this.permit = around.permit;
        this.account = account;
        this.names = names;
    }

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) throws Exception {
        return step(name, type, input, effect, Probe.none(), body);
    }

    @Override
    public <T> T step(String name, Class<T> type, Object input, Effect effect, Probe<T> probe, Callable<T> body)
            throws Exception {
        String step = unique(Objects.requireNonNull(name, "the name of a step is null"));
        Objects.requireNonNull(effect, () -> "the effect of step '" + name + "' is null; ONCE if nobody can tell");
        Json given = redaction().of(Json.of(input));
        Optional<StepMemory.Step> past = memory.step(path, step);
        if (past.isPresent()) {
            memory.check(new StepKey(path, step), past.get(), given.digest());
            Optional<Fact.StepFinished> settled = settled(past.get(), probe);
            if (settled.isPresent()) {
                return settled.get().output().orElseThrow().as(type);
            }
        }
        StepTypes.check(name, type);
        int attempt = past.map(each -> each.started().attempt()).orElse(0) + 1;
        Json before = effect == Effect.PROBED ? probe.before() : Json.none();
        record().append(path, new Fact.StepStarted(step, effect, given, given.digest(), attempt, before));
        if (effect != Effect.READ_ONLY) {
            record().flush(); // no effect without a durable word that it may be there
        }
        return run(step, type, body);
    }

    @Override
    public <T> T derived(String name, Class<T> type, Object input, Function<? super T, ?> essence, Callable<T> body)
            throws Exception {
        var fresh = new AtomicBoolean();
        T output = step(name, type, input, Effect.READ_ONLY, () -> {
            fresh.set(true);
            return body.call();
        });
        if (!fresh.get() && !memory.changedAllowed()) {
            Json recorded = Json.of(essence.apply(output));
            Json now = redaction().of(Json.of(essence.apply(body.call())));
            if (!recorded.equals(now)) {
                throw new ChangedInputException(lastKey(name), JsonDifference.between(recorded, now));
            }
        }
        return output;
    }

    private <T> T run(String step, Class<T> type, Callable<T> body) throws Exception {
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
        Optional<Metered> metered = output instanceof Metered reply ? Optional.of(reply) : Optional.empty();
        Json whole = Json.of(output);
        Json kept = finish(step, started, Optional.of(whole), Optional.empty(), metered)
                .output()
                .orElseThrow();
        if (metered.isPresent()) {
            if (account.limitsAnything()) {
                account.charge(
                        Spending.reply(metered.get().usage(), metered.get().dollars()));
            }
            record().flush(); // a model's reply is dear: durable when it arrives
        }
        return kept == whole ? output : kept.as(type); // without its secrets
    }

    /** What an earlier attempt's step came to; empty when it is to be run. */
    private <T> Optional<Fact.StepFinished> settled(StepMemory.Step past, Probe<T> probe) throws Exception {
        Effect effect = past.started().effect();
        boolean repeatable = effect == Effect.READ_ONLY || effect == Effect.IDEMPOTENT;
        var key = new StepKey(path, past.started().step());
        if (past.finished().isPresent()) {
            if (past.failure().isPresent() && !repeatable) {
                throw new StepFailedException(key, past.failure().get());
            }
            return past.failure().isPresent() ? Optional.empty() : past.finished();
        }
        if (repeatable) {
            return Optional.empty();
        }
        Probe.Verdict<T> found = probe.look(past.started().before());
        boolean open = found instanceof Probe.Verdict.NotHappened<T> && past.mayStillHappen();
        return switch (open ? probe.notYet() : found) {
            case Probe.Verdict.Happened<T> happened ->
                Optional.of(finish(
                        key.name(),
                        now(),
                        Optional.of(Json.of(happened.output())),
                        Optional.empty(),
                        Optional.empty()));
            case Probe.Verdict.NotHappened<T> not -> Optional.empty();
            case Probe.Verdict.Unknown<T> unknown -> throw new StepInDoubtException(key);
        };
    }

    private Fact.StepFinished finish(
            String step, Instant started, Optional<Json> output, Optional<Failure> failure, Optional<Metered> metered) {
        var took = Duration.between(started, now());
        var finished = new Fact.StepFinished(
                step, output, failure, metered.map(Metered::usage), metered.flatMap(Metered::dollars), took);
        return (Fact.StepFinished) record().append(path, finished);
    }

    /** The full name of a step, a question or a scope; the second of a name gets {@code #2}. */
    private String unique(String name) {
        return numbered(name, names.next(name));
    }

    /** The key of the step that was named last by this name. */
    private StepKey lastKey(String name) {
        return new StepKey(path, numbered(name, names.last(name)));
    }

    private String numbered(String name, int count) {
        String whole = scope.isEmpty() ? name : scope + name;
        return count == 1 ? whole : whole + "#" + count;
    }

    @Override
    public NodeContext scope(String name) {
        return new Steps(this, unique(name) + "/", account, new Names());
    }

    @Override
    public NodeContext within(String whose, Budget own) {
        if (own.limitsNothing()) {
            return this;
        }
        var owner = new Account.Owner(path, whose, own);
        return new Steps(this, scope, live.accounts().open(account, owner, scope, memory), names);
    }

    @Override
    public Allowance allowance() {
        return account;
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        String id = new StepKey(path, unique("question")).toString();
        return live.dialogue().ask(path, id, redaction().of(question, Question.class), permit);
    }

    @Override
    public void note(String about, Object note) {
        record().append(path, new Fact.Noted(scope + about, Json.of(note)));
    }

    @Override
    public <T> List<T> notes(String about, Class<T> type) {
        return memory.hasNotes()
                ? memory.notes(path, scope + about).stream()
                        .map(note -> note.as(type))
                        .toList()
                : List.of();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        String timer = unique("timer");
        Optional<StepMemory.Timer> past = memory.timer(path, timer);
        if (past.isPresent() && past.get().fired()) {
            return;
        }
        Instant due = past.isPresent() ? past.get().due() : now().plus(duration);
        if (past.isEmpty()) {
            record().append(path, new Fact.TimerSet(timer, due));
            record().flush();
        }
        permit.lentWhile(() -> {
            live.dialogue().pauseUntil(path, timer, due);
            return due;
        });
        record().append(path, new Fact.TimerFired(timer));
    }

    private Redactor redaction() {
        return live.shell().redaction();
    }

    private RunRecord record() {
        return live.record();
    }

    @Override
    public String redacted(String text) {
        return redaction().of(text);
    }

    @Override
    public Instant now() {
        return live.shell().clock().instant();
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
    public List<String> arrivedFrom() {
        return arrivedFrom;
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
