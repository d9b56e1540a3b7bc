package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What grows with a long run and what does not, told by what is stored and allocated, never by a clock. */
@Timeout(120)
class LongRunTest {

    private static final int STEPS_A_NODE = 100;
    private static final Channel<List<Integer>> DONE =
            Channel.listOf("done", Integer.class).withReducer(Reducer.append());

    @TempDir
    Path folder;

    /** What there is when a step begins. @param allocated by all threads since the process began */
    private record Mark(long allocated, long pages) {}

    private final Map<Integer, Mark> marks = new HashMap<>();

    private Orchestrator orchestrator() {
        return Orchestrator.builder()
                .journal(SqliteJournal.builder(file()).open())
                .build();
    }

    private Path file() {
        return folder.resolve("runs.db");
    }

    /** Nodes in a row of a hundred steps each, of which every tenth changes something; then a last node. */
    private Graph graph(int steps, Node last) {
        int nodes = steps / STEPS_A_NODE;
        var builder = Graph.builder("long").channels(DONE).start("n0").node("last", last);
        for (int i = 0; i < nodes; i++) {
            builder.node("n" + i, node(i * STEPS_A_NODE)).edge("n" + i, i + 1 < nodes ? "n" + (i + 1) : "last");
        }
        return builder.build();
    }

    private Node node(int first) {
        return (state, context) -> {
            for (int i = first; i < first + STEPS_A_NODE; i++) {
                int number = i;
                if (number % 1_000 == 0) {
                    marks.put(number, new Mark(allocated(), pages()));
                }
                context.step(
                        "step/" + number,
                        String.class,
                        "a file to look at",
                        number % 10 == 0 ? Effect.ONCE : Effect.READ_ONLY,
                        () -> "what was found in it");
            }
            return Update.of(DONE, List.of(first));
        };
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private long pages() {
        return number("PRAGMA page_count");
    }

    private long number(String query) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_last_of_ten_thousand_steps_costs_and_stores_what_the_first_ones_do() throws InterruptedException {
        try (var orchestrator = orchestrator()) {
            Graph graph = graph(10_000, (state, context) -> {
                marks.put(10_000, new Mark(allocated(), pages()));
                return Update.none();
            });
            Outcome outcome = orchestrator.start(graph, State.empty()).await();
            assertThat(outcome).isInstanceOf(Outcome.Completed.class);
            assertThat(((Outcome.Completed) outcome).state().get(DONE)).hasSize(100);
        }
        double firstBytes = stored(1_000);
        assertThat(stored(9_000) / firstBytes).as("bytes stored").isBetween(0.95, 1.05);
        double firstPages = marks.get(2_000).pages() - marks.get(1_000).pages();
        double lastPages = marks.get(10_000).pages() - marks.get(9_000).pages();
        assertThat(lastPages / firstPages).as("growth of the file").isLessThan(1.15);
        double first = marks.get(2_000).allocated() - marks.get(1_000).allocated();
        double last = marks.get(10_000).allocated() - marks.get(9_000).allocated();
        assertThat(last / first).as("bytes allocated").isLessThan(1.5);
    }

    /** What the rows of a thousand steps hold. */
    private long stored(int from) {
        int perNode = 2 * STEPS_A_NODE + 2;
        long first = 1 + from / STEPS_A_NODE * perNode;
        return number("SELECT sum(length(path) + length(type) + length(codec) + length(payload) + 32) FROM entry WHERE"
                + " position BETWEEN " + first + " AND " + (first + 1_000 / STEPS_A_NODE * perNode - 1));
    }

    @Test
    void resuming_reads_what_there_is_once() throws InterruptedException {
        double small = resumed(1_000);
        double large = resumed(8_000);
        assertThat(large / small)
                .as("bytes allocated to resume 8 times as many steps")
                .isLessThan(9);
    }

    /** What it takes to go on with a run whose process stopped at the last node. */
    private long resumed(int steps) throws InterruptedException {
        var id = new RunId("long-" + steps);
        var there = new CountDownLatch(1);
        Graph interrupted = graph(steps, (state, context) -> {
            there.countDown();
            new CountDownLatch(1).await();
            return Update.none();
        });
        try (var orchestrator = orchestrator()) {
            orchestrator.start(interrupted, State.empty(), RunOptions.defaults().withId(id));
            there.await();
        }
        Graph whole = graph(steps, (state, context) -> Update.none());
        try (var orchestrator = orchestrator()) {
            long before = allocated();
            Outcome outcome = orchestrator.resume(id, whole).await();
            assertThat(outcome).isInstanceOf(Outcome.Completed.class);
            assertThat(((Outcome.Completed) outcome).state().get(DONE)).hasSize(steps / STEPS_A_NODE);
            return allocated() - before;
        }
    }
}
