package dev.yardmaster.run;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts an orchestrator together. */
public final class OrchestratorBuilder {

    private InstantSource clock = InstantSource.system();
    private @Nullable Journal journal;
    private Responder responder = (run, id, question) -> Optional.empty();
    private Pause pause = Thread::sleep;
    private Duration near = Duration.ofMinutes(1);
    private final Map<String, Integer> perRun = new HashMap<>(Map.of("agent", 16));
    private final Map<String, Integer> overall = new HashMap<>();
    private final Map<String, Graph> graphs = new HashMap<>();
    private int mostRecoveries = 10;
    private Redactor redaction = Redactor.none();
    private final List<Consumer<RunEvent>> listeners = new ArrayList<>();

    OrchestratorBuilder() {}

    /** Where runs are recorded; in memory unless set. Closed with the orchestrator. */
    public OrchestratorBuilder journal(Journal own) {
        journal = Objects.requireNonNull(own, "the journal is null; without one runs are recorded in memory");
        return this;
    }

    /** What time it is; the system's clock unless set. */
    public OrchestratorBuilder clock(InstantSource own) {
        clock = Objects.requireNonNull(own, "the clock is null");
        return this;
    }

    /** Who answers questions at once; nobody unless set. */
    public OrchestratorBuilder responder(Responder own) {
        responder = Objects.requireNonNull(own, "the responder is null");
        return this;
    }

    /**
     * Adds a listener to all runs. It is called in the order of each run's journal, on the run's threads: it must be
     * quick. It may cancel the run, or answer it. What it throws is logged and ignored.
     */
    public OrchestratorBuilder listener(Consumer<RunEvent> listener) {
        listeners.add(Objects.requireNonNull(listener, "the listener is null"));
        return this;
    }

    /**
     * How many nodes of a kind may run at once in one run; further ones wait. A node that waits for an answer, a timer or
     * its next attempt does not count. Agents, of kind {@code agent}: 16 unless set; everything else: any number.
     */
    public OrchestratorBuilder limitPerRun(String kind, int atOnce) {
        perRun.put(kind, atLeastOne(atOnce));
        return this;
    }

    /** How many nodes of a kind may run at once in all runs together; any number unless set. */
    public OrchestratorBuilder limit(String kind, int atOnce) {
        overall.put(kind, atLeastOne(atOnce));
        return this;
    }

    private static int atLeastOne(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be 1 or more: " + limit);
        }
        return limit;
    }

    /**
     * The graphs by whose names {@link Orchestrator#recover} goes on with runs.
     *
     * @throws IllegalArgumentException when two have one name
     */
    public OrchestratorBuilder graphs(Graph... known) {
        for (Graph each : known) {
            Graph other = graphs.putIfAbsent(each.name(), each);
            if (other != null && other != each) {
                throw new IllegalArgumentException("two graphs are called '" + each.name()
                        + "', and runs are gone on with by their graph's name; rename one");
            }
        }
        return this;
    }

    /** How often in a row a run is recovered without anything in it being finished; 10 unless set. */
    public OrchestratorBuilder mostRecoveries(int times) {
        mostRecoveries = atLeastOne(times);
        return this;
    }

    /**
     * Takes secrets out of every text before it is recorded: inputs, outputs, writes, questions, answers, failures. The run
     * goes on with what was recorded, so a model is not shown either what was taken out, and a resumed run is the same.
     * Nothing is taken out unless set. What passes by unrecorded, such as the pieces of a reply while it comes, is not
     * looked at.
     *
     * @param secrets a text to the same without secrets; gives what it was given where there are none, and the same
     *     for what it gave; thread-safe
     */
    public OrchestratorBuilder redact(UnaryOperator<String> secrets) {
        redaction = Redactor.of(secrets);
        return this;
    }

    /**
     * How long nodes may wait for a time without their run being suspended; a minute unless set. A run in which everything
     * waits, and some of it longer, is {@link Outcome.Suspended}: it goes on by itself while this orchestrator is open,
     * and after that when it is resumed or recovered.
     */
    public OrchestratorBuilder suspendAfter(Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("a wait is 0 or longer: " + longest);
        }
        near = longest;
        return this;
    }

    /** How retries, timeouts and deadlines wait. */
    OrchestratorBuilder pause(Pause own) {
        pause = own;
        return this;
    }

    public Orchestrator build() {
        Journal store = journal == null ? new MemoryJournal(clock) : journal;
        var shell = new Shell(clock, pause, near, responder, Limits.of(perRun, overall), redaction);
        return new InProcessOrchestrator(store, shell, new Listeners(listeners), Map.copyOf(graphs), mostRecoveries);
    }
}
