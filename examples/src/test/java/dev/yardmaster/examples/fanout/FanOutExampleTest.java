package dev.yardmaster.examples.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FanOutExampleTest {

    @TempDir
    Path workspace;

    @Test
    void reviews_every_file_at_most_four_at_once_and_reports_in_order() throws Exception {
        var example = new FanOutExample(FanOutExample.prepare(workspace), FanOutExample.script());
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = example.run(orchestrator);

            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            assertThat(((Outcome.Completed) outcome)
                            .state()
                            .get(FanOutExample.REPORT)
                            .lines())
                    .hasSize(10)
                    .startsWith("limits-0.conf: 50 orders at most", "limits-1.conf: 50 orders at most")
                    .contains("limits-6.conf: 50000 orders at most")
                    .isSorted();
            assertThat(outcome.view().visited()).contains("review[0]", "review[9]");
            assertThat(mostAtOnce(outcome)).isBetween(1, 4);
        }
    }

    private static int mostAtOnce(Outcome outcome) {
        Set<String> running = new HashSet<>();
        int most = 0;
        for (RunEvent.Recorded recorded : outcome.view().entries()) {
            String path = recorded.entry().at().value();
            if (path.startsWith("review[") && recorded.entry().fact() instanceof Fact.NodeStarted) {
                running.add(path);
            } else if (recorded.entry().fact() instanceof Fact.NodeCompleted) {
                running.remove(path);
            }
            most = Math.max(most, running.size());
        }
        return most;
    }
}
