package dev.yardmaster.run;

import static dev.yardmaster.run.FoldedRunTest.FILE;
import static dev.yardmaster.run.FoldedRunTest.FILES;
import static dev.yardmaster.run.FoldedRunTest.SIZE;
import static dev.yardmaster.run.FoldedRunTest.SIZES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Fact;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code forEach} on threads. */
@Timeout(120)
class ForEachRunTest {

    static Graph measuring(Node body, int limit) {
        return Graph.builder("measuring")
                .channels(FILES, SIZES)
                .forEach("measure", FILES, FILE, body, SIZE, SIZES, limit)
                .start("measure")
                .build();
    }

    static State files(int count) {
        return State.of(
                FILES, IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    static final Node READS = (state, context) -> Update.of(SIZE, Integer.valueOf(state.get(FILE)));

    @Test
    void runs_as_many_elements_at_once_as_it_may() throws Exception {
        var four = new CyclicBarrier(4);
        var running = new AtomicInteger();
        var most = Collections.synchronizedList(new ArrayList<Integer>());
        Node meets = (state, context) -> {
            most.add(running.incrementAndGet());
            four.await(20, TimeUnit.SECONDS);
            running.decrementAndGet();
            four.await(20, TimeUnit.SECONDS);
            return READS.run(state, context);
        };
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = (Outcome.Completed)
                    orchestrator.start(measuring(meets, 4), files(12)).await();
            assertThat(outcome.state().get(SIZES))
                    .isEqualTo(IntStream.range(0, 12).boxed().toList());
            assertThat(most).hasSize(12).allMatch(count -> count <= 4).contains(4);
        }
    }

    @Test
    void of_ten_thousand_elements_gives_ten_thousand_results_in_order() throws Exception {
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = (Outcome.Completed)
                    orchestrator.start(measuring(READS, 10_000), files(10_000)).await();
            assertThat(outcome.state().get(SIZES))
                    .isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        }
    }

    @Test
    void records_each_element_and_the_whole_each_write_once() throws Exception {
        try (var orchestrator = Orchestrator.inMemory()) {
            var view = orchestrator.start(measuring(READS, 1), files(2)).await().view();
            assertThat(view.entries())
                    .extracting(each -> each.entry().type() + " " + each.entry().at())
                    .containsExactly(
                            "run.admitted ",
                            "node.started measure[0]",
                            "node.completed measure[0]",
                            "node.started measure[1]",
                            "node.completed measure[1]",
                            "node.completed measure",
                            "run.completed ");
            assertThat(view.facts(Fact.NodeCompleted.class).getLast())
                    .isEqualTo(new Fact.NodeCompleted(List.of(), List.of()));
        }
    }

    /** Found by random graphs: element 2 had the place of element 0, which was not free in a replay. */
    @Test
    void whose_element_failed_and_left_its_place_to_others_is_resumed_and_keeps_to_its_limit() throws Exception {
        var failing = new AtomicBoolean(true);
        var running = new AtomicInteger();
        var most = Collections.synchronizedList(new ArrayList<Integer>());
        var read = Collections.synchronizedList(new ArrayList<String>());
        Node reads = (state, context) -> {
            most.add(running.incrementAndGet());
            try {
                if (failing.get() && Integer.parseInt(state.get(FILE)) < 2) {
                    throw new IllegalStateException("not yet");
                }
                read.add(state.get(FILE));
                return READS.run(state, context);
            } finally {
                running.decrementAndGet();
            }
        };
        var graph = measuring(reads, 1);
        try (var orchestrator = Orchestrator.inMemory()) {
            var run = orchestrator.start(graph, files(4));
            assertThat(run.await()).isInstanceOf(Outcome.Failed.class);
            failing.set(false);
            var outcome = orchestrator.resume(run.id(), graph).await();
            assertThat(((Outcome.Completed) outcome).state().get(SIZES)).containsExactly(0, 1, 2, 3);
            assertThat(read).containsExactly("2", "3", "0", "1");
            assertThat(most).containsOnly(1);
        }
    }
}
