package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.UnknownRunException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs graphs on virtual threads of this process. */
final class InProcessOrchestrator implements Orchestrator {

    private final Journal journal;
    private final Shell shell;
    private final Listeners listeners;
    private final Map<RunId, LiveRun> live = new ConcurrentHashMap<>();

    InProcessOrchestrator(Journal journal, Shell shell, Listeners listeners) {
        this.journal = journal;
        this.shell = shell;
        this.listeners = listeners;
    }

    @Override
    public Run start(Graph graph, State input, RunOptions options) {
        RunId id = options.id().orElseGet(() -> RunId.at(shell.clock().instant()));
        graph.checkInput(input);
        var admitted = Entry.ofRun(new Fact.RunAdmitted(
                graph.name(), graph.fingerprint(), Json.of(input.json()), options.labels(), Optional.empty()));
        var lease = journal.create(id, admitted);
        if (lease.isEmpty()) {
            return find(id).orElseThrow(() -> new UnknownRunException(id));
        }
        var record = new RunRecord(journal, lease.get(), listeners);
        var run = new LiveRun(graph, input, options, record, shell.forRun());
        live.put(id, run);
        run.begin();
        return run;
    }

    @Override
    public Optional<Run> find(RunId run) {
        return Optional.ofNullable(live.get(run));
    }

    private LiveRun get(RunId run) {
        LiveRun found = live.get(run);
        if (found == null) {
            throw new UnknownRunException(run);
        }
        return found;
    }

    @Override
    public void answer(RunId run, Answer answer) {
        get(run).answer(answer);
    }

    @Override
    public void cancel(RunId run, String reason) {
        get(run).cancel(reason);
    }

    @Override
    public List<RunView> runs() {
        return journal.runs(RunQuery.all()).reversed().stream()
                .map(run -> RunView.of(run.id(), journal.read(run.id(), 0)))
                .toList();
    }

    @Override
    public void close() {
        live.values().forEach(LiveRun::close);
        live.values().forEach(LiveRun::awaitStopped);
        journal.close();
    }
}
