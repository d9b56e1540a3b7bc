package dev.yardmaster.run;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts an orchestrator together. */
public final class OrchestratorBuilder {

    private InstantSource clock = InstantSource.system();
    private @Nullable Journal journal;
    private Responder responder = (run, id, question) -> Optional.empty();
    private final List<Consumer<RunEvent>> listeners = new ArrayList<>();

    OrchestratorBuilder() {}

    /** Where runs are recorded; in memory unless set. Closed with the orchestrator. */
    public OrchestratorBuilder journal(Journal own) {
        journal = own;
        return this;
    }

    /** What time it is; the system's clock unless set. */
    public OrchestratorBuilder clock(InstantSource own) {
        clock = own;
        return this;
    }

    /** Who answers questions at once; nobody unless set. */
    public OrchestratorBuilder responder(Responder own) {
        responder = own;
        return this;
    }

    /**
     * Adds a listener to all runs. It is called in the order of each run's journal, on the run's threads: it must be
     * quick. What it throws is logged and ignored.
     */
    public OrchestratorBuilder listener(Consumer<RunEvent> listener) {
        listeners.add(listener);
        return this;
    }

    public Orchestrator build() {
        Journal store = journal == null ? new MemoryJournal(clock) : journal;
        return new InProcessOrchestrator(store, clock, responder, new Listeners(listeners));
    }
}
