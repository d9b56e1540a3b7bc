package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is called wrongly says what was wrong, where, and what to do. */
class MisuseTest {

    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<String> DONE = Channel.of("done", String.class);

    /** Holds something, and shows nothing of it. */
    static final class Opaque {
        private final int count = 3;

        int twice() {
            return 2 * count;
        }
    }

    private static Graph graph(String name, Node node) {
        return Graph.builder(name)
                .channels(TASK, DONE)
                .node("work", node)
                .start("work")
                .build();
    }

    private static Graph graph(String name) {
        return graph(name, (state, context) -> Update.of(DONE, state.get(TASK)));
    }

    private static Failure failure(Graph graph) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(graph, State.of(TASK, "x"))
                    .await()
                    .view()
                    .failures()
                    .getFirst();
        }
    }

    @Test
    void a_node_that_returns_null_is_told_what_to_return() throws InterruptedException {
        assertThat(failure(graph("g", (state, context) -> null)))
                .satisfies(failure -> assertThat(failure.at().value()).isEqualTo("work"))
                .satisfies(failure -> assertThat(failure.message())
                        .contains("the node returned null; Update.none() is what a node returns that writes nothing"));
    }

    @Test
    void branches_that_exclude_each_other_at_the_end_say_so() throws InterruptedException {
        Node one = (state, context) -> Update.of(DONE, "1");
        Node two = (state, context) -> Update.of(DONE, "2");
        var graph = Graph.builder("g")
                .channels(TASK, DONE)
                .node("begin", (state, context) -> Update.none())
                .node("one", one)
                .node("two", two)
                .start("begin")
                .edge("begin", "one")
                .edge("begin", "two")
                .build();
        assertThat(failure(graph).message()).startsWith("the branches that meet at the graph's end exclude each other");
    }

    @Test
    void the_id_of_another_graphs_run_is_refused_and_the_same_graphs_is_the_same_run() throws InterruptedException {
        var id = RunOptions.defaults().withId(new RunId("order-1"));
        try (var orchestrator = Orchestrator.inMemory()) {
            Run first = orchestrator.start(graph("first"), State.of(TASK, "x"), id);
            first.await();
            assertThat(orchestrator
                            .start(graph("first"), State.of(TASK, "x"), id)
                            .id())
                    .isEqualTo(first.id());
            assertThatThrownBy(() -> orchestrator.start(graph("second"), State.of(TASK, "x"), id))
                    .isInstanceOf(RunIdTakenException.class)
                    .hasMessageContaining("run 'order-1' is there already and is of graph 'first', not of 'second'");
        }
    }

    @Test
    void a_closed_orchestrator_says_that_it_is_closed() throws InterruptedException {
        var orchestrator = Orchestrator.inMemory();
        Run run = orchestrator.start(graph("g"), State.of(TASK, "x"));
        run.await();
        orchestrator.close();
        assertThatThrownBy(() -> orchestrator.start(graph("g"), State.of(TASK, "x")))
                .isInstanceOf(OrchestratorClosedException.class)
                .hasMessageContaining("the orchestrator is closed; do this before close(), or with another one");
        assertThatThrownBy(() -> orchestrator.resume(run.id(), graph("g")))
                .isInstanceOf(OrchestratorClosedException.class);
        assertThatThrownBy(() -> orchestrator.fork(run.id(), 1, graph("g")))
                .isInstanceOf(OrchestratorClosedException.class);
    }

    @Test
    void a_class_that_shows_nothing_of_what_it_holds_is_not_stored_as_nothing() {
        var opaque = Channel.of("opaque", Opaque.class);
        assertThat(new Opaque().twice()).isEqualTo(6);
        assertThatThrownBy(() -> Graph.builder("g")
                        .channels(opaque)
                        .node("work", (state, context) -> Update.none())
                        .start("work")
                        .build())
                .hasMessageContaining("channel 'opaque' cannot be stored")
                .hasMessageContaining("has nothing that would be stored, neither getters nor public fields");
    }

    @Test
    void a_channel_that_is_read_and_not_declared_is_found_when_the_graph_is_built() {
        Node reader = new Node() {
            @Override
            public Update run(State state, NodeContext context) {
                return Update.none();
            }

            @Override
            public List<Channel<?>> reads() {
                return List.of(Channel.of("tsk", String.class));
            }
        };
        assertThatThrownBy(() -> graph("g", reader))
                .hasMessageContaining("node 'work' reads channel 'tsk', which is not declared")
                .hasMessageContaining("did you mean 'task'?");
    }

    @Test
    void a_channel_that_is_read_as_another_type_says_what_it_holds() throws InterruptedException {
        var wrong = Channel.of("task", Integer.class);
        assertThat(failure(graph("g", (state, context) -> Update.of(DONE, "" + state.get(wrong))))
                        .message())
                .isEqualTo("channel 'task' is read as java.lang.Integer, and holds java.lang.String; use one Channel"
                        + " constant in both places");
    }

    @Test
    void a_channel_is_read_by_its_name_and_type_whatever_its_reducer() throws InterruptedException {
        var notes = Channel.listOf("notes", String.class);
        var graph = Graph.builder("g")
                .channels(TASK, DONE, notes.withReducer(Reducer.append()))
                .node("note", (state, context) -> Update.of(notes.withReducer(Reducer.append()), List.of("a", "b")))
                .node(
                        "read",
                        (state, context) -> Update.of(DONE, state.get(notes).getLast()))
                .start("note")
                .edge("note", "read")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            assertThat(((Outcome.Completed)
                                    orchestrator.start(graph, State.empty()).await())
                            .state()
                            .get(DONE))
                    .isEqualTo("b");
        }
    }

    @Test
    void what_could_not_be_read_back_after_a_crash_is_refused_before_one() throws InterruptedException {
        assertThat(failure(graph("g", (state, context) -> {
                            context.step("look", List.class, "", Effect.READ_ONLY, () -> List.of(TASK.name()));
                            return Update.none();
                        }))
                        .message())
                .contains("what step 'look' comes to could not be recorded")
                .contains("does not say what it holds");
        assertThatThrownBy(() -> Graph.builder("g")
                        .channels(Channel.of("all", Map.class))
                        .node("work", (state, context) -> Update.none())
                        .start("work")
                        .build())
                .hasMessageContaining("channel 'all' cannot be stored")
                .hasMessageContaining("Channel.listOf, setOf or mapOf");
    }

    @Test
    void a_failure_says_where_it_was_thrown_and_what_caused_it() throws InterruptedException {
        Failure failure = failure(graph("g", (state, context) -> {
            throw new IllegalStateException("no price", new IOException("404"));
        }));
        assertThat(failure.details()).containsEntry("cause", "java.io.IOException: 404");
        assertThat(failure.details().get("thrown")).contains("MisuseTest", "(MisuseTest.java:");
    }

    @Test
    void two_graphs_of_one_name_are_not_told_apart_when_runs_are_recovered() {
        assertThatThrownBy(() -> Orchestrator.builder().graphs(graph("g"), graph("g")))
                .hasMessageContaining("two graphs are called 'g'");
    }

    @Test
    void a_question_that_was_answered_says_how() throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run run = orchestrator.start(
                    graph(
                            "g",
                            (state, context) -> Update.of(
                                    DONE,
                                    context.ask(Question.of("go?", "yes", "no")).choice())),
                    State.of(TASK, "x"));
            run.await();
            String question = run.view().questions().keySet().iterator().next();
            orchestrator.answer(run.id(), new Answer(question, "yes", "", "Ada"));
            run.await();
            assertThatThrownBy(() -> orchestrator.answer(run.id(), new Answer(question, "no", "", "Bob")))
                    .isInstanceOf(AnswerRefusedException.class)
                    .hasMessageEndingWith("was answered 'yes' by Ada; the first answer counts");
        }
    }

    @Test
    void null_is_named_where_it_is_given() {
        assertThatThrownBy(() -> Channel.of(null, String.class)).hasMessage("the name of a channel is null");
        assertThatThrownBy(() -> Channel.of("x", null)).hasMessageStartingWith("the type of channel 'x' is null");
        assertThatThrownBy(() -> Graph.builder(null)).hasMessage("the name of a graph is null");
        assertThatThrownBy(() -> graph("g", null)).hasMessage("node 'work' is null");
        assertThatThrownBy(() -> Graph.builder("g").choose("a", null, "b"))
                .hasMessage("the chooser at node 'a' is null");
        assertThatThrownBy(() -> Graph.builder("g").edge("a", null))
                .hasMessage("where an edge leads from node 'a' is null");
    }

    @Test
    void names_amounts_and_files_that_are_none_are_told() {
        assertThatThrownBy(() -> AgentDefinition.of(" ", "d", "p")).hasMessageContaining("an agent's name is blank");
        assertThatThrownBy(() -> Budget.dollars("two")).hasMessage("'two' is no amount in dollars, such as \"2.00\"");
        assertThatThrownBy(() -> RunFile.read(Path.of("no-such.jsonl")))
                .hasMessage("there is no file 'no-such.jsonl' to read a run from; check the path");
    }
}
