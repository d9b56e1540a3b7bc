package dev.yardmaster.graph;

import static dev.yardmaster.graph.ProgressTest.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

    static List<String> problemsOf(GraphBuilder builder) {
        try {
            builder.build();
            return List.of();
        } catch (InvalidGraphException e) {
            return e.problems();
        }
    }

    @Test
    void names_every_problem_at_once_with_its_remedy() {
        assertThatExceptionOfType(InvalidGraphException.class)
                .isThrownBy(() ->
                        graph("build", "test", "audit").edge("build", "tset").build())
                .withMessage("""
                        graph 'test' has 1 problem:
                          - edge 'build' → 'tset' leads to no node; did you mean 'test'?""");
        assertThat(problemsOf(graph("build", "test", "audit").edge("build", "test")))
                .containsExactly(
                        "node 'audit' cannot be reached from the start 'build'; add an edge to it or remove it");
    }

    @Test
    void refuses_a_start_that_is_missing_or_no_node() {
        assertThat(problemsOf(Graph.builder("g").node("a", ProgressTest.NOTHING)))
                .singleElement()
                .asString()
                .contains("no start");
        assertThat(problemsOf(
                        Graph.builder("g").node("build", ProgressTest.NOTHING).start("biuld")))
                .singleElement()
                .asString()
                .contains("did you mean 'build'?");
    }

    @Test
    void refuses_names_that_paths_could_not_hold_and_names_used_twice() {
        assertThat(problemsOf(graph("a/b"))).singleElement().asString().contains("'a/b' is not usable");
        assertThat(problemsOf(graph("a", "a"))).contains("node 'a' is declared twice; rename one");
        assertThat(problemsOf(graph("END"))).isNotEmpty();
    }

    @Test
    void refuses_an_arrow_declared_twice() {
        assertThat(problemsOf(graph("a", "b").edge("a", "b").edge("a", "b", state -> true)))
                .singleElement()
                .asString()
                .contains("declared twice");
    }

    @Test
    void refuses_a_loop_with_two_entries_and_names_them() {
        assertThat(problemsOf(graph("a", "b", "c")
                        .edge("a", "b")
                        .edge("a", "c")
                        .edge("b", "c", state -> true)
                        .edge("c", "b", state -> true)))
                .containsExactly(
                        "a loop can be entered at 'b' and at 'c'; give it one entry: lead those edges to one node before"
                                + " the loop");
    }

    @Test
    void refuses_a_plain_edge_out_of_a_loop_and_says_where_it_should_lead() {
        assertThat(problemsOf(graph("build", "test", "notify")
                        .edge("build", "test")
                        .edge("build", "notify")
                        .choose("test", state -> "build", "build", Graph.END)))
                .singleElement()
                .asString()
                .contains("'build' → 'notify' always leaves the loop that starts at 'build'", "leads to 'test'");
    }

    @Test
    void refuses_channels_that_have_no_json_form_or_two_types() {
        assertThat(problemsOf(graph("a").channels(Channel.of("thread", Thread.class))))
                .singleElement()
                .asString()
                .contains("channel 'thread' cannot be stored");
        assertThat(problemsOf(graph("a").channels(Channel.of("who", Integer.class))))
                .singleElement()
                .asString()
                .contains("different types", "String", "Integer");
    }

    @Test
    void a_choice_may_only_pick_its_targets() {
        var graph = graph("a", "build")
                .choose("a", state -> "biuld", "build", Graph.END)
                .build();
        assertThatExceptionOfType(InvalidChoiceException.class)
                .isThrownBy(() -> graph.choose("a", State.empty()))
                .withMessageContaining("'a' picked 'biuld'")
                .withMessageContaining("did you mean 'build'?");
    }

    @Test
    void the_fingerprint_changes_with_the_shape_and_not_with_the_code() {
        var one = graph("a", "b").edge("a", "b").build();
        assertThat(graph("a", "b").edge("a", "b").build().fingerprint()).isEqualTo(one.fingerprint());
        assertThat(graph("a", "b")
                        .edge("a", "b", state -> true)
                        .edge("b", Graph.END)
                        .build()
                        .fingerprint())
                .isNotEqualTo(one.fingerprint());
    }

    /** A node that says what it writes. */
    static Node writing(Channel<?> channel) {
        return new Node() {
            @Override
            public Update run(State state, NodeContext context) {
                return Update.none();
            }

            @Override
            public List<Channel<?>> writes() {
                return List.of(channel);
            }
        };
    }

    @Test
    void tells_problems_of_channels_and_of_the_shape_together() {
        assertThat(problemsOf(graph("a", "b")
                        .channels(Channel.of("thread", Thread.class))
                        .edge("a", "b")
                        .edge("b", "a", state -> true)
                        .edge("b", Graph.END)))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("channel 'thread' cannot be stored"))
                .anyMatch(problem -> problem.contains("always leaves the loop"));
    }

    @Test
    void refuses_parallel_branches_that_are_known_to_write_one_channel() {
        var fork = Graph.builder("g")
                .channels(ProgressTest.WHO, ProgressTest.LOG)
                .node("a", ProgressTest.NOTHING)
                .node("b", writing(ProgressTest.WHO))
                .node("c", writing(ProgressTest.WHO))
                .node("d", writing(ProgressTest.LOG))
                .node("e", writing(ProgressTest.LOG))
                .start("a")
                .edge("a", "b")
                .edge("a", "d")
                .edge("a", "e")
                .edge("d", "c");
        assertThat(problemsOf(fork))
                .containsExactly("nodes 'b' and 'c' run in parallel and both write channel 'who', so the run ends in a"
                        + " conflict; declare a reducer (Reducer.last() if any will do), or write to two channels");
        assertThat(problemsOf(fork.edge("b", "c"))).isEmpty();
    }

    @Test
    void lets_alternatives_write_one_channel() {
        assertThat(problemsOf(Graph.builder("g")
                        .channels(ProgressTest.WHO)
                        .node("a", ProgressTest.NOTHING)
                        .node("b", writing(ProgressTest.WHO))
                        .node("c", writing(ProgressTest.WHO))
                        .start("a")
                        .choose("a", state -> "b", "b", "c")))
                .isEmpty();
    }

    @Test
    void refuses_elements_that_are_known_to_write_one_channel() {
        assertThat(problemsOf(Graph.builder("g")
                        .channels(ProgressTest.WHO, CompositeTest.FILES, CompositeTest.FINDINGS)
                        .forEach(
                                "each",
                                CompositeTest.FILES,
                                CompositeTest.FILE,
                                writing(ProgressTest.WHO),
                                CompositeTest.FINDING,
                                CompositeTest.FINDINGS,
                                2)
                        .start("each")))
                .singleElement()
                .asString()
                .contains("every element of forEach 'each' writes channel 'who'", "or write to 'finding'");
    }

    @Test
    void hints_at_loops_that_contradict_themselves_or_never_end() {
        assertThat(graph("a", "b", "c")
                        .edge("a", "b")
                        .edge("a", "c")
                        .choose("b", state -> "a", "a", Graph.END)
                        .choose("c", state -> Graph.END, "a", Graph.END)
                        .build()
                        .hints())
                .singleElement()
                .asString()
                .contains("nodes 'b' and 'c' both run in every iteration", "let one node decide");
        assertThat(graph("a").edge("a", "a").build().hints())
                .containsExactly("edge 'a' → 'a' always goes back, so the loop ends only at its limit; make the edge"
                        + " conditional");
        assertThat(graph("a", "b")
                        .edge("a", "b")
                        .choose("b", state -> "a", "a", Graph.END)
                        .build()
                        .hints())
                .isEmpty();
    }
}
