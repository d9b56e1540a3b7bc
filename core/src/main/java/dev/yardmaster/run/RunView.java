package dev.yardmaster.run;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of a run: a fold of its entries at one moment. Immutable and thread-safe.
 *
 * <p>Of a run with more than 10,000 entries they are read when one of these methods needs them; how it ended, and the name of its graph, are known without.
 * Ask before the orchestrator is closed, and before the run is deleted.
 */
public final class RunView {

    /** Longer runs stay in the journal until somebody asks: to end one would take as much memory as it has entries. */
    static final int AT_ONCE = 10_000;

    /** An execution of a node. */
    public record NodeView(NodePath path, NodeStatus status, int attempts) {}

    /** Where an execution stands. */
    public enum NodeStatus {
        RUNNING,
        COMPLETED,
        FAILED
    }

    private final RunId id;
    /** Its name, when it was given; else it is that of the entries. */
    private final @Nullable String graph;

    private final Supplier<List<RunEvent.Recorded>> source;
    /** The newest entry, when it was given; else it is that of the entries. */
    private final RunEvent.@Nullable Recorded last;

    private volatile @Nullable List<RunEvent.Recorded> entries;
    private volatile @Nullable Fold fold;

    private RunView(
            RunId id,
            @Nullable String graph,
            @Nullable List<RunEvent.Recorded> entries,
            RunEvent.@Nullable Recorded last,
            Supplier<List<RunEvent.Recorded>> source) {
        this.id = id;
        this.graph = graph;
        this.entries = entries;
        this.last = last;
        this.source = source;
    }

    /** The view of a run whose entries, from the first on, are given. */
    public static RunView of(RunId id, List<RunEvent.Recorded> entries) {
        return read(id, List.copyOf(entries));
    }

    /** The view of entries as a journal gives them: a list that never changes is not copied. */
    static RunView read(RunId id, List<RunEvent.Recorded> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("run '" + id + "' has no entries; read them from offset 0");
        }
        return new RunView(id, null, entries, null, () -> entries);
    }

    /** The view up to an entry, of entries that are read when somebody asks for them. */
    static RunView later(RunId id, String graph, RunEvent.Recorded last, Supplier<List<RunEvent.Recorded>> all) {
        return new RunView(id, graph, null, last, () -> all.get().subList(0, Math.toIntExact(last.offset() + 1)));
    }

    /** What the entries come to; folded when somebody asks, as most views of runs that are done are never looked at. */
    private Fold fold() {
        Fold known = fold;
        if (known == null) {
            known = new Fold();
            entries().forEach(known::add);
            fold = known;
        }
        return known;
    }

    private static final class Fold {

        private String graph = "";
        private Map<String, String> labels = Map.of();
        private RunStatus status = RunStatus.RUNNING;
        private Budget budget = Budget.unlimited();
        private Spending spent = Spending.none();
        private List<Failure> failures = List.of();
        private final Map<NodePath, NodeView> nodes = new LinkedHashMap<>();
        private final Map<String, Question> questions = new LinkedHashMap<>();
        private final Map<StepKey, Instant> timers = new HashMap<>();

        private void add(RunEvent.Recorded recorded) {
            NodePath at = recorded.entry().at();
            switch (recorded.entry().fact()) {
                case Fact.RunAdmitted fact -> {
                    graph = fact.graph();
                    labels = fact.labels();
                    budget = fact.budget().orElse(budget);
                }
                case Fact.NodeStarted fact -> nodes.put(at, new NodeView(at, NodeStatus.RUNNING, fact.attempt()));
                case Fact.NodeCompleted fact -> settle(at, NodeStatus.COMPLETED);
                case Fact.NodeFailed fact -> settle(at, NodeStatus.FAILED);
                case Fact.StepStarted fact -> {}
                case Fact.StepFinished fact ->
                    spent = fact.spent().map(spent::plus).orElse(spent);
                case Fact.QuestionAsked fact -> questions.put(fact.id(), fact.question());
                case Fact.QuestionAnswered fact ->
                    questions.remove(fact.answer().question());
                case Fact.TimerSet fact -> timers.put(new StepKey(at, fact.step()), fact.due());
                case Fact.TimerFired fact -> timers.remove(new StepKey(at, fact.step()));
                case Fact.Noted fact -> {}
                case Fact.RunSuspended fact -> status = RunStatus.SUSPENDED;
                case Fact.RunResumed fact -> {
                    budget = fact.budget().orElse(budget);
                    status = RunStatus.RUNNING;
                    failures = List.of();
                }
                case Fact.RunCompleted fact -> status = RunStatus.COMPLETED;
                case Fact.RunFailed fact -> {
                    status = RunStatus.FAILED;
                    failures = fact.failures();
                }
                case Fact.RunCancelled fact -> status = RunStatus.CANCELLED;
                case Fact.RunForked fact -> {}
            }
        }

        private void settle(NodePath at, NodeStatus settled) {
            timers.keySet().removeIf(timer -> timer.node().equals(at));
            int attempts = nodes.containsKey(at) ? nodes.get(at).attempts() : 1;
            nodes.put(at, new NodeView(at, settled, attempts));
        }
    }

    public RunId id() {
        return id;
    }

    /** The name of the graph it runs. */
    public String graph() {
        return graph == null ? fold().graph : graph;
    }

    public Map<String, String> labels() {
        return fold().labels;
    }

    public RunStatus status() {
        if (last == null) {
            return fold().status;
        }
        return switch (last.entry().fact()) {
            case Fact.RunCompleted fact -> RunStatus.COMPLETED;
            case Fact.RunFailed fact -> RunStatus.FAILED;
            case Fact.RunCancelled fact -> RunStatus.CANCELLED;
            case Fact.RunSuspended fact -> RunStatus.SUSPENDED;
            default -> fold().status;
        };
    }

    public Instant startedAt() {
        return entries().getFirst().at();
    }

    /** When the last thing happened. */
    public Instant lastAt() {
        return last == null ? entries().getLast().at() : last.at();
    }

    /** Every execution that was started, in order of start. */
    public List<NodeView> nodes() {
        return List.copyOf(fold().nodes.values());
    }

    /** The paths of every execution that was started, in order of start. */
    public List<String> visited() {
        return fold().nodes.keySet().stream().map(NodePath::value).toList();
    }

    /** What its model replies consumed, children included. */
    public Usage usage() {
        return fold().spent.usage();
    }

    /** What it has used up, children included: tokens, dollars, turns. */
    public Spending spent() {
        return fold().spent;
    }

    /** How much it may use up. */
    public Budget budget() {
        return fold().budget;
    }

    /** How long there was work in it: without waits for people and timers, and without the time in no process. */
    public Duration worked() {
        return Worktime.of(entries()).until(lastAt());
    }

    /** Why it failed, in path order; empty unless it has. */
    public List<Failure> failures() {
        if (last == null || !status().isEnd()) {
            return fold().failures;
        }
        return last.entry().fact() instanceof Fact.RunFailed failed ? failed.failures() : List.of();
    }

    /** The questions that wait for an answer, by id, oldest first. */
    public Map<String, Question> questions() {
        return Collections.unmodifiableMap(fold().questions);
    }

    /** The earliest time that something in it waits for; empty when nothing waits for a time. */
    public Optional<Instant> waitsUntil() {
        return status().isEnd()
                ? Optional.empty()
                : fold().timers.values().stream().min(Comparator.naturalOrder());
    }

    /** All entries it was made of. */
    public List<RunEvent.Recorded> entries() {
        List<RunEvent.Recorded> known = entries;
        if (known == null) {
            known = source.get();
            entries = known;
        }
        return known;
    }

    /** The facts of one kind, in order. */
    public <F extends Fact> List<F> facts(Class<F> type) {
        var found = new ArrayList<F>();
        for (RunEvent.Recorded recorded : entries()) {
            if (type.isInstance(recorded.entry().fact())) {
                found.add(type.cast(recorded.entry().fact()));
            }
        }
        return found;
    }
}
