package dev.yardmaster.metrics;

import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.agent.ModelAttempt;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Spending;
import dev.yardmaster.journal.Journal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Meters of runs and their nodes; docs/metrics.md has all of them. A listener: {@code
 * Orchestrator.builder().listener(RunMeters.of(registry, journal))}. Tags are names of graphs and nodes and kinds of failures, never
 * of runs, elements or iterations. Times are those of the journal's entries. Thread-safe; keeps a few entries for each run that
 * goes on. What models and tools take is measured by {@code AgentRuntime.builder().meters(registry)}.
 */
public final class RunMeters implements Consumer<RunEvent> {

    private final MeterRegistry registry;
    private final @Nullable Journal journal;
    private final Map<RunId, Going> going = new ConcurrentHashMap<>();

    /** Looked up once: a registry that is asked sorts and compares tags. */
    private final Map<Timed, Timer> timers = new ConcurrentHashMap<>();

    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();

    private record Timed(String name, String graph, String node, String status) {}

    private record Counted(String name, String tag, String value, String graph) {}

    /** A run that goes on. What is told of it is told in order, one after the other. */
    private record Going(String graph, Instant since, Map<NodePath, Instant> nodes, Map<String, Instant> questions) {}

    private RunMeters(MeterRegistry registry, @Nullable Journal journal) {
        this.registry = registry;
        this.journal = journal;
        Gauge.builder("yardmaster.run.active", going, Map::size)
                .description("runs that go on or wait in this process")
                .register(registry);
    }

    /** One that knows no journal: of runs that are resumed here the graph is {@code unknown}. */
    public static RunMeters of(MeterRegistry registry) {
        return new RunMeters(registry, null);
    }

    /** One that looks up the graphs of runs that are resumed. */
    public static RunMeters of(MeterRegistry registry, Journal journal) {
        return new RunMeters(registry, journal);
    }

    @Override
    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Recorded recorded -> heard(recorded);
            case Budget.Low low ->
                count("yardmaster.budget.low", "budget", low.measure().word(), "", 1);
            case RunEvent.Live live -> {}
        }
    }

    private void heard(RunEvent.Recorded recorded) {
        NodePath at = recorded.entry().at();
        Instant now = recorded.at();
        switch (recorded.entry().fact()) {
            case Fact.RunAdmitted admitted -> going.put(recorded.run(), begun(admitted.graph(), now));
            case Fact.RunCompleted completed -> ended(recorded, "completed");
            case Fact.RunFailed failed -> ended(recorded, "failed");
            case Fact.RunCancelled cancelled -> ended(recorded, "cancelled");
            case Fact.NodeStarted started -> run(recorded).nodes().put(at, now);
            case Fact.NodeCompleted completed -> node(recorded, "completed");
            case Fact.NodeFailed failed -> {
                Going run = node(recorded, "failed");
                count("yardmaster.node.failures", "kind", failed.failure().kind(), run.graph(), 1);
            }
            case Fact.StepFinished step -> step.spent().ifPresent(spent -> paid(run(recorded), spent));
            case Fact.Noted noted -> attempt(noted, run(recorded));
            case Fact.QuestionAsked asked -> run(recorded).questions().put(asked.id(), now);
            case Fact.QuestionAnswered answered -> {
                Going run = run(recorded);
                Optional.ofNullable(run.questions().remove(answered.answer().question()))
                        .ifPresent(since -> time("yardmaster.question", run, "", "answered", since, now));
            }
            default -> run(recorded);
        }
    }

    /** Of what is noted, attempts at a reply that came to nothing. */
    private void attempt(Fact.Noted noted, Going run) {
        AgentStep.find(noted.about())
                .filter(step -> step.kind() == AgentStep.Kind.MODEL)
                .ifPresent(step -> count(
                        "yardmaster.model.attempts.failed",
                        "kind",
                        noted.note().as(ModelAttempt.class).outcome(),
                        run.graph(),
                        1));
    }

    private static Going begun(String graph, Instant now) {
        return new Going(graph, now, new HashMap<>(), new HashMap<>());
    }

    /** The run; one that was resumed is met here in its middle. */
    private Going run(RunEvent.Recorded recorded) {
        Going known = going.get(recorded.run());
        return known != null ? known : going.computeIfAbsent(recorded.run(), run -> begun(graph(run), recorded.at()));
    }

    private String graph(RunId run) {
        return journal == null ? "unknown" : KnownRun.of(journal, run).graph();
    }

    private void ended(RunEvent.Recorded recorded, String status) {
        Going run = run(recorded);
        going.remove(recorded.run());
        time("yardmaster.run", run, "", status, run.since(), recorded.at());
    }

    private Going node(RunEvent.Recorded recorded, String status) {
        Going run = run(recorded);
        NodePath at = recorded.entry().at();
        Instant since = run.nodes().remove(at);
        if (since != null) {
            time("yardmaster.node", run, Places.node(at), status, since, recorded.at());
        }
        return run;
    }

    private void paid(Going run, Spending spent) {
        if (spent.unpriced() > 0) {
            count("yardmaster.unpriced", "", "", run.graph(), spent.unpriced());
        } else if (spent.dollars().signum() > 0) {
            count("yardmaster.cost", "", "", run.graph(), spent.dollars().doubleValue());
        }
    }

    private void time(String name, Going run, String node, String status, Instant since, Instant now) {
        timers.computeIfAbsent(new Timed(name, run.graph(), node, status), this::timer)
                .record(now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO);
    }

    private Timer timer(Timed what) {
        Tags tags = Tags.of("graph", what.graph(), "status", what.status());
        return Timer.builder(what.name())
                .tags(what.node().isEmpty() ? tags : tags.and("node", what.node()))
                .register(registry);
    }

    private void count(String name, String tag, String value, String graph, double amount) {
        counters.computeIfAbsent(new Counted(name, tag, value, graph), this::counter)
                .increment(amount);
    }

    private Counter counter(Counted what) {
        Tags tags = what.graph().isEmpty() ? Tags.empty() : Tags.of("graph", what.graph());
        return Counter.builder(what.name())
                .tags(what.tag().isEmpty() ? tags : tags.and(what.tag(), what.value()))
                .register(registry);
    }
}
