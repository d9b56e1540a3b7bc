package dev.yardmaster.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodePolicy;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.replay.Difference.Kind;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunView;
import dev.yardmaster.run.StepFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayTest {

    static final Channel<String> IN = Channel.of("in", String.class);
    static final Channel<String> OUT = Channel.of("out", String.class);
    static final Channel<List<String>> NOTES =
            Channel.listOf("notes", String.class).withReducer(Reducer.append());
    static final Channel<List<Integer>> NUMBERS = Channel.listOf("numbers", Integer.class);
    static final Channel<Integer> NUMBER = Channel.of("number", Integer.class);
    static final Channel<Integer> SQUARE = Channel.of("square", Integer.class);
    static final Channel<List<Integer>> SQUARES = Channel.listOf("squares", Integer.class);

    final AtomicInteger done = new AtomicInteger();

    static RunView recorded(Graph graph) throws InterruptedException {
        try (var orchestrator = Orchestrator.builder()
                .responder((run, id, question) -> Optional.of(new Answer(id, "yes", "", "test")))
                .build()) {
            return orchestrator
                    .start(graph, State.of(IN, "go").with(NUMBERS, List.of(1, 2, 3)))
                    .await()
                    .view();
        }
    }

    static GraphBuilder builder() {
        return Graph.builder("g").channels(IN, OUT, NOTES, NUMBERS, NUMBER, SQUARE, SQUARES);
    }

    static Graph graph(Node node) {
        return builder().node("a", node).start("a").build();
    }

    Difference differs(Node then, Node now) throws InterruptedException {
        return Replay.of(recorded(graph(then))).through(graph(now)).difference().orElseThrow();
    }

    Node step(String name, Object input) {
        return (state, context) -> Update.of(
                OUT, context.step(name, String.class, input, Effect.ONCE, () -> "done " + done.incrementAndGet()));
    }

    /** A colleague's work lies in a scope below the call that asked for it. */
    @Test
    void does_not_miss_what_was_recorded_within_the_body_of_a_step_and_misses_what_was_recorded_behind_it()
            throws Exception {
        Node working = (state, context) -> Update.of(
                OUT,
                context.step(
                        "call",
                        String.class,
                        "x",
                        Effect.READ_ONLY,
                        () -> context.scope("call/colleague")
                                .step("said", String.class, "y", Effect.READ_ONLY, () -> "well")));
        assertThat(Replay.of(recorded(graph(working))).through(graph(working)).difference())
                .isEmpty();

        Node more = (state, context) -> {
            Update update = working.run(state, context);
            context.step("call/hooks", String.class, "z", Effect.READ_ONLY, () -> "seen");
            return update;
        };
        assertThat(differs(more, working).kind()).isEqualTo(Kind.MISSING_STEP);
    }

    /** Everything that can be recorded: a loop, branches, a retry, a fallback, a question, a wait, elements, a subgraph. */
    Graph everything() {
        var tries = new AtomicInteger();
        Graph inner = Graph.builder("inner")
                .channels(OUT)
                .node("x", step("x", 1))
                .start("x")
                .build();
        return builder()
                .node("build", (state, context) -> {
                    step("first", state.get(IN)).run(state, context);
                    context.sleep(Duration.ofMillis(1));
                    return Update.of(
                            OUT, context.ask(Question.of("well?", "yes", "no")).choice());
                })
                .node(
                        "test",
                        (state, context) -> {
                            String said = context.step("try", String.class, "", Effect.READ_ONLY, () -> {
                                if (tries.incrementAndGet() < 3) {
                                    throw new IllegalStateException("not yet");
                                }
                                return "at last";
                            });
                            return Update.of(NOTES, List.of(said));
                        },
                        NodePolicy.retry(4).backoff(Duration.ZERO, Duration.ZERO))
                .node(
                        "audit",
                        (state, context) -> {
                            context.step("never", String.class, "", Effect.READ_ONLY, () -> {
                                throw new IllegalStateException("broken");
                            });
                            return Update.none();
                        },
                        NodePolicy.once()
                                .orElse((state, context) -> Update.of(
                                        NOTES,
                                        List.of(context.step(
                                                "never", String.class, "otherwise", Effect.ONCE, () -> "instead")))))
                .forEach(
                        "squares",
                        NUMBERS,
                        NUMBER,
                        (state, context) -> {
                            int number = state.get(NUMBER);
                            return Update.of(
                                    SQUARE,
                                    context.step("s", Integer.class, number, Effect.ONCE, () -> number * number));
                        },
                        SQUARE,
                        SQUARES,
                        2)
                .node("inner", inner)
                .node("report", (state, context) -> Update.of(NOTES, List.of("round")))
                .start("build")
                .edge("build", "test")
                .edge("build", "audit")
                .edge("build", "squares")
                .edge("test", "inner")
                .edge("inner", "report")
                .edge("audit", "report")
                .edge("squares", "report")
                .choose("report", s -> s.get(NOTES).size() < 5 ? "build" : Graph.END, "build", Graph.END)
                .build();
    }

    @Nested
    class A_run_that_would_go_as_it_went {

        @Test
        void is_the_same_and_nothing_is_done_again() throws Exception {
            RunView run = recorded(everything());
            assertThat(run.visited()).contains("build#2", "report#2", "squares[2]");
            int before = done.get();
            Replayed replayed = Replay.of(run).through(everything());
            assertThat(replayed.difference()).isEmpty();
            assertThat(replayed.nodes()).isGreaterThanOrEqualTo(run.visited().size());
            assertThat(replayed.steps()).isGreaterThan(10);
            assertThat(done.get()).isEqualTo(before);
        }

        @Test
        void is_the_same_up_to_wherever_its_record_ends() throws Exception {
            RunView run = recorded(everything());
            for (int entries = 1; entries <= run.entries().size(); entries++) {
                RunView cut = RunView.of(run.id(), run.entries().subList(0, entries));
                assertThat(Replay.of(cut).through(everything()).difference())
                        .as("after %s entries", entries)
                        .isEmpty();
            }
        }

        @Test
        void may_have_dealt_with_a_failed_step_as_on_a_resume() throws Exception {
            Node handles = (state, context) -> {
                try {
                    return Update.of(OUT, context.step("try", String.class, "", Effect.ONCE, () -> {
                        throw new IllegalStateException("no");
                    }));
                } catch (IllegalStateException | StepFailedException e) {
                    return step("then", 1).run(state, context);
                }
            };
            assertThat(Replay.of(recorded(graph(handles)))
                            .through(graph(handles))
                            .difference())
                    .isEmpty();
        }

        @Test
        void may_have_failed_in_the_same_way() throws Exception {
            Node fails = (state, context) -> {
                context.step("f", String.class, "", Effect.READ_ONLY, () -> {
                    throw new IllegalStateException("broken");
                });
                return Update.none();
            };
            assertThat(Replay.of(recorded(graph(fails))).through(graph(fails)).isSame())
                    .isTrue();
        }
    }

    @Nested
    class The_first_difference {

        @Test
        void is_a_step_that_is_given_something_else() throws Exception {
            Difference found = differs(step("s", List.of("one", "two")), step("s", List.of("one", "three")));
            assertThat(found.kind()).isEqualTo(Kind.INPUT);
            assertThat(found.at()).isEqualTo(new StepKey(NodePath.of("a"), "s"));
            assertThat(found).hasToString("""
                    step 's' at 'a' is given something else
                      [1]:
                      - two
                      + three""");
        }

        @Test
        void is_a_derived_step_that_comes_to_something_else_in_what_matters_of_it() throws Exception {
            Function<String, Node> prompt = text -> (state, context) -> Update.of(
                    OUT, context.derived("prompt", String.class, "in", words -> words.split("#")[0], () -> text));
            String then = "You fix things.\nRun the tests.\nSay what you did.\n";
            Difference found = differs(prompt.apply(then), prompt.apply(then.replace("Run the", "Never run")));
            assertThat(found.kind()).isEqualTo(Kind.DERIVED);
            assertThat(found.lines()).containsExactly("  You fix things.", "- Run the tests.", "+ Never run tests.");
            assertThat(Replay.of(recorded(graph(prompt.apply(then + "#1"))))
                            .through(graph(prompt.apply(then + "#2")))
                            .isSame())
                    .isTrue();
        }

        @Test
        void is_a_step_that_is_new_or_comes_no_more() throws Exception {
            Node two = (state, context) -> {
                step("first", 1).run(state, context);
                return step("second", 2).run(state, context);
            };
            assertThat(differs(step("first", 1), two))
                    .hasToString("'a' goes on to step 'second'; in the record it was over by then\n  + 2");
            assertThat(differs(two, step("first", 1)).what())
                    .isEqualTo("'a' is over without 'second', which was recorded");
            assertThat(differs(step("first", 1), step("other", 1)).what())
                    .isEqualTo("'a' goes on to step 'other'; recorded is 'first' instead");
        }

        @Test
        void is_a_question_in_other_words() throws Exception {
            Function<String, Node> asks = text -> (state, context) ->
                    Update.of(OUT, context.ask(Question.of(text, "yes", "no")).choice());
            Difference found = differs(asks.apply("drop the log?"), asks.apply("drop the table?"));
            assertThat(found.kind()).isEqualTo(Kind.QUESTION);
            assertThat(found.lines()).containsExactly("text:", "- drop the log?", "+ drop the table?");
        }

        @Test
        void is_what_a_node_writes() throws Exception {
            Function<String, Node> writes = text -> (state, context) -> Update.of(OUT, text);
            Difference found = differs(writes.apply("a"), writes.apply("b"));
            assertThat(found).hasToString("'a' writes something else\n  out:\n  - a\n  + b");
        }

        @Test
        void is_a_failure_that_is_new_gone_or_another() throws Exception {
            Node fails = (state, context) -> {
                throw new IllegalStateException("broken");
            };
            Node otherwise = (state, context) -> Update.of(OUT, state.get(OUT));
            assertThat(differs(step("s", 1), (state, context) -> {
                                step("s", 1).run(state, context);
                                return fails.run(state, context);
                            })
                            .what())
                    .isEqualTo("'a' fails: broken");
            assertThat(differs(fails, (state, context) -> Update.none()).what())
                    .isEqualTo("'a' failed when this was recorded, and does not now; it failed with:"
                            + " java.lang.IllegalStateException: broken");
            assertThat(differs(fails, otherwise).what())
                    .startsWith("'a' fails with 'missing-value' and not with 'node.exception': ");
        }

        @Test
        void is_another_way_on_a_new_node_or_one_that_runs_no_more() throws Exception {
            Node nothing = (state, context) -> Update.none();
            Graph two = builder()
                    .node("a", nothing)
                    .node("b", nothing)
                    .start("a")
                    .edge("a", "b")
                    .build();
            Graph three = builder()
                    .node("a", nothing)
                    .node("b", nothing)
                    .node("c", nothing)
                    .start("a")
                    .edge("a", "b")
                    .edge("a", "c")
                    .build();
            assertThat(Replay.of(recorded(two))
                            .through(three)
                            .difference()
                            .orElseThrow()
                            .what())
                    .isEqualTo("'a' goes on to [b, c] and not to [b]");
            assertThat(Replay.of(recorded(three))
                            .through(two)
                            .difference()
                            .orElseThrow()
                            .what())
                    .isEqualTo("'a' goes on to [b] and not to [b, c]");
        }

        @Test
        void is_the_one_that_began_first_whichever_branch_is_declared_first() throws Exception {
            Function<String, Graph> branches = word -> builder()
                    .node("a", (state, context) -> Update.none())
                    .node("x", step("x", word))
                    .node("y", step("y", word))
                    .start("a")
                    .edge("a", "y")
                    .edge("a", "x")
                    .build();
            RunView run = recorded(branches.apply("then"));
            String first = run.visited().get(1);
            assertThat(Replay.of(run)
                            .through(branches.apply("now"))
                            .difference()
                            .orElseThrow()
                            .at()
                            .node())
                    .isEqualTo(NodePath.of(first));
        }

        @Test
        void is_a_graph_that_does_not_take_the_input() throws Exception {
            Graph other = Graph.builder("g")
                    .channels(OUT)
                    .node("a", (state, context) -> Update.none())
                    .start("a")
                    .build();
            Difference found = Replay.of(recorded(graph((state, context) -> Update.none())))
                    .through(other)
                    .difference()
                    .orElseThrow();
            assertThat(found.kind()).isEqualTo(Kind.GRAPH);
            assertThat(found.what()).startsWith("graph 'g' does not take the run's input: ");
        }
    }
}
