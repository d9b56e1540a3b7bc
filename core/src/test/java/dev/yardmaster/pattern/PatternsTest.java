package dev.yardmaster.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PatternsTest {

    static final Channel<List<String>> LOG = Channel.listOf("log", String.class).withReducer(Reducer.append());
    static final Channel<List<Integer>> NUMBERS = Channel.listOf("numbers", Integer.class);
    static final Channel<Integer> NUMBER = Channel.of("number", Integer.class);
    static final Channel<Integer> SQUARE = Channel.of("square", Integer.class);
    static final Channel<List<Integer>> SQUARES = Channel.listOf("squares", Integer.class);
    static final Channel<Integer> SUM = Channel.of("sum", Integer.class);

    static NamedNode logs(String name) {
        return NamedNode.of(name, (state, context) -> Update.of(LOG, List.of(name)));
    }

    static Outcome run(Graph graph, State input) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, input).await();
        }
    }

    static State result(Graph graph, State input) throws InterruptedException {
        return ((Outcome.Completed) run(graph, input)).state();
    }

    @Test
    void a_sequence_runs_in_order() throws Exception {
        var graph = Patterns.sequence("seq", List.of(LOG), logs("a"), logs("b"), logs("c"));
        assertThat(result(graph, State.empty()).get(LOG)).containsExactly("a", "b", "c");
    }

    @Test
    void parallel_branches_meet_and_patterns_are_nodes() throws Exception {
        var inner = Patterns.sequence("inner", List.of(LOG), logs("x"), logs("y"));
        var graph = Patterns.parallel("par", List.of(LOG), logs("join"), logs("a"), NamedNode.of("b", inner));
        assertThat(result(graph, State.empty()).get(LOG)).containsExactly("a", "x", "y", "join");
    }

    @Test
    void map_reduce_collects_in_order() throws Exception {
        Node square = (state, context) -> Update.of(SQUARE, state.get(NUMBER) * state.get(NUMBER));
        Node sum = (state, context) -> Update.of(
                SUM, state.get(SQUARES).stream().mapToInt(each -> each).sum());
        var graph = Patterns.mapReduce(
                "squares", List.of(NUMBERS, SQUARES, SUM), NUMBERS, NUMBER, square, SQUARE, SQUARES, 4, sum);
        State state = result(graph, State.of(NUMBERS, List.of(1, 2, 3)));
        assertThat(state.get(SQUARES)).containsExactly(1, 4, 9);
        assertThat(state.get(SUM)).isEqualTo(14);
    }

    @Test
    void writing_goes_on_until_accepted_and_fails_when_it_never_is() throws Exception {
        var graph = Patterns.untilAccepted(
                "draft",
                List.of(LOG),
                logs("write"),
                logs("review"),
                state -> state.get(LOG).size() >= 6,
                5);
        assertThat(result(graph, State.empty()).get(LOG)).hasSize(6).endsWith("write", "review");
        var never = Patterns.untilAccepted("draft", List.of(LOG), logs("write"), logs("review"), state -> false, 2);
        assertThat(run(never, State.empty())).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void most_votes_win_and_the_first_of_those_that_are_level() throws Exception {
        assertThat(voted("no", "yes", "yes")).isEqualTo("yes");
        assertThat(voted("no", "yes", "maybe")).isEqualTo("no");
    }

    private static String voted(String... votes) throws InterruptedException {
        var decision = Channel.of("decision", String.class);
        var graph = Patterns.vote(
                "vote", List.of(), decision, ballot("a", votes[0]), ballot("b", votes[1]), ballot("c", votes[2]));
        return result(graph, State.empty()).get(decision);
    }

    private static Ballot<String> ballot(String name, String vote) {
        var channel = Channel.of("vote-" + name, String.class);
        return Ballot.of(name, (state, context) -> Update.of(channel, vote), channel);
    }
}
