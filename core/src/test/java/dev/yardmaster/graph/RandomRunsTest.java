package dev.yardmaster.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random graphs, run for real: on threads, with nodes that are tried again, replaced, too late, that ask, sleep and fail;
 * answered in any order, killed after any entry, cancelled at any entry. A difference names its seed, and {@code
 * -Dyardmaster.seed=N} runs that seed alone, a hundred times, as threads differ; {@code -Dyardmaster.runs=N} runs another
 * number of graphs.
 */
@Timeout(300)
class RandomRunsTest {

    private static final int GRAPHS = Integer.getInteger("yardmaster.runs", 1_500);
    private static final int MAX_ITERATIONS = 5;
    private static final int MAX_EXECUTIONS = 60;

    /** One seed's graph, and what the reference says of it. */
    private record Case(long seed, Shape shape, Behaviour behaviour, Reference reference) {

        static Case of(long seed) {
            var behaviour = Behaviour.troubled(seed);
            Shape shape = RandomShape.of(seed).decidedByLeaves();
            var input = Reference.Naive.of(RandomGraph.LISTS);
            var reference = Reference.of(shape, behaviour, input, MAX_ITERATIONS, Reference.Mutant.NONE);
            return new Case(seed, shape, behaviour, reference);
        }

        boolean isSmall() {
            return reference.started.size() <= MAX_EXECUTIONS;
        }

        RandomRun process() {
            return new RandomRun(shape, behaviour, MAX_ITERATIONS);
        }

        SplittableRandom order(int salt) {
            return new SplittableRandom(seed * 31 + salt);
        }

        Outcome completed(int salt) throws InterruptedException {
            return process().start(order(salt), RunOptions.defaults());
        }

        /** The run came to what the reference says, whatever happened on the way. */
        void endsAsSaid(Outcome outcome) {
            String state = reference.finalValues == null
                    ? "failed"
                    : Json.of(reference.finalValues).text();
            assertThat(failed(outcome.view())).as("failed").isEqualTo(reference.failed);
            assertThat(
                            outcome instanceof Outcome.Completed completed
                                    ? Json.of(completed.state().json()).text()
                                    : "failed")
                    .as("state")
                    .isEqualTo(state);
            assertThat(new TreeSet<>(outcome.view().visited())).as("ran").isEqualTo(reference.started.keySet());
        }
    }

    private interface Check {
        void on(Case one) throws Exception;
    }

    private static void forAll(Check check) {
        Long one = Long.getLong("yardmaster.seed");
        var seeds = one == null
                ? LongStream.rangeClosed(1, GRAPHS)
                : LongStream.generate(() -> one).limit(100);
        seeds.mapToObj(Case::of).filter(Case::isSmall).forEach(each -> {
            try {
                check.on(each);
            } catch (Exception | AssertionError e) {
                fail(
                        "seed " + each.seed() + " (replay with -Dyardmaster.seed=" + each.seed() + "): "
                                + e.getMessage() + "\n" + each.shape() + "\n" + each.behaviour(),
                        e);
            }
        });
    }

    private static Set<String> failed(RunView view) {
        return view.failures().stream()
                .map(Failure::at)
                .map(NodePath::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<NodePath> paths(List<Entry> entries, Class<? extends Fact> type) {
        return entries.stream()
                .filter(entry -> type.isInstance(entry.fact()))
                .map(Entry::at)
                .collect(Collectors.toSet());
    }

    /** What is open when all that is recorded has happened, and nothing else. */
    private static Set<NodePath> open(Graph graph, List<Entry> entries) {
        var progress = Progress.first(graph, RandomGraph.input());
        Map<NodePath, Execution> open = new HashMap<>();
        progress.ready().forEach(each -> open.put(each.path(), each));
        for (Entry entry : entries) {
            if (entry.fact() instanceof Fact.NodeCompleted completed) {
                Execution execution = open.remove(entry.at());
                progress.complete(execution, execution.recorded(completed.writes()), completed.taken());
            } else if (entry.fact() instanceof Fact.NodeFailed failed && !failed.retried()) {
                progress.fail(open.remove(entry.at()), failed.failure());
            }
            progress.ready().forEach(each -> open.put(each.path(), each));
        }
        return open.keySet();
    }

    @Test
    void
            answers_in_any_order_and_troubles_on_the_way_change_nothing_and_every_node_is_tried_as_often_as_it_has_to_be() {
        forAll(one -> {
            for (int order = 0; order < 2; order++) {
                Outcome outcome = one.completed(order);
                one.endsAsSaid(outcome);
                var begun = new HashMap<String, Integer>();
                RandomRun.entries(outcome).stream()
                        .filter(entry -> entry.fact() instanceof Fact.NodeStarted)
                        .forEach(entry -> begun.merge(entry.at().value(), 1, Integer::sum));
                begun.forEach((path, times) -> assertThat(times)
                        .as("attempts at %s", path)
                        .isEqualTo(one.behaviour().attempts(path)));
            }
        });
    }

    @Test
    void a_run_that_is_killed_after_any_entry_and_resumed_ends_as_if_nothing_had_happened_and_does_nothing_twice() {
        forAll(one -> {
            var entries = RandomRun.entries(one.completed(0));
            int cut = 1 + one.order(2).nextInt(entries.size() - 1);
            var recorded = entries.subList(0, cut);
            var other = one.process();
            one.endsAsSaid(other.resume(recorded, one.order(3)));
            var done = new HashSet<String>();
            paths(recorded, Fact.NodeCompleted.class).forEach(path -> done.add(path.value()));
            assertThat(other.begun.stream().filter(done::contains))
                    .as("ran again, killed after %d", cut)
                    .isEmpty();
            paths(recorded, Fact.StepFinished.class)
                    .forEach(path -> assertThat(other.stepped)
                            .as("did again, killed after %d", cut)
                            .doesNotContain(path.value()));
        });
    }

    @Test
    void a_run_that_is_cancelled_at_any_entry_starts_nothing_new_and_has_done_nothing_else_than_it_would_have() {
        forAll(one -> {
            var whole = RandomRun.entries(one.completed(0));
            long at = 1 + one.order(4).nextInt(whole.size());
            var process = one.process();
            Outcome outcome = process.cancelledAt(at, one.order(5));
            if (!(outcome instanceof Outcome.Cancelled)) {
                one.endsAsSaid(outcome); // it was over before
                return;
            }
            var entries = RandomRun.entries(outcome);
            assertThat(entries.getLast().fact()).isEqualTo(new Fact.RunCancelled("enough"));
            var before = entries.subList(0, (int) at + 1);
            var after = entries.subList((int) at + 1, entries.size());
            assertThat(paths(after, Fact.NodeStarted.class)).as("started").isSubsetOf(open(process.graph, before));
            assertThat(sameWrites(whole)).as("wrote").containsAllEntriesOf(sameWrites(entries));
            entries.stream()
                    .filter(entry -> entry.fact() instanceof Fact.NodeFailed failed && !failed.retried())
                    .forEach(entry -> assertThat(one.reference().failed)
                            .contains(entry.at().value()));
        });
    }

    private static Map<NodePath, Json> sameWrites(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.fact() instanceof Fact.NodeCompleted)
                .collect(Collectors.toMap(Entry::at, entry -> Json.of(entry.fact())));
    }

    @Test
    void a_run_that_fails_fast_starts_nothing_after_the_first_failure_and_fails_of_what_it_would_have_failed_of() {
        forAll(one -> {
            if (one.reference().failed.isEmpty()) {
                return;
            }
            var process = one.process();
            Outcome outcome = process.start(one.order(6), RunOptions.defaults().withFailFast());
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(failed(outcome.view())).isNotEmpty().isSubsetOf(one.reference().failed);
            var entries = RandomRun.entries(outcome);
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).fact() instanceof Fact.NodeFailed failure && !failure.retried()) {
                    assertThat(paths(entries.subList(i, entries.size()), Fact.NodeStarted.class))
                            .isSubsetOf(open(process.graph, entries.subList(0, i)));
                    return;
                }
            }
        });
    }

    @Test
    void the_runs_are_worth_the_trouble() {
        var counts = new HashMap<String, Integer>();
        LongStream.rangeClosed(1, GRAPHS)
                .mapToObj(Case::of)
                .filter(Case::isSmall)
                .forEach(one -> {
                    var paths = one.reference().started.keySet();
                    counts.merge("run", 1, Integer::sum);
                    counts.merge("failed", one.reference().failed.isEmpty() ? 0 : 1, Integer::sum);
                    counts.merge(
                            "asks",
                            any(paths.stream().filter(one.behaviour()::asks).count(), 1),
                            Integer::sum);
                    counts.merge(
                            "asks twice",
                            any(paths.stream().filter(one.behaviour()::asks).count(), 2),
                            Integer::sum);
                    for (var handling : Behaviour.Handling.values()) {
                        boolean used =
                                paths.stream().anyMatch(path -> one.behaviour().handling(path) == handling);
                        counts.merge(handling.name(), used ? 1 : 0, Integer::sum);
                    }
                });
        int run = counts.get("run");
        assertThat(run).isGreaterThan(GRAPHS / 2);
        assertThat(counts)
                .as(counts::toString)
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(run / 10));
    }

    private static int any(long found, int least) {
        return found >= least ? 1 : 0;
    }
}
