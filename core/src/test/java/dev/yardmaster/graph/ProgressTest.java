package dev.yardmaster.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Drives the scheduler by hand: no threads, no clock. */
class ProgressTest {

    static final Channel<List<String>> LOG = Channel.listOf("log", String.class).withReducer(Reducer.append());
    static final Channel<String> WHO = Channel.of("who", String.class);
    static final Node NOTHING = (state, context) -> Update.none();

    /** A run whose nodes complete when the test says so; each writes its path to LOG. */
    static final class Hand {
        final Graph graph;
        final Progress progress;
        final Map<String, Execution> running = new HashMap<>();
        final List<String> started = new ArrayList<>();

        Hand(Graph graph) {
            this(graph, State.empty());
        }

        Hand(Graph graph, State input) {
            this.graph = graph;
            this.progress = Progress.first(graph, input);
            collect();
        }

        private void collect() {
            for (Execution execution : progress.ready()) {
                running.put(execution.path().value(), execution);
                started.add(execution.path().value());
            }
        }

        Hand complete(String... paths) {
            for (String path : paths) {
                complete(path, Update.of(LOG, List.of(path)));
            }
            return this;
        }

        Hand complete(String path, Update update) {
            Execution execution = running.remove(path);
            assertThat(execution)
                    .as("execution '%s' among %s", path, running.keySet())
                    .isNotNull();
            progress.complete(execution, update, execution.choose(update));
            collect();
            return this;
        }

        Hand fail(String path) {
            Execution execution = running.remove(path);
            progress.fail(execution, Failure.of("test", "on purpose", execution.path()));
            collect();
            return this;
        }

        List<String> log() {
            return progress.result().orElseThrow().get(LOG);
        }
    }

    static GraphBuilder graph(String... nodes) {
        var builder = Graph.builder("test").channels(LOG, WHO).start(nodes[0]);
        Arrays.stream(nodes).forEach(node -> builder.node(node, NOTHING));
        return builder;
    }

    @Nested
    class A_sequence {
        @Test
        void runs_one_after_the_other() {
            var run = new Hand(graph("a", "b").edge("a", "b").build());
            assertThat(run.running).containsOnlyKeys("a");
            run.complete("a");
            assertThat(run.running).containsOnlyKeys("b");
            run.complete("b");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.log()).containsExactly("a", "b");
        }

        @Test
        void of_a_hundred_thousand_nodes_needs_no_recursion() {
            String[] names = new String[100_000];
            Arrays.setAll(names, i -> "n" + i);
            var builder = graph(names);
            for (int i = 1; i < names.length; i++) {
                builder.edge(names[i - 1], names[i]);
            }
            var run = new Hand(builder.build());
            for (String name : names) {
                run.complete(name, Update.none());
            }
            assertThat(run.progress.isOver()).isTrue();
        }
    }

    @Nested
    class A_join {
        final Graph graph = graph("a", "b", "c", "d")
                .edge("a", "b")
                .edge("a", "c")
                .edge("b", "d")
                .edge("c", "d")
                .build();

        @Test
        void waits_for_every_branch() {
            var run = new Hand(graph).complete("a", "c");
            assertThat(run.running).containsOnlyKeys("b");
        }

        @Test
        void folds_in_the_order_of_declaration_whatever_finished_first() {
            assertThat(new Hand(graph).complete("a", "b", "c", "d").log()).containsExactly("a", "b", "c", "d");
            assertThat(new Hand(graph).complete("a", "c", "b", "d").log()).containsExactly("a", "b", "c", "d");
        }

        @Test
        void reports_a_conflict_with_channel_both_nodes_and_remedy() {
            var run = new Hand(graph)
                    .complete("a")
                    .complete("b", Update.of(WHO, "b"))
                    .complete("c", Update.of(WHO, "b"));
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.message())
                            .contains("'d'", "channel 'who'", "'b'", "'c'", "declare a reducer"));
        }

        @Test
        void whose_reducer_fails_is_a_failure_of_that_join() {
            Channel<Integer> sum = Channel.of("sum", Integer.class).withReducer(Reducer.sum());
            var joining = Graph.builder("g")
                    .channels(sum)
                    .node("a", NOTHING)
                    .node("b", NOTHING)
                    .node("c", NOTHING)
                    .node("d", NOTHING)
                    .start("a")
                    .edge("a", "b")
                    .edge("a", "c")
                    .edge("b", "d")
                    .edge("c", "d")
                    .build();
            var run = new Hand(joining)
                    .complete("a", Update.none())
                    .complete("b", Update.of(sum, Integer.MAX_VALUE))
                    .complete("c", Update.of(sum, 1));
            assertThat(run.progress.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.at().value()).isEqualTo("d");
                assertThat(failure.message()).contains("cannot be merged", "integer overflow");
            });
        }

        @Test
        void takes_the_longer_history_when_one_extends_the_other() {
            var run = new Hand(graph)
                    .complete("a", Update.of(WHO, "a"))
                    .complete("b", Update.of(WHO, "b"))
                    .complete("c", "d");
            assertThat(run.progress.result().orElseThrow().get(WHO)).isEqualTo("b");
        }
    }

    @Nested
    class A_choice {
        final Graph graph = graph("a", "b", "c", "d")
                .choose("a", state -> state.get(LOG).contains("go c") ? "c" : "b", "b", "c")
                .edge("b", "d")
                .edge("c", "d")
                .build();

        @Test
        void skips_what_it_does_not_pick_and_the_join_goes_on_with_the_rest() {
            var run = new Hand(graph)
                    .complete("a", Update.of(LOG, List.of("go c")))
                    .complete("c", "d");
            assertThat(run.started).containsExactly("a", "c", "d");
            assertThat(run.log()).containsExactly("go c", "c", "d");
        }

        @Test
        void may_end_the_path() {
            var ending = graph("a", "b")
                    .choose("a", state -> Graph.END, "b", Graph.END)
                    .build();
            var run = new Hand(ending).complete("a");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.log()).containsExactly("a");
        }
    }

    @Nested
    class A_loop {
        final Graph graph = graph("build", "test", "audit", "report", "publish")
                .edge("build", "test")
                .edge("build", "audit")
                .edge("test", "report")
                .edge("audit", "report")
                .choose(
                        "report",
                        state -> state.get(LOG).contains("report#2") ? "publish" : "build",
                        "build",
                        "publish")
                .build();

        @Test
        void goes_round_and_numbers_its_iterations() {
            var run = new Hand(graph).complete("build", "audit", "test", "report");
            assertThat(run.running).containsOnlyKeys("build#2");
            run.complete("build#2", "test#2", "audit#2", "report#2", "publish");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.log())
                    .containsExactly(
                            "build", "test", "audit", "report", "build#2", "test#2", "audit#2", "report#2", "publish");
        }

        @Test
        void waits_for_a_side_branch_before_it_goes_round() {
            var sided = graph("a", "b", "side")
                    .edge("a", "b")
                    .edge("a", "side", state -> true)
                    .edge("side", "a", state -> false)
                    .choose("b", state -> state.get(LOG).contains("b#2") ? Graph.END : "a", "a", Graph.END)
                    .build();
            var run = new Hand(sided).complete("a", "b");
            assertThat(run.running).containsOnlyKeys("side");
            run.complete("side");
            assertThat(run.running).containsOnlyKeys("a#2");
            run.complete("a#2", "b#2", "side#2");
            assertThat(run.log()).containsExactly("a", "b", "side", "a#2", "b#2", "side#2");
        }

        @Test
        void nested_in_another_counts_both() {
            var nested = graph("outer", "inner", "end")
                    .edge("outer", "inner")
                    .choose("inner", state -> state.get(LOG).getLast().endsWith("x") ? "inner" : "end", "inner", "end")
                    .choose("end", state -> state.get(LOG).size() < 6 ? "outer" : Graph.END, "outer", Graph.END)
                    .build();
            var run = new Hand(nested)
                    .complete("outer")
                    .complete("inner", Update.of(LOG, List.of("x")))
                    .complete("inner#1.2", "end", "outer#2", "inner#2.1", "end#2");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.started)
                    .containsExactly("outer", "inner", "inner#1.2", "end", "outer#2", "inner#2.1", "end#2");
        }

        @Test
        void that_goes_back_and_leaves_at_once_fails_and_names_both_edges() {
            var both = graph("a", "b", "c")
                    .edge("a", "b")
                    .edge("a", "c")
                    .choose("b", state -> "a", "a", Graph.END)
                    .choose("c", state -> Graph.END, "a", Graph.END)
                    .build();
            var run = new Hand(both).complete("a", "b", "c");
            assertThat(run.progress.failures().getFirst().message()).contains("'b' → 'a'", "'c' → 'END'");
        }

        @Test
        void ends_with_an_error_at_its_limit() {
            var endless = graph("a")
                    .choose("a", state -> "a", "a", Graph.END)
                    .maxIterations(3)
                    .build();
            var run = new Hand(endless).complete("a", "a#2", "a#3");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.failures().getFirst().message()).contains("'a'", "3 times", "maxIterations");
        }

        @Test
        void of_a_hundred_thousand_iterations_keeps_its_history_flat() {
            var counting = graph("a")
                    .choose("a", state -> state.get(WHO).equals("100000") ? Graph.END : "a", "a", Graph.END)
                    .maxIterations(100_000)
                    .maxExecutions(200_000)
                    .build();
            var progress = Progress.first(counting, State.of(WHO, "0"));
            int longest = 0;
            for (int i = 1; i <= 100_000; i++) {
                Execution execution = progress.ready().getFirst();
                longest = Math.max(longest, execution.input().knownWrites());
                var update = Update.of(WHO, "" + i).and(LOG, List.of("" + i));
                progress.complete(execution, update, execution.choose(update));
            }
            assertThat(progress.result().orElseThrow().get(LOG))
                    .hasSize(100_000)
                    .endsWith("100000");
            assertThat(longest).isEqualTo(3);
        }
    }

    @Nested
    class Where_an_execution_came_from {
        @Test
        void is_told_by_the_edges_that_were_taken() {
            var graph = graph("a", "b", "c", "d", "join")
                    .edge("a", "d")
                    .edge("a", "c", state -> false)
                    .edge("a", "b")
                    .edge("d", "join")
                    .edge("c", "join")
                    .edge("b", "join")
                    .build();
            var run = new Hand(graph);
            assertThat(run.running.get("a").arrivedFrom()).isEmpty();
            run.complete("a", "b", "d");
            assertThat(run.running.get("join").arrivedFrom()).containsExactly("d", "b");
        }

        @Test
        void tells_a_loop_that_begins_from_one_that_goes_round() {
            var graph = graph("before", "head", "x", "y")
                    .edge("before", "head")
                    .edge("head", "x")
                    .edge("head", "y")
                    .edge("x", "head", state -> !state.get(LOG).contains("x#2"))
                    .edge("y", "head", state -> !state.get(LOG).contains("y#2"))
                    .build();
            var run = new Hand(graph).complete("before");
            assertThat(run.running.get("head").arrivedFrom()).containsExactly("before");
            run.complete("head", "y", "x");
            assertThat(run.running.get("head#2").arrivedFrom()).containsExactly("x", "y");
        }
    }

    @Nested
    class A_failure {
        @Test
        void stops_what_is_behind_it_and_nothing_else() {
            var run = new Hand(graph("a", "b", "c", "behind-b", "behind-c")
                            .edge("a", "b")
                            .edge("a", "c")
                            .edge("b", "behind-b")
                            .edge("c", "behind-c")
                            .build())
                    .complete("a")
                    .fail("b");
            assertThat(run.progress.isOver()).isFalse();
            run.complete("c", "behind-c");
            assertThat(run.progress.isOver()).isTrue();
            assertThat(run.progress.result()).isEmpty();
            assertThat(run.progress.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.at().value()).isEqualTo("b"));
        }
    }
}
