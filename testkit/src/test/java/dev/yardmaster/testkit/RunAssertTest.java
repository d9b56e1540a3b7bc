package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.RunAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunAssertTest {

    private static final Channel<String> WORD = Channel.of("word", String.class);
    private static final Channel<String> OTHER = Channel.of("other", String.class);
    private static final Channel<List<String>> NOTES =
            Channel.listOf("notes", String.class).withReducer(Reducer.append());

    private final Orchestrator orchestrator = Orchestrator.inMemory();

    @AfterEach
    void close() {
        orchestrator.close();
    }

    private Run start(Node test) {
        Graph graph = Graph.builder("order")
                .channels(WORD, OTHER, NOTES)
                .node("build", (state, context) -> Update.of(WORD, "built"))
                .node("test", test)
                .start("build")
                .edge("build", "test")
                .build();
        return orchestrator.start(graph, State.of(NOTES, List.of("first")));
    }

    private static final Node GOOD = (state, context) -> Update.of(NOTES, List.of("tested"));

    private static final Node BAD = (state, context) -> {
        throw new IllegalStateException("100 % of the tests fail");
    };

    private static final Node ASKING = (state, context) -> {
        context.ask(new Question("Ship it?", List.of("yes", "no"), Map.of()));
        return Update.none();
    };

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void a_run_that_completed_is_looked_at_all_over() throws Exception {
        Run run = start(GOOD);
        assertThat(run)
                .completed()
                .visited("build", "test")
                .visitedInAnyOrder("test", "build")
                .didNotVisit("report", "build#2")
                .usedAtMostTokens(0);
        assertThat(run).channel(WORD).isEqualTo("built");
        assertThat(run).text(WORD).startsWith("bui");
        assertThat(run).list(NOTES).containsExactly("first", "tested");
        assertThat(run).usage().returns(0L, usage -> usage.inputTokens());
    }

    @Test
    void what_was_visited_is_told_when_it_was_not_that() throws Exception {
        Outcome outcome = start(GOOD).await();
        fails(
                () -> assertThat(outcome).visited("test", "build"),
                "of graph 'order' to have visited exactly [test, build] in this order",
                "It is COMPLETED and visited [build, test]");
        fails(() -> assertThat(outcome).visited("build"), "exactly [build]");
        fails(() -> assertThat(outcome).visitedInAnyOrder("build", "test", "test"), "in any order");
        fails(() -> assertThat(outcome).didNotVisit("x", "test"), "to have visited none of [x, test]");
    }

    @Test
    void a_failure_is_told_with_all_that_was_expected_instead() throws Exception {
        Outcome outcome = start(BAD).await();
        assertThat(outcome).failed().failedWith("node.exception");
        fails(
                () -> assertThat(outcome).completed(),
                "to be COMPLETED",
                "It is FAILED",
                "failed at test with 'node.exception'",
                "100 % of the tests fail");
        fails(() -> assertThat(outcome).failedWith("model.not-authorized"), "have failed with 'model.not-authorized'");
        fails(() -> assertThat(outcome).channel(WORD), "to be COMPLETED", "100 % of the tests fail");
    }

    @Test
    void a_question_is_told_with_all_that_was_expected_instead() throws Exception {
        Run run = start(ASKING);
        assertThat(run).suspended().asks("Ship it");
        Outcome outcome = run.await();
        fails(() -> assertThat(outcome).completed(), "It is SUSPENDED", "asks test:question: Ship it?");
        fails(() -> assertThat(outcome).asks("Sell it"), "to ask something with 'Sell it' in it");

        String question = run.view().questions().keySet().iterator().next();
        orchestrator.answer(run.id(), new Answer(question, "yes", "", "test"));
        assertThat(run).completed();
    }

    @Test
    void a_cancelled_run_is_told_from_others() throws Exception {
        Run run = start(ASKING);
        assertThat(run).suspended();
        orchestrator.cancel(run.id(), "enough");
        assertThat(run).cancelled();
        Outcome outcome = run.await();
        fails(() -> assertThat(outcome).failed(), "to be FAILED", "It is CANCELLED");
    }

    @Test
    void a_value_that_is_not_there_is_told_with_those_that_are() throws Exception {
        Outcome outcome = start(GOOD).await();
        fails(
                () -> assertThat(outcome).channel(OTHER),
                "to have a value in channel 'other', but only [notes, word] were written");
        fails(
                () -> assertThat(outcome).text(WORD).isEqualTo("x"),
                "channel 'word' of run '" + outcome.view().id());
        fails(() -> assertThat(outcome.view()).channel(WORD), "give assertThat the run or its outcome");
    }

    @Test
    void an_agent_that_did_not_work_is_told_with_those_that_did() throws Exception {
        Outcome outcome = start(GOOD).await();
        fails(() -> assertThat(outcome).agent("critic"), "to have had agent 'critic' at work; there were []");
        fails(() -> assertThat(outcome).agentAt("build"), "to have had an agent at work at 'build'");
    }
}
