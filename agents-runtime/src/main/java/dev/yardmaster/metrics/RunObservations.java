package dev.yardmaster.metrics;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs as observations, and so as spans where a tracer handles them: the run, its nodes, agents ({@code invoke_agent}), their
 * model calls ({@code chat}) and tool calls ({@code execute_tool}), colleagues below the call that asked for them; named as
 * OpenTelemetry's <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">GenAI conventions</a> have it.
 * docs/metrics.md has all of them. A listener: {@code Orchestrator.builder().listener(RunObservations.of(registry, journal))}.
 *
 * <p>Each observation is given its parent, since several are open at once and none belongs to a thread; the run's own
 * parent is what is observed where it is started. A run that is resumed here begins a new observation. Thread-safe.
 */
public final class RunObservations implements Consumer<RunEvent>, AutoCloseable {

    private final ObservationRegistry registry;
    private final @Nullable Journal journal;
    private final Map<RunId, RunTrace> open = new ConcurrentHashMap<>();

    private RunObservations(ObservationRegistry registry, @Nullable Journal journal) {
        this.registry = registry;
        this.journal = journal;
    }

    /** One that knows no journal: of a run that is resumed here it knows what happens from then on. */
    public static RunObservations of(ObservationRegistry registry) {
        return new RunObservations(registry, null);
    }

    /** One that looks up what runs that are resumed did before: the graph, and who works there on which model. */
    public static RunObservations of(ObservationRegistry registry, Journal journal) {
        return new RunObservations(registry, journal);
    }

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.Recorded recorded && !registry.isNoop()) {
            RunTrace trace = open.computeIfAbsent(recorded.run(), run -> new RunTrace(registry, run, history(run)));
            if (trace.heard(recorded)) {
                open.remove(recorded.run());
            }
        }
    }

    private KnownRun history(RunId run) {
        return journal == null ? KnownRun.UNKNOWN : KnownRun.of(journal, run);
    }

    /** Ends what is open: for runs that this process leaves to others. */
    @Override
    public void close() {
        open.values().forEach(RunTrace::close);
        open.clear();
    }
}
