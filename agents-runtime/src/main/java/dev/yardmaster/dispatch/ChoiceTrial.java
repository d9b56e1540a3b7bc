package dev.yardmaster.dispatch;

import dev.yardmaster.event.Budget;
import dev.yardmaster.graph.BudgetExhaustedException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Query;
import dev.yardmaster.routing.RoutingReport.Routed;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Labelled tasks that a dispatcher has routed, and what its model would say to those of which the router is not sure: how the
 * threshold of {@link ModelChoice} is found for a team and a model. Whether agents have their tools here is not looked at.
 * Immutable.
 */
public final class ChoiceTrial {

    private static final int AT_ONCE = 4;
    private static final int BANDS = 10;

    /** A task that the model is asked about. */
    record Unsure(Match match, List<String> among) {}

    /** What it said, and after how long; nothing where the budget was used up. */
    record Said(Optional<Match> match, Duration took) {}

    private static final Channel<List<Unsure>> TASKS = Channel.listOf("tasks", Unsure.class);
    private static final Channel<Unsure> TASK = Channel.of("unsure", Unsure.class);
    private static final Channel<Said> SAID = Channel.of("said", Said.class);
    private static final Channel<List<Said>> ALL = Channel.listOf("all", Said.class);

    private final Chooser chooser;
    private final List<Routed> routed;
    private final List<List<String>> among;

    private ChoiceTrial(Chooser chooser, List<Routed> routed, List<List<String>> among) {
        this.chooser = chooser;
        this.routed = routed;
        this.among = among;
    }

    /** Routes each task, one after the other, and asks no model. Takes as long as that takes. */
    public static ChoiceTrial of(Dispatcher dispatcher, Collection<Query> queries) {
        List<Routed> routed = RoutingReport.routed(task -> dispatcher.match(task, List.of()), queries);
        return new ChoiceTrial(
                new Chooser(dispatcher.runtime()),
                routed,
                routed.stream().map(each -> dispatcher.unsure(each.match())).toList());
    }

    /** What the router does by itself. */
    public RoutingReport alone() {
        return RoutingReport.of(routed);
    }

    /** Of how many tasks it is not sure. */
    public int unsure() {
        return (int) among.stream().filter(names -> !names.isEmpty()).count();
    }

    /**
     * Asks the model about each of those, four at once. Blocks.
     *
     * @param budget for all of it; once it is used up the other tasks are left to the router, and do not count as asked
     * @throws UnmeasuredException when the model cannot be asked
     */
    public ChoiceReport ask(Budget budget) throws InterruptedException {
        List<Integer> asked = IntStream.range(0, routed.size())
                .filter(i -> !among.get(i).isEmpty())
                .boxed()
                .toList();
        List<Unsure> tasks = asked.stream()
                .map(i -> new Unsure(routed.get(i).match(), among.get(i)))
                .toList();
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator
                    .start(
                            graph(),
                            State.of(TASKS, tasks),
                            RunOptions.defaults().withBudget(budget))
                    .await();
            if (!(outcome instanceof Outcome.Completed completed)) {
                throw new UnmeasuredException(tasks.size(), outcome.view());
            }
            var said = new TreeMap<Integer, Said>();
            List<Said> all = completed.state().get(ALL);
            IntStream.range(0, asked.size()).forEach(i -> said.put(asked.get(i), all.get(i)));
            return report(said, completed);
        }
    }

    private Graph graph() {
        return Graph.builder("choices")
                .channels(TASKS, ALL)
                .forEach("ask", TASKS, TASK, this::said, SAID, ALL, AT_ONCE)
                .start("ask")
                .build();
    }

    private Update said(State state, NodeContext context) throws Exception {
        Unsure task = state.get(TASK);
        long start = System.nanoTime();
        try {
            Match match =
                    chooser.decide(task.match(), task.among(), state, context).match();
            return Update.of(SAID, new Said(Optional.of(match), Duration.ofNanos(System.nanoTime() - start)));
        } catch (BudgetExhaustedException e) {
            return Update.of(SAID, new Said(Optional.empty(), Duration.ZERO));
        }
    }

    /** @param said by the tasks' places */
    private ChoiceReport report(TreeMap<Integer, Said> said, Outcome.Completed completed) {
        said.values().removeIf(each -> each.match().isEmpty());
        var together = new ArrayList<>(routed);
        var bands = new TreeMap<Integer, ChoiceReport.Band>();
        said.forEach((i, each) -> {
            Routed before = routed.get(i);
            Match match = each.match().orElseThrow();
            together.set(i, new Routed(before.query(), match, before.took().plus(each.took())));
            boolean declined = before.match().chosen().isEmpty();
            int tenth =
                    declined ? -1 : Math.min(BANDS - 1, (int) (before.match().confidence() * BANDS));
            bands.merge(
                    tenth,
                    new ChoiceReport.Band(
                            declined,
                            declined ? 0 : (double) tenth / BANDS,
                            declined ? 0 : (double) (tenth + 1) / BANDS,
                            1,
                            isRight(match, before.query()),
                            isRight(before.match(), before.query())),
                    ChoiceTrial::sum);
        });
        return new ChoiceReport(
                alone(),
                RoutingReport.of(together),
                List.copyOf(bands.values()),
                completed.view().spent());
    }

    private static ChoiceReport.Band sum(ChoiceReport.Band one, ChoiceReport.Band other) {
        return new ChoiceReport.Band(
                one.declined(),
                one.from(),
                one.to(),
                one.asked() + other.asked(),
                one.right() + other.right(),
                one.routerRight() + other.routerRight());
    }

    private static int isRight(Match match, Query query) {
        return match.chosen().equals(Optional.of(query.agent())) ? 1 : 0;
    }
}
