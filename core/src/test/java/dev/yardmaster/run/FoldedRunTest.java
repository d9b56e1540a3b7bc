package dev.yardmaster.run;

import static dev.yardmaster.run.OrchestratorTest.LOG;
import static dev.yardmaster.run.OrchestratorTest.logs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a journal holds is enough to say how far a run has come. */
@Timeout(120)
class FoldedRunTest {

    static final Channel<List<String>> FILES = Channel.listOf("files", String.class);
    static final Channel<String> FILE = Channel.of("file", String.class);
    static final Channel<Integer> SIZE = Channel.of("size", Integer.class);
    static final Channel<List<Integer>> SIZES = Channel.listOf("sizes", Integer.class);
    static final Channel<Integer> ROUND = Channel.of("round", Integer.class).withInitial(0);

    /** A graph made when its turn comes, a forEach over graphs and a choice, all in a loop of three iterations. */
    static Graph everything() {
        var measure = Graph.builder("measure")
                .channels(FILE, SIZE, LOG)
                .node("open", (state, context) -> Update.of(LOG, List.of(context.path() + " " + state.get(FILE))))
                .node(
                        "count",
                        (state, context) -> Update.of(SIZE, state.get(FILE).length()))
                .start("open")
                .edge("open", "count")
                .build();
        var talk = Graph.builder("talk")
                .channels(LOG)
                .node("left", logs("left"))
                .node("right", logs("right"))
                .node("both", logs("both"))
                .start("left")
                .edge("left", "right")
                .edge("left", "both")
                .edge("right", "both")
                .build();
        return Graph.builder("everything")
                .channels(FILES, SIZES, LOG, ROUND)
                .node("begin", (state, context) -> Update.of(ROUND, state.get(ROUND) + 1))
                .forEach("measure", FILES, FILE, measure, SIZE, SIZES, 2)
                .node("talk", Graph.dynamic(state -> talk))
                .node("meet", logs("meet"))
                .start("begin")
                .edge("begin", "measure")
                .edge("begin", "talk", state -> state.get(ROUND) != 2)
                .edge("measure", "meet")
                .edge("talk", "meet")
                .choose("meet", state -> state.get(ROUND) < 3 ? "begin" : Graph.END, "begin", Graph.END)
                .build();
    }

    static final State INPUT = State.of(FILES, List.of("a", "bb", "ccc"));

    static Outcome.Completed finished(Graph graph) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return (Outcome.Completed) orchestrator.start(graph, INPUT).await();
        }
    }

    @Test
    void a_finished_run_folds_into_its_final_state() throws Exception {
        var outcome = finished(everything());
        var folded = FoldedRun.of(everything(), outcome.view().entries());
        assertThat(folded.progress().isOver()).isTrue();
        assertThat(folded.open()).isEmpty();
        assertThat(folded.progress().result().orElseThrow().json())
                .isEqualTo(outcome.state().json());
        assertThat(outcome.state().get(SIZES)).containsExactly(1, 2, 3);
    }

    /** Cuts the journal after every entry: what was going on then is a part of what is open, whatever is missing. */
    @Test
    void whatever_was_running_at_any_moment_is_open_after_a_fold_up_to_that_moment() throws Exception {
        var entries = finished(everything()).view().entries();
        Set<NodePath> running = new HashSet<>();
        for (int i = 1; i <= entries.size(); i++) {
            Entry last = entries.get(i - 1).entry();
            switch (last.fact()) {
                case Fact.NodeStarted started -> running.add(last.at());
                case Fact.NodeCompleted completed -> running.remove(last.at());
                default -> {}
            }
            var open = FoldedRun.of(everything(), entries.subList(0, i)).open();
            assertThat(open)
                    .as("after %s", last)
                    .extracting(Execution::path)
                    .doesNotHaveDuplicates()
                    .containsAll(running);
        }
    }

    @Test
    void a_node_that_failed_is_open_again() throws Exception {
        var attempts = new AtomicInteger();
        Node fails = (state, context) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return Update.none();
        };
        var graph = Graph.builder("g")
                .channels(LOG)
                .node("a", logs("a"))
                .node("fails", fails)
                .node("b", logs("b"))
                .start("a")
                .edge("a", "fails")
                .edge("a", "b")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = orchestrator.start(graph, State.empty()).await();
            var folded = FoldedRun.of(graph, outcome.view().entries());
            assertThat(folded.progress().isOver()).isFalse();
            assertThat(folded.open()).extracting(Execution::toString).containsExactly("fails");
        }
    }

    @Test
    void another_graph_is_refused() throws Exception {
        List<RunEvent.Recorded> entries = finished(everything()).view().entries();
        var other = Graph.builder("other")
                .channels(FILES)
                .node("x", logs("x"))
                .start("x")
                .build();
        assertThatExceptionOfType(YardmasterException.class)
                .isThrownBy(() -> FoldedRun.of(other, entries))
                .withMessageContaining("use the graph that the run was started with");
    }
}
