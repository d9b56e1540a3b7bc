package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Update;
import org.junit.jupiter.api.Test;

class RecentlyEndedTest {

    static final Graph ONE = graph("one");
    static final Graph OTHER = graph("other");

    final RecentlyEnded ended = new RecentlyEnded();

    static Graph graph(String name) {
        return Graph.builder(name)
                .node("a", (state, context) -> Update.none())
                .start("a")
                .build();
    }

    static RunId run(int number) {
        return new RunId("run-" + number);
    }

    @Test
    void remembers_the_graphs_of_the_last_ten_thousand_runs_and_no_more() {
        for (int i = 0; i < 25_000; i++) {
            ended.add(run(i), i % 2 == 0 ? ONE : OTHER);
        }
        assertThat(ended.graph(run(24_999))).contains(OTHER);
        assertThat(ended.graph(run(15_000))).contains(ONE);
        assertThat(ended.graph(run(14_999))).isEmpty();
    }

    @Test
    void of_a_run_that_ended_twice_remembers_the_graph_that_it_ended_with_last() {
        ended.add(run(1), ONE);
        ended.add(run(2), ONE);
        ended.add(run(1), OTHER);
        assertThat(ended.graph(run(1))).contains(OTHER);
        assertThat(ended.graph(run(2))).contains(ONE);
        assertThat(ended.graph(run(3))).isEmpty();
    }
}
