package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An id of the caller's own: for one input, and so safe to start with twice. */
@Timeout(120)
class OwnIdTest {

    record Order(String item, int pieces, Optional<String> note) {}

    private static final Channel<Order> ORDER = Channel.of("order", Order.class);
    private static final Channel<Set<String>> TAGS = Channel.setOf("tags", String.class);
    private static final Channel<String> DONE = Channel.of("done", String.class);
    private static final RunOptions OPTIONS = RunOptions.defaults().withId(new RunId("order-1"));
    private static final Graph GRAPH = Graph.builder("shop")
            .channels(ORDER, TAGS, DONE)
            .node("work", (state, context) -> Update.of(DONE, state.get(ORDER).item()))
            .start("work")
            .build();
    private static final Graph ASKING = Graph.builder("shop")
            .channels(ORDER, TAGS, DONE)
            .node(
                    "work",
                    (state, context) -> Update.of(
                            DONE,
                            context.ask(new Question("which?", List.of(), Map.of()))
                                    .choice()))
            .start("work")
            .build();

    private static State order(String item, int pieces) {
        return State.of(ORDER, new Order(item, pieces, Optional.empty()));
    }

    private static Orchestrator hiding(Journal journal, UnaryOperator<String> secrets) {
        return Orchestrator.builder().journal(journal).redact(secrets).build();
    }

    @Test
    void another_input_is_refused_and_nothing_runs() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run first = orchestrator.start(GRAPH, order("lamp", 2), OPTIONS);
            first.await();
            assertThatThrownBy(() -> orchestrator.start(GRAPH, order("desk", 2), OPTIONS))
                    .isInstanceOfSatisfying(
                            RunIdTakenException.class, e -> assertThat(e.run()).isEqualTo(first.id()))
                    .hasMessage(
                            "run 'order-1' of graph 'shop' is there already (completed) and was given another input:"
                                    + " channel 'order' differs; with the input it was given, an id returns its run; another"
                                    + " input needs an id of its own");
            assertThat(orchestrator.runs()).hasSize(1);
        }
    }

    @Test
    void every_channel_that_differs_is_named_and_no_value_of_it() {
        try (var orchestrator = Orchestrator.inMemory()) {
            orchestrator.start(GRAPH, order("lamp", 2), OPTIONS);
            assertThatThrownBy(() -> orchestrator.start(GRAPH, order("desk", 2).with(TAGS, Set.of("mine")), OPTIONS))
                    .hasMessageContaining("channels 'order', 'tags' differ")
                    .hasMessageNotContaining("mine")
                    .hasMessageNotContaining("lamp");
        }
    }

    @Test
    void a_run_that_waits_is_not_resumed_for_another_input() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run first = orchestrator.start(ASKING, order("lamp", 2), OPTIONS);
            String question =
                    first.await().view().questions().keySet().iterator().next();
            assertThatThrownBy(() -> orchestrator.start(ASKING, order("lamp", 3), OPTIONS))
                    .hasMessageContaining("is there already (suspended)");
            assertThat(orchestrator.start(ASKING, order("lamp", 2), OPTIONS)).isSameAs(first);
            orchestrator.answer(first.id(), new Answer(question, "this", "", "me"));
            assertThat(first.await()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    void what_was_interrupted_goes_on_with_the_same_input_and_not_with_another() throws InterruptedException {
        var store = new MemoryJournal();
        try (var orchestrator = Orchestrator.builder().journal(store.another()).build()) {
            orchestrator.start(ASKING, order("lamp", 2), OPTIONS).await();
        }
        try (var later = Orchestrator.builder().journal(store.another()).build()) {
            assertThatThrownBy(() -> later.start(ASKING, order("lamp", 1), OPTIONS))
                    .isInstanceOf(RunIdTakenException.class);
            Run run = later.start(ASKING, order("lamp", 2), OPTIONS);
            assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
        }
    }

    @Test
    void a_set_is_the_same_in_any_order() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            var one = new LinkedHashSet<>(List.of("a", "b", "c"));
            var other = new LinkedHashSet<>(List.of("c", "b", "a"));
            Run first = orchestrator.start(GRAPH, order("lamp", 2).with(TAGS, one), OPTIONS);
            first.await();
            assertThat(orchestrator
                            .start(GRAPH, order("lamp", 2).with(TAGS, other), OPTIONS)
                            .id())
                    .isEqualTo(first.id());
        }
    }

    @Test
    void labels_and_limits_are_no_input() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run first = orchestrator.start(GRAPH, order("lamp", 2), OPTIONS);
            first.await();
            assertThat(orchestrator
                            .start(
                                    GRAPH,
                                    order("lamp", 2),
                                    OPTIONS.withLabel("try", "2").withFailFast())
                            .id())
                    .isEqualTo(first.id());
        }
    }

    @Test
    void an_input_with_a_secret_in_it_is_the_same_the_second_time() throws InterruptedException {
        var store = new MemoryJournal();
        try (var orchestrator = hiding(store.another(), text -> text.replace("canary", "[redacted]"))) {
            Run first = orchestrator.start(GRAPH, order("a canary", 1), OPTIONS);
            first.await();
            assertThat(orchestrator.start(GRAPH, order("a canary", 1), OPTIONS).id())
                    .isEqualTo(first.id());
            assertThatThrownBy(() -> orchestrator.start(GRAPH, order("no canary", 1), OPTIONS))
                    .isInstanceOf(RunIdTakenException.class)
                    .isInstanceOf(YardmasterException.class)
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void a_secret_that_was_not_known_then_makes_no_difference() throws InterruptedException {
        var store = new MemoryJournal();
        try (var orchestrator = Orchestrator.builder().journal(store.another()).build()) {
            orchestrator.start(GRAPH, order("a canary", 1), OPTIONS).await();
        }
        try (var later = hiding(store.another(), text -> text.replace("canary", "[redacted]"))) {
            assertThat(later.start(GRAPH, order("a canary", 1), OPTIONS).await())
                    .isInstanceOf(Outcome.Completed.class);
        }
    }
}
