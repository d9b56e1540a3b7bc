package dev.yardmaster.graph;

import static dev.yardmaster.graph.ProgressTest.LOG;
import static dev.yardmaster.graph.ProgressTest.NOTHING;
import static dev.yardmaster.graph.ProgressTest.WHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.run.Orchestrator;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node costs, in bytes allocated and kept: they do not depend on how busy a machine is. */
@Timeout(120)
class CostTest {

    private static final Channel<String> BIG = Channel.of("big", String.class);
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** Forks and joins in a row. */
    private static Graph row(int forks) {
        var builder =
                Graph.builder("row").channels(LOG, WHO, BIG).node("j0", NOTHING).start("j0");
        for (int i = 0; i < forks; i++) {
            String join = "j" + (i + 1);
            builder.node("a" + i, NOTHING)
                    .node("b" + i, NOTHING)
                    .node(join, NOTHING)
                    .edge("j" + i, "a" + i)
                    .edge("j" + i, "b" + i)
                    .edge("a" + i, join)
                    .edge("b" + i, join);
        }
        return builder.build();
    }

    /** How much is allocated while a graph is driven to its end. */
    private static long driven(Graph graph, State input) {
        long before = allocated();
        var progress = Progress.first(graph, input);
        for (var ready = progress.ready(); !ready.isEmpty(); ready = progress.ready()) {
            for (Execution execution : ready) {
                Update update = Update.of(LOG, List.of("x"));
                progress.complete(execution, update, execution.choose(update));
            }
        }
        assertThat(progress.isOver()).isTrue();
        return allocated() - before;
    }

    @Test
    void a_node_on_a_megabyte_of_state_costs_what_it_costs_on_a_few_bytes() {
        Graph graph = row(300);
        State small = State.of(BIG, "x");
        State big = State.of(BIG, MEGABYTE);
        for (int i = 0; i < 3; i++) {
            driven(graph, small); // until everything is loaded
        }
        long few = driven(graph, small);
        long many = driven(graph, big);
        assertThat(many - few).as("%d bytes instead of %d", many, few).isLessThan(MEGABYTE.length() / 10);
    }

    @Test
    void a_node_on_a_megabyte_of_state_records_what_it_writes_and_nothing_else() throws Exception {
        var lengths = new ArrayList<Integer>();
        for (State input : List.of(State.of(BIG, "x"), State.of(BIG, MEGABYTE))) {
            try (var orchestrator = Orchestrator.inMemory()) {
                var view = orchestrator.start(row(20), input).await().view();
                lengths.add(view.entries().stream()
                        .skip(1) // the admission, with the input
                        .mapToInt(each -> each.entry().json().length())
                        .sum());
            }
        }
        assertThat(lengths.getLast()).isEqualTo(lengths.getFirst());
    }

    @Test
    void an_iteration_costs_as_much_after_a_hundred_thousand_as_after_ten_thousand_and_nothing_of_it_is_kept() {
        var graph = Graph.builder("loop")
                .channels(WHO, LOG)
                .node("a", NOTHING)
                .node("b", NOTHING)
                .node("c", NOTHING)
                .node("d", NOTHING)
                .start("a")
                .edge("a", "b")
                .edge("a", "c")
                .edge("b", "d")
                .edge("c", "d")
                .choose("d", state -> state.get(WHO).equals("end") ? Graph.END : "a", "a", Graph.END)
                .maxIterations(Integer.MAX_VALUE)
                .maxExecutions(Integer.MAX_VALUE)
                .build();
        var progress = Progress.first(graph, State.of(WHO, "0"));
        var first = new WeakReference<>(begun(progress));
        long early = cost(progress, 10_000, 20_000);
        long late = cost(progress, 100_000, 110_000);
        assertThat(late).as("bytes for 10,000 iterations, late and early").isBetween(early * 8 / 10, early * 12 / 10);
        for (int i = 0; i < 20 && first.get() != null; i++) {
            System.gc();
        }
        assertThat(first.get()).as("the first iteration").isNull();
    }

    /** Runs the first node. @return the iteration it belongs to */
    private static Iteration begun(Progress progress) {
        Execution execution = progress.ready().getFirst();
        complete(progress, execution);
        return ((Execution.Place.InRegion) execution.place()).iteration();
    }

    private static long cost(Progress progress, int from, int to) {
        long begun = 0;
        for (long iteration = 0; ; ) {
            for (Execution execution : progress.ready()) {
                complete(progress, execution);
                if (execution.node().equals("d")) {
                    iteration = Long.parseLong(
                            execution.path().value().contains("#")
                                    ? execution.path().value().substring(2)
                                    : "1");
                }
            }
            if (iteration >= from && begun == 0) {
                begun = allocated();
            }
            if (iteration >= to) {
                return allocated() - begun;
            }
        }
    }

    private static void complete(Progress progress, Execution execution) {
        boolean overwrites = execution.node().equals("a");
        Update update = overwrites ? Update.of(WHO, "again") : Update.of(LOG, List.of("x"));
        progress.complete(execution, update, execution.choose(update));
    }
}
