package dev.yardmaster.graph;

import static dev.yardmaster.graph.ProgressTest.LOG;
import static dev.yardmaster.graph.ProgressTest.NOTHING;
import static dev.yardmaster.graph.ProgressTest.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.graph.ProgressTest.Hand;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Subgraphs and {@code forEach}, driven by hand. */
class CompositeTest {

    static final Channel<List<String>> FILES = Channel.listOf("files", String.class);
    static final Channel<String> FILE = Channel.of("file", String.class);
    static final Channel<Integer> FINDING = Channel.of("finding", Integer.class);
    static final Channel<List<Integer>> FINDINGS = Channel.listOf("findings", Integer.class);

    static State files(String... names) {
        return State.of(FILES, List.of(names));
    }

    static Graph reviewing(Node body, int limit) {
        return Graph.builder("reviewing")
                .channels(FILES, FINDINGS, LOG, WHO)
                .forEach("review", FILES, FILE, body, FINDING, FINDINGS, limit)
                .node("report", NOTHING)
                .start("review")
                .edge("review", "report")
                .build();
    }

    static Update finding(int value) {
        return Update.of(FINDING, value);
    }

    @Nested
    class A_for_each {
        @Test
        void runs_all_elements_at_once_and_collects_in_element_order() {
            var run = new Hand(reviewing(NOTHING, 8), files("a", "b", "c"));
            assertThat(run.started).containsExactly("review[0]", "review[1]", "review[2]");
            assertThat(run.running.get("review[1]").input().get(FILE)).isEqualTo("b");
            run.complete("review[2]", finding(2)).complete("review[0]", finding(0));
            assertThat(run.running).containsOnlyKeys("review[1]");
            run.complete("review[1]", finding(1)).complete("review", Update.none());
            assertThat(run.running.get("report").input().get(FINDINGS)).containsExactly(0, 1, 2);
        }

        @Test
        void starts_no_more_elements_at_once_than_it_may() {
            var run = new Hand(reviewing(NOTHING, 2), files("a", "b", "c", "d"));
            assertThat(run.running).containsOnlyKeys("review[0]", "review[1]");
            run.complete("review[1]", finding(1));
            assertThat(run.running).containsOnlyKeys("review[0]", "review[2]");
            run.complete("review[0]", finding(0)).complete("review[2]", finding(2));
            assertThat(run.running).containsOnlyKeys("review[3]");
        }

        @Test
        void over_nothing_is_over_at_once_with_an_empty_list() {
            var run = new Hand(reviewing(NOTHING, 8), files());
            assertThat(run.running).containsOnlyKeys("review");
            run.complete("review", Update.none());
            assertThat(run.running.get("report").input().get(FINDINGS)).isEmpty();
        }

        @Test
        void over_nothing_in_a_loop_reaches_a_limit() {
            var endless = Graph.builder("endless")
                    .channels(FILES, FINDINGS)
                    .forEach("review", FILES, FILE, NOTHING, FINDING, FINDINGS, 8)
                    .start("review")
                    .choose("review", state -> "review", "review", Graph.END)
                    .maxIterations(Integer.MAX_VALUE)
                    .maxExecutions(1_000)
                    .build();
            var progress = Progress.first(endless, files());
            while (!progress.isOver()) {
                progress.ready().forEach(each -> progress.complete(each, Update.none(), each.choose(Update.none())));
            }
            assertThat(progress.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo("limit.executions"));
        }

        @Test
        void keeps_element_and_result_to_the_element_and_merges_what_else_is_written_in_element_order() {
            var run = new Hand(reviewing(NOTHING, 8), files("a", "b"));
            run.complete("review[1]", finding(1).and(LOG, List.of("second")))
                    .complete("review[0]", finding(0).and(LOG, List.of("first")))
                    .complete("review", Update.none());
            State after = run.running.get("report").input();
            assertThat(after.find(FILE)).isEmpty();
            assertThat(after.find(FINDING)).isEmpty();
            assertThat(after.get(LOG)).containsExactly("first", "second");
        }

        @Test
        void whose_elements_overwrite_one_channel_fails_with_the_conflict() {
            var run = new Hand(reviewing(NOTHING, 8), files("a", "b"))
                    .complete("review[0]", finding(0).and(WHO, "x"))
                    .complete("review[1]", finding(1).and(WHO, "x"));
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.at().value()).isEqualTo("review");
                assertThat(failure.message()).contains("channel 'who'", "'review[0]'", "'review[1]'");
            });
        }

        @Test
        void whose_element_fails_lets_the_others_finish_and_then_fails() {
            var run = new Hand(reviewing(NOTHING, 1), files("a", "b")).fail("review[0]");
            assertThat(run.running).containsOnlyKeys("review[1]");
            run.complete("review[1]", finding(1));
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.failures()).hasSize(1);
        }

        @Test
        void and_what_is_in_a_subgraph_came_from_where_their_edges_start() {
            var inner = Graph.builder("inner")
                    .channels(LOG)
                    .node("x", NOTHING)
                    .node("y", NOTHING)
                    .start("x")
                    .edge("x", "y")
                    .build();
            var graph = Graph.builder("g")
                    .channels(FILES, FINDINGS, LOG)
                    .node("a", NOTHING)
                    .forEach("review", FILES, FILE, NOTHING, FINDING, FINDINGS, 1)
                    .node("sub", inner)
                    .start("a")
                    .edge("a", "review")
                    .edge("a", "sub")
                    .build();
            var run = new Hand(graph, files("f")).complete("a", Update.none());
            assertThat(run.running.get("review[0]").arrivedFrom()).containsExactly("a");
            assertThat(run.running.get("sub/x").arrivedFrom()).isEmpty();
            run.complete("sub/x", Update.none());
            assertThat(run.running.get("sub/y").arrivedFrom()).containsExactly("x");
        }

        @Test
        void says_which_element_has_no_result() {
            var run = new Hand(reviewing(NOTHING, 1), files("a")).complete("review[0]", Update.none());
            assertThat(run.progress.failures().getFirst().message())
                    .startsWith("element 'review[0]' wrote nothing to channel 'finding'");
        }

        @Test
        void fails_when_its_list_was_never_written() {
            var run = new Hand(reviewing(NOTHING, 1));
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.failures().getFirst()).satisfies(failure -> {
                assertThat(failure.at().value()).isEqualTo("review");
                assertThat(failure.message()).contains("channel 'files' has no value");
            });
        }

        @Test
        void may_be_decided_on_what_it_collected() {
            var graph = Graph.builder("g")
                    .channels(FILES, FINDINGS)
                    .forEach("review", FILES, FILE, NOTHING, FINDING, FINDINGS, 8)
                    .node("bad", NOTHING)
                    .start("review")
                    .choose("review", state -> state.get(FINDINGS).contains(7) ? "bad" : Graph.END, "bad", Graph.END)
                    .build();
            var run = new Hand(graph, files("a"))
                    .complete("review[0]", finding(7))
                    .complete("review", Update.none());
            assertThat(run.running).containsOnlyKeys("bad");
        }

        @Test
        void of_a_graph_in_a_loop_nested_in_another_names_every_execution_apart() {
            Channel<List<String>> parts = Channel.listOf("parts", String.class);
            Channel<String> part = Channel.of("part", String.class);
            Channel<Integer> size = Channel.of("size", Integer.class);
            Channel<List<Integer>> sizes = Channel.listOf("sizes", Integer.class);
            var inner = Graph.builder("inner")
                    .channels(FILE, FINDING, parts, sizes)
                    .node("split", NOTHING)
                    .forEach("measure", parts, part, NOTHING, size, sizes, 8)
                    .node("sum", NOTHING)
                    .start("split")
                    .edge("split", "measure")
                    .edge("measure", "sum")
                    .build();
            var outer = Graph.builder("outer")
                    .channels(FILES, FINDINGS, parts.withInitial(List.of()), sizes)
                    .forEach("review", FILES, FILE, inner, FINDING, FINDINGS, 8)
                    .start("review")
                    .choose(
                            "review",
                            state -> state.get(FINDINGS).contains(0) ? "review" : Graph.END,
                            "review",
                            Graph.END);
            assertThat(GraphBuilderTest.problemsOf(outer))
                    .singleElement()
                    .asString()
                    .contains("use one Channel constant");

            var looping = Graph.builder("outer")
                    .channels(FILES, FINDINGS, parts, sizes.withReducer(Reducer.append()))
                    .forEach("review", FILES, FILE, wrapped(inner, parts, sizes), FINDING, FINDINGS, 8)
                    .start("review")
                    .choose(
                            "review",
                            state -> state.get(FINDINGS).contains(0) ? "review" : Graph.END,
                            "review",
                            Graph.END)
                    .build();
            var run = new Hand(looping, files("a"))
                    .complete("review[0]/inside/split", Update.of(parts, List.of("x", "y")))
                    .complete("review[0]/inside/measure[1]", Update.of(size, 1))
                    .complete("review[0]/inside/measure[0]", Update.of(size, 2))
                    .complete("review[0]/inside/measure", Update.none());
            assertThat(run.running.get("review[0]/inside/sum").input().get(sizes))
                    .containsExactly(2, 1);
            run.complete("review[0]/inside/sum", finding(0))
                    .complete("review[0]/inside", Update.none())
                    .complete("review", Update.none());
            assertThat(run.running).containsOnlyKeys("review#2[0]/inside/split");
        }

        private static Graph wrapped(Graph inner, Channel<List<String>> parts, Channel<List<Integer>> sizes) {
            return Graph.builder("wrapped")
                    .channels(FILE, FINDING, sizes.withReducer(Reducer.append()))
                    .subgraph(
                            "inside",
                            inner,
                            ChannelMapping.none()
                                    .in(FILE, FILE)
                                    .out(FINDING, FINDING)
                                    .out(sizes, sizes.withReducer(Reducer.append())))
                    .start("inside")
                    .build();
        }

        @Test
        void lists_what_is_ready_in_declaration_then_element_order() {
            var graph = Graph.builder("g")
                    .channels(FILES, FINDINGS)
                    .node("a", NOTHING)
                    .node("z", NOTHING)
                    .forEach("review", FILES, FILE, NOTHING, FINDING, FINDINGS, 20)
                    .node("b", NOTHING)
                    .start("a")
                    .edge("a", "b")
                    .edge("a", "review")
                    .edge("a", "z")
                    .build();
            var names = IntStream.range(0, 12).mapToObj(i -> "f" + i).toArray(String[]::new);
            var run = new Hand(graph, files(names)).complete("a", Update.none());
            assertThat(run.started)
                    .startsWith("a", "z", "review[0]", "review[1]", "review[2]")
                    .endsWith("review[10]", "review[11]", "b");
        }
    }

    @Nested
    class A_subgraph {
        static final Graph INNER = Graph.builder("inner")
                .channels(LOG)
                .node("x", NOTHING)
                .node("y", NOTHING)
                .start("x")
                .edge("x", "y")
                .build();

        @Test
        void on_shared_channels_is_one_unit_with_a_completion_of_its_own() {
            var graph = Graph.builder("outer")
                    .channels(LOG)
                    .node("a", NOTHING)
                    .node("sub", INNER)
                    .node("b", NOTHING)
                    .start("a")
                    .edge("a", "sub")
                    .choose("sub", state -> state.get(LOG).contains("sub/y") ? "b" : Graph.END, "b", Graph.END)
                    .build();
            var run = new Hand(graph).complete("a", "sub/x", "sub/y");
            assertThat(run.running.get("sub").body()).isEmpty();
            run.complete("sub", Update.none()).complete("b");
            assertThat(run.log()).containsExactly("a", "sub/x", "sub/y", "b");
        }

        @Test
        void that_fails_lets_nothing_behind_it_run() {
            var graph = Graph.builder("outer")
                    .channels(LOG)
                    .node("sub", INNER)
                    .node("b", NOTHING)
                    .start("sub")
                    .edge("sub", "b")
                    .build();
            var run = new Hand(graph).fail("sub/x");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.started).containsExactly("sub/x");
        }

        @Test
        void with_channels_of_its_own_sees_what_is_mapped_in_and_gives_what_is_mapped_out() {
            Channel<String> question = Channel.of("question", String.class);
            Channel<List<String>> lines = Channel.listOf("lines", String.class).withReducer(Reducer.append());
            var own = Graph.builder("own")
                    .channels(question, lines)
                    .node("x", NOTHING)
                    .start("x")
                    .build();
            var graph = Graph.builder("outer")
                    .channels(WHO, LOG)
                    .subgraph(
                            "sub", own, ChannelMapping.none().in(WHO, question).out(lines, LOG))
                    .start("sub")
                    .build();
            var run = new Hand(graph, State.of(WHO, "me").with(LOG, List.of("before")));
            State inside = run.running.get("sub/x").input();
            assertThat(inside.json()).containsOnlyKeys("question");
            assertThat(inside.get(question)).isEqualTo("me");
            run.complete("sub/x", Update.of(lines, List.of("one", "two"))).complete("sub", Update.none());
            assertThat(run.log()).containsExactly("before", "one", "two");
            assertThat(run.progress.result().orElseThrow().json()).containsOnlyKeys("log", "who");
        }

        @Test
        void run_inside_a_node_gives_its_writes_as_one_update() throws Exception {
            var graph = Graph.builder("inline")
                    .channels(LOG, WHO)
                    .node("x", (state, context) -> Update.of(LOG, List.of("x")))
                    .node("y", (state, context) -> Update.of(LOG, List.of("y")).and(WHO, "y"))
                    .start("x")
                    .edge("x", "y")
                    .build();
            State input = State.of(LOG, List.of("before"));
            State after = input.after(graph.run(input, new NoContext()), "outer");
            assertThat(after.get(LOG)).containsExactly("before", "x", "y");
            assertThat(after.get(WHO)).isEqualTo("y");
        }
    }

    @Nested
    class A_dynamic_graph {
        /** One node for each letter of WHO, in a row. */
        static Graph row(State state) {
            var builder = Graph.builder("row").channels(LOG);
            List<String> letters =
                    state.get(WHO).chars().mapToObj(Character::toString).toList();
            letters.forEach(letter -> builder.node(letter, NOTHING));
            for (int i = 1; i < letters.size(); i++) {
                builder.edge(letters.get(i - 1), letters.get(i));
            }
            return builder.start(letters.getFirst()).build();
        }

        static Graph outer(Function<State, Graph> maker) {
            return Graph.builder("outer")
                    .channels(LOG, WHO)
                    .node("plan", NOTHING)
                    .node("work", Graph.dynamic(maker))
                    .node("end", NOTHING)
                    .start("plan")
                    .edge("plan", "work")
                    .choose("work", state -> state.get(WHO).length() > 1 ? "plan" : "end", "plan", "end")
                    .build();
        }

        @Test
        void is_made_from_the_state_each_time_its_turn_comes() {
            var run = new Hand(outer(A_dynamic_graph::row));
            run.complete("plan", Update.of(WHO, "ab")).complete("work/a", "work/b");
            run.complete("work", Update.none()).complete("plan#2", Update.of(WHO, "c"));
            run.complete("work#2/c").complete("work#2", Update.none()).complete("end");
            assertThat(run.started)
                    .containsExactly("plan", "work/a", "work/b", "work", "plan#2", "work#2/c", "work#2", "end");
            assertThat(run.log()).containsExactly("work/a", "work/b", "work#2/c", "end");
        }

        @Test
        void is_made_for_each_element_when_it_is_the_body_of_a_for_each() {
            var graph = reviewing(
                    Graph.dynamic(state -> Graph.builder("one")
                            .channels(FILE, FINDING)
                            .node(state.get(FILE), NOTHING)
                            .start(state.get(FILE))
                            .build()),
                    8);
            var run = new Hand(graph, files("a", "b"));
            assertThat(run.started).containsExactly("review[0]/a", "review[1]/b");
            run.complete("review[0]/a", finding(1)).complete("review[1]/b", finding(2));
            run.complete("review", Update.none());
            assertThat(run.running.get("report").input().get(FINDINGS)).containsExactly(1, 2);
        }

        @Test
        void that_cannot_be_made_fails_its_node_with_the_reason() {
            var run = new Hand(outer(state -> {
                throw new IllegalArgumentException("no plan");
            }));
            run.complete("plan", Update.of(WHO, "a"));
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo("graph.dynamic");
                assertThat(failure.at().value()).isEqualTo("work");
                assertThat(failure.message()).contains("'work'", "no plan");
            });
        }

        @Test
        void that_needs_other_channels_fails_its_node_and_names_them() {
            var run = new Hand(outer(state -> Graph.builder("own")
                    .channels(FILE)
                    .node("x", NOTHING)
                    .start("x")
                    .build()));
            run.complete("plan", Update.of(WHO, "a"));
            assertThat(run.progress.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.message()).contains("channel 'file'", "add it to"));
        }

        @Test
        void is_no_node_for_a_policy() {
            var dynamic = Graph.dynamic(A_dynamic_graph::row);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> Graph.builder("g").node("x", dynamic, NodePolicy.retry(2)))
                    .withMessageContaining("'x' is a graph");
        }
    }

    @Nested
    class Building {
        @Test
        void refuses_channels_that_do_not_fit_and_says_what_to_do() {
            assertThatExceptionOfType(InvalidGraphException.class)
                    .isThrownBy(() -> Graph.builder("outer")
                            .channels(WHO)
                            .forEach("review", FILES, FILE, A_subgraph.INNER, FINDING, FINDINGS, 2)
                            .start("review")
                            .build())
                    .satisfies(e -> assertThat(e.problems())
                            .containsExactly(
                                    "forEach 'review' takes its elements from channel 'files', which is not declared;"
                                            + " add it to channels(…)",
                                    "forEach 'review' writes channel 'findings', which is not declared; add it to"
                                            + " channels(…)",
                                    "forEach 'review' declares channel 'log', which this graph does not; add it to"
                                            + " channels(…), or give the subgraph channels of its own with"
                                            + " subgraph(…, mapping)",
                                    "forEach 'review' takes its result from channel 'finding', which graph 'inner' does"
                                            + " not declare; add it to its channels(…) and let a node write it"));
        }

        @Test
        void an_element_may_write_its_result_and_declared_channels_only() {
            var run = new Hand(reviewing(NOTHING, 1), files("a"));
            Execution element = run.running.get("review[0]");
            element.check(finding(1).and(LOG, List.of()));
            assertThatExceptionOfType(UndeclaredChannelException.class)
                    .isThrownBy(() -> element.check(Update.of(FILE, "x")));
        }

        @Test
        void the_fingerprint_covers_subgraphs() {
            var other = Graph.builder("inner")
                    .channels(LOG)
                    .node("x", NOTHING)
                    .start("x")
                    .build();
            assertThat(outer(A_subgraph.INNER).fingerprint())
                    .isNotEqualTo(outer(other).fingerprint());
        }

        private static Graph outer(Graph inner) {
            return Graph.builder("outer")
                    .channels(LOG)
                    .node("sub", inner)
                    .start("sub")
                    .build();
        }
    }
}
