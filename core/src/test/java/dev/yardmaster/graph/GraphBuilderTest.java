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
                        + " conflict; give the channel a reducer ('last' if any will do), or write to two channels");
        assertThat(problemsOf(fork.edge("b", "c"))).isEmpty();
    }

    @Test
    void refuses_channels_that_nodes_write_and_nobody_declares_or_declares_otherwise() {
        assertThat(problemsOf(Graph.builder("g")
                        .channels(ProgressTest.WHO, CompositeTest.FINDING)
                        .node("a", writing(Channel.of("wo", String.class)))
                        .node("b", writing(Channel.of("who", Integer.class)))
                        .node("c", writing(CompositeTest.FINDING.withReducer(Reducer.sum())))
                        .start("a")
                        .edge("a", "b")
                        .edge("b", "c")))
                .containsExactly(
                        "node 'a' writes channel 'wo', which is not declared; add it to channels(…); did you mean 'who'?",
                        "node 'b' writes channel 'who' as java.lang.Integer, and it is declared as"
                                + " java.lang.String; use one Channel constant in both places",
                        "node 'c' writes channel 'finding' as java.lang.Integer with reducer 'sum', and it is declared as"
                                + " java.lang.Integer; use one Channel constant in both places");
    }

    /** One of each kind that can be found beside others. */
    @Test
    void tells_what_is_wrong_with_channels_nodes_and_edges_in_one_go_and_what_each_is_about() {
        var builder = Graph.builder("g")
                .channels(ProgressTest.WHO, Channel.of("thread", Thread.class), Channel.of("who", Integer.class))
                .node("a", ProgressTest.NOTHING)
                .node("a", ProgressTest.NOTHING)
                .node("b.c", writing(Channel.of("nobody", String.class)))
                .start("a")
                .edge("a", "d")
                .edge("e", "a");
        assertThatExceptionOfType(InvalidGraphException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> {
                    assertThat(e.problems()).hasSize(7);
                    assertThat(e.details())
                            .extracting(problem -> problem.node()
                                    .or(() -> problem.edge().map(Edge::toString))
                                    .orElse(""))
                            .containsExactly("", "", "b.c", "a", "b.c", "'a' → 'd'", "'e' → 'a'");
                });
    }

    @Test
    void tells_what_is_wrong_with_the_shape_in_one_go() {
        assertThat(problemsOf(graph("start", "head", "left", "right", "out", "lost")
                        .node("writer", writing(ProgressTest.WHO))
                        .node("other", writing(ProgressTest.WHO))
                        .edge("start", "head")
                        .edge("head", "left")
                        .edge("head", "right")
                        .edge("left", "out")
                        .edge("right", "head", state -> true)
                        .edge("start", "writer")
                        .edge("start", "other")
                        .edge("lost", "head", state -> true)))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("node 'lost' cannot be reached"),
                        problem -> assertThat(problem).contains("'head' → 'left' always leaves the loop"),
                        problem -> assertThat(problem).contains("'writer' and 'other' run in parallel"));
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
