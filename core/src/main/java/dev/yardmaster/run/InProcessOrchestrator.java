package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.AlreadyAnsweredException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.UnknownRunException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Runs graphs on virtual threads of this process. */
final class InProcessOrchestrator implements Orchestrator {

    private final Journal journal;
    private final Shell shell;
    private final Listeners listeners;
    private final Recovery recovery;
    /** With room, so that threads that start runs at once seldom meet. */
    private final Map<RunId, LiveRun> live = new ConcurrentHashMap<>(1_000);

    private final RecentlyEnded ended = new RecentlyEnded();
    private final Lock[] ownIds = new Lock[64];
    private volatile boolean closed;

    InProcessOrchestrator(
            Journal journal, Shell shell, Listeners listeners, Map<String, Graph> graphs, int mostRecoveries) {
        this.journal = journal;
        this.shell = shell;
        this.listeners = listeners;
        this.recovery = new Recovery(this, journal, shell.clock(), graphs, mostRecoveries);
        Arrays.setAll(ownIds, i -> new ReentrantLock());
    }

    @Override
    public Run start(Graph graph, State input, RunOptions options) {
        checkOpen();
        Objects.requireNonNull(graph, "the graph to start is null");
        Objects.requireNonNull(input, "the input of a run is null; State.empty() is one without values");
        Objects.requireNonNull(options, "the options of a run are null; RunOptions.defaults() are those");
        graph.checkInput(input);
        var admitted = new Fact.RunAdmitted(
                graph.name(),
                graph.digest(),
                Json.of(input),
                options.labels(),
                Optional.empty(),
                options.deadline(),
                options.failFast(),
                Optional.of(options.budget()).filter(budget -> !budget.limitsNothing()));
        Fact kept = shell.redaction().of(admitted);
        State used = kept == admitted ? input : FoldedRun.input(graph, (Fact.RunAdmitted) kept);
        return options.id().isPresent()
                ? startOnce(options.id().get(), Entry.ofRun(kept), graph, used, options)
                : startAnew(Entry.ofRun(kept), graph, used, options);
    }

    private void checkOpen() {
        if (closed) {
            throw new OrchestratorClosedException();
        }
    }

    private Run startAnew(Entry admitted, Graph graph, State input, RunOptions options) {
        while (true) {
            RunId id = RunId.at(shell.clock().instant());
            Optional<Lease> lease = journal.create(id, admitted);
            if (lease.isPresent()) { // else the id was another run's by chance
                return start(lease.get(), graph, input, options);
            }
        }
    }

    private Run startOnce(RunId id, Entry admitted, Graph graph, State input, RunOptions options) {
        Lock one = ownIds[Math.floorMod(id.hashCode(), ownIds.length)];
        one.lock(); // who comes second finds the run that the first one has begun
        try {
            Optional<Lease> lease = journal.create(id, admitted);
            return lease.isPresent()
                    ? start(lease.get(), graph, input, options)
                    : startedBefore(id, graph, input, options);
        } finally {
            one.unlock();
        }
    }

    private Run start(Lease lease, Graph graph, State input, RunOptions options) {
        var record = new RunRecord(journal, lease, graph.name(), listeners, shell.redaction()).tellFirst();
        var beginning = Beginning.first(graph, input);
        return begin(new LiveRun(beginning, options, record, shell), beginning.open(), graph);
    }

    private Run startedBefore(RunId id, Graph graph, State input, RunOptions options) {
        RunView view = RunView.read(id, journal.read(id, 0));
        if (!view.graph().equals(graph.name())) {
            throw new RunIdTakenException(id, view.graph(), graph.name());
        }
        List<String> others = new GivenInput(graph, input, shell.redaction()).differences(admitted(view.entries()));
        if (!others.isEmpty()) {
            throw new RunIdTakenException(id, view.graph(), view.status(), others);
        }
        Optional<Run> here = find(id);
        if (here.isPresent()) {
            return here.get();
        }
        return view.status().isEnd()
                ? new EndedRun(id, journal, graph)
                : resume(id, graph, new ResumeOptions(false, Optional.empty(), options.failFast(), Budget.unlimited()));
    }

    private LiveRun begin(LiveRun run, List<Execution> open, Graph graph) {
        live.put(run.id(), run);
        run.begin(open, () -> {
            ended.add(run.id(), graph);
            live.remove(run.id(), run);
        });
        return run;
    }

    @Override
    public Run resume(RunId id, Graph graph, ResumeOptions options) {
        checkOpen();
        LiveRun here = live.get(id);
        if (here != null && !here.isOver()) {
            return here;
        }
        if (here != null) {
            here.record().letGo();
        }
        Lease lease = journal.acquire(id);
        try {
            List<RunEvent.Recorded> entries = journal.read(id, 0);
            RunStatus status = RunView.read(id, entries).status();
            if (status == RunStatus.COMPLETED || status == RunStatus.CANCELLED) {
                throw new RunEndedException(id, status);
            }
            if (!options.changedAllowed()) {
                checkSame(id, admitted(entries), graph);
            }
            var beginning = Beginning.after(id, graph, entries, options.changedAllowed());
            if (lease.formerMayLive()) {
                beginning.memory().leaveToAnother();
            }
            var record = new RunRecord(journal, lease, admitted(entries).graph(), listeners, shell.redaction());
            Optional<Duration> longer = options.deadline()
                    .map(Duration.between(entries.getFirst().at(), shell.clock().instant())::plus);
            Optional<Budget> larger = Optional.of(
                            options.budget().or(RunView.read(id, entries).budget()))
                    .filter(budget -> !options.budget().limitsNothing());
            record.append(NodePath.run(), new Fact.RunResumed(lease.epoch(), longer, larger, lease.formerMayLive()));
            record.flush();
            var asBefore = asBefore(id, entries, longer, options.failFast())
                    .withBudget(larger.orElse(RunView.read(id, entries).budget()));
            return begin(new LiveRun(beginning, asBefore, record, shell), beginning.open(), graph);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** What the run was started with, and what was changed of it when it was resumed. */
    private static RunOptions asBefore(
            RunId id, List<RunEvent.Recorded> entries, Optional<Duration> longer, boolean failFast) {
        Fact.RunAdmitted admitted = admitted(entries);
        Optional<Duration> deadline = longer.isPresent() ? longer : admitted.deadline();
        for (RunEvent.Recorded each : longer.isPresent() ? List.<RunEvent.Recorded>of() : entries) {
            if (each.entry().fact() instanceof Fact.RunResumed resumed
                    && resumed.deadline().isPresent()) {
                deadline = resumed.deadline();
            }
        }
        return new RunOptions(Optional.of(id), Map.of(), deadline, failFast || admitted.failFast(), Budget.unlimited());
    }

    private static Fact.RunAdmitted admitted(List<RunEvent.Recorded> entries) {
        return (Fact.RunAdmitted) entries.getFirst().entry().fact();
    }

    private static void checkSame(RunId run, Fact.RunAdmitted admitted, Graph graph) {
        String before = admitted.fingerprint().as(String.class);
        if (!before.equals(graph.fingerprint())) {
            throw new GraphChangedException(
                    run, named(admitted.graph(), before), named(graph.name(), graph.fingerprint()));
        }
    }

    private static String named(String graph, String fingerprint) {
        return "graph '" + graph + "' (fingerprint " + fingerprint.substring(0, Math.min(12, fingerprint.length()))
                + ")";
    }

    @Override
    public Run fork(RunId run, long atOffset, Graph graph, Map<String, String> labels) {
        checkOpen();
        List<RunEvent.Recorded> entries = journal.read(run, 0);
        RunId id = RunId.at(shell.clock().instant());
        List<Entry> copy = Fork.of(run, entries, atOffset, graph, labels);
        Lease lease = journal.create(id, copy).orElseThrow(() -> new IllegalStateException(id + " is taken"));
        try {
            var record = new RunRecord(journal, lease, graph.name(), listeners, shell.redaction()).tellFirst();
            var beginning = Beginning.after(id, graph, record.events(0), false);
            var options =
                    RunOptions.defaults().withId(id).withBudget(record.view().budget());
            return begin(new LiveRun(beginning, options, record, shell), beginning.open(), graph);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public List<Run> recover() {
        checkOpen();
        return recovery.run();
    }

    @Override
    public Optional<Run> find(RunId run) {
        LiveRun here = live.get(run);
        return here != null ? Optional.of(here) : ended.graph(run).flatMap(graph -> endedRun(run, graph));
    }

    private Optional<Run> endedRun(RunId run, Graph graph) {
        try {
            return Optional.of(new EndedRun(run, journal, graph));
        } catch (UnknownRunException e) {
            return Optional.empty(); // it was deleted
        }
    }

    @Override
    public void answer(RunId run, Answer given) {
        checkOpen();
        Answer answer = shell.redaction().of(given, Answer.class);
        LiveRun here = live.get(run);
        if (here != null && !here.isOver()) {
            here.dialogue().answer(answer);
            return;
        }
        var questions = Questions.of(run, journal.read(run, 0));
        questions.check(answer);
        try {
            journal.answer(run, answer);
        } catch (AlreadyAnsweredException e) {
            throw new AnswerRefusedException(e.getMessage());
        }
    }

    @Override
    public void cancel(RunId run, String reason) {
        checkOpen();
        Objects.requireNonNull(reason, "the reason for cancelling a run is null; say why, or give an empty text");
        LiveRun here = live.get(run);
        if (here != null && !here.isOver()) {
            here.cancel(reason);
            return;
        }
        if (RunView.read(run, journal.read(run, 0)).status().isEnd()) {
            return;
        }
        try (Lease lease = journal.acquire(run)) {
            lease.append(Entry.ofRun(new Fact.RunCancelled(shell.redaction().of(reason))));
        } catch (RunOwnedException e) {
            journal.cancel(run, shell.redaction().of(reason));
        }
    }

    @Override
    public List<RunView> runs() {
        return journal.runs(RunQuery.all()).reversed().stream()
                .map(run -> RunView.read(run.id(), journal.read(run.id(), 0)))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        live.values().forEach(LiveRun::close);
        live.values().forEach(LiveRun::awaitStopped);
        journal.close();
    }
}
