package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For a caller who wants the final state or to hear why there is none. */
@Timeout(120)
class OutcomeTest {

    private static final Channel<String> DONE = Channel.of("done", String.class);
    private static final RunOptions OPTIONS = RunOptions.defaults().withId(new RunId("r"));

    private static Graph graph(Node... nodes) {
        var graph = Graph.builder("g").channels(DONE).node("begin", (state, context) -> Update.none());
        for (int i = 0; i < nodes.length; i++) {
            graph = graph.node("n" + i, nodes[i]).edge("begin", "n" + i);
        }
        return graph.start("begin").build();
    }

    private static Outcome run(Node... nodes) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph(nodes), State.empty(), OPTIONS).await();
        }
    }

    @Test
    void of_a_completed_run_is_its_state() throws InterruptedException {
        assertThat(run((state, context) -> Update.of(DONE, "yes")).orElseThrow().get(DONE))
                .isEqualTo("yes");
    }

    @Test
    void of_a_failed_run_says_where_and_why() throws InterruptedException {
        Node broken = (state, context) -> {
            throw new MissingShed();
        };
        Outcome one = run(broken);
        assertThatThrownBy(one::orElseThrow)
                .isInstanceOfSatisfying(
                        NotCompletedException.class,
                        e -> assertThat(e.outcome()).isSameAs(one))
                .hasMessage("run 'r' of graph 'g' failed at 'n0': there is no shed");
        assertThatThrownBy(run(broken, broken, broken)::orElseThrow)
                .hasMessageEndingWith("failed at 'n0': there is no shed (and 2 more failures)");
    }

    @Test
    void of_a_run_that_waits_says_for_what() throws InterruptedException {
        assertThatThrownBy(run((state, context) -> {
                    context.ask(Question.of("well?", "yes", "no"));
                    return Update.none();
                })::orElseThrow)
                .hasMessage("run 'r' of graph 'g' waits for an answer to 'well?'; answer it, and await the run again");
        assertThatThrownBy(run((state, context) -> {
                    context.sleep(Duration.ofHours(1));
                    return Update.none();
                })::orElseThrow)
                .hasMessageStartingWith("run 'r' of graph 'g' waits until 2");
    }

    @Test
    void of_a_cancelled_run_says_so() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run run = orchestrator.start(
                    graph((state, context) -> {
                        context.ask(Question.of("well?", "yes", "no"));
                        return Update.none();
                    }),
                    State.empty(),
                    OPTIONS);
            run.await();
            orchestrator.cancel(run.id(), "enough");
            assertThatThrownBy(run.await()::orElseThrow).hasMessage("run 'r' of graph 'g' was cancelled");
        }
    }

    private static final class MissingShed extends dev.yardmaster.event.YardmasterException {
        MissingShed() {
            super("there is no shed");
        }
    }
}
