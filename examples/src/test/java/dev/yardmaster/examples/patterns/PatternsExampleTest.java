package dev.yardmaster.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatternsExampleTest {

    private final PatternsExample example = new PatternsExample(PatternsExample.script());

    private State result(Graph graph) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = example.run(orchestrator, graph);
            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            return ((Outcome.Completed) outcome).state();
        }
    }

    @Test
    void a_sequence_is_written_and_then_reviewed() throws Exception {
        assertThat(result(example.sequence()).get(PatternsExample.REVIEW)).isEqualTo("Say what.");
    }

    @Test
    void parallel_branches_are_joined() throws Exception {
        assertThat(result(example.parallel()).get(PatternsExample.RESULT)).isEqualTo("It does more. / Say what.");
    }

    @Test
    void map_reduce_writes_a_line_for_each_change() throws Exception {
        assertThat(result(example.mapReduce()).get(PatternsExample.RESULT)).isEqualTo("It does more. It does more.");
    }

    @Test
    void until_accepted_goes_round_twice() throws Exception {
        State state = result(example.untilAccepted());
        assertThat(state.get(PatternsExample.DRAFT)).isEqualTo("Nodes are tried again.");
        assertThat(state.get(PatternsExample.REVIEW)).isEqualTo("accepted");
    }

    @Test
    void most_votes_win() throws Exception {
        assertThat(result(example.vote()).get(PatternsExample.RESULT)).isEqualTo("Say what.");
    }
}
