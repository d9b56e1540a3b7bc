package dev.yardmaster.examples.planned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlannedExampleTest {

    @TempDir
    Path workspace;

    @BeforeAll
    static void needs_python() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "python3 is not installed, so the export cannot be tried");
    }

    @Test
    void plans_a_goal_and_has_each_part_done_by_the_specialist_for_it() throws Exception {
        var example = new PlannedExample(PlannedExample.prepare(workspace), PlannedScript.script());
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = example.run(orchestrator);

            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            State state = ((Outcome.Completed) outcome).state();
            assertThat(Planning.undone(state)).isEmpty();
            assertThat(state.get(Planning.ATTEMPTS))
                    .extracting(Attempt::text)
                    .contains("export.py is there; 2 tests pass.");
            assertThat(state.get(Planning.ATTEMPTS))
                    .allSatisfy(attempt -> assertThat(attempt.open()).isEmpty());
            assertThat(state.get(Planning.SUMMARY)).contains("no personal data");
            assertThat(Files.readString(workspace.resolve("EXPORT.md"))).contains("\"id\", \"total\"");
            assertThat(outcome.view().visited())
                    .containsSubsequence("work/code", "work/page", "review")
                    .containsSubsequence("work/code", "work/privacy", "review");
        }
    }
}
