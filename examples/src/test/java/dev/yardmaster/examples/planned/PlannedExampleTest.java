package dev.yardmaster.examples.planned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.dispatch.RoutedPlan;
import dev.yardmaster.dispatch.RoutedSubtask;
import dev.yardmaster.dispatch.Subtask;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    @Test
    void is_done_when_a_second_plan_has_done_what_was_not_under_another_name() throws Exception {
        var example = new PlannedExample(PlannedExample.prepare(workspace), PlannedScript.script());
        try (var orchestrator = Orchestrator.inMemory()) {
            State state = example.run(orchestrator).orElseThrow();
            RoutedSubtask page = state.get(Planning.PLAN).subtasks().get(1);
            assertThat(page.id()).isEqualTo("page");
            Subtask said = page.subtask();
            var again = new RoutedSubtask(
                    new Subtask(
                            "page-again", said.task(), said.specialist(), List.of(), said.acceptance(), said.outputs()),
                    page.route(),
                    page.candidates(),
                    page.changing());
            State second = state.with(Planning.PLAN, new RoutedPlan(PlannedExample.GOAL, 2, List.of(again)));
            Attempt failed = attempt(1, "page", Attempt.Status.FAILED);

            PlannedExample.tell(
                    second.with(Planning.ATTEMPTS, List.of(failed, attempt(2, "page-again", Attempt.Status.DONE))));

            State undone =
                    second.with(Planning.ATTEMPTS, List.of(failed, attempt(2, "page-again", Attempt.Status.FAILED)));
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> PlannedExample.tell(undone))
                    .withMessageContaining("not everything was done");
        }
    }

    private static Attempt attempt(int round, String subtask, Attempt.Status status) {
        return new Attempt(round, subtask, Optional.empty(), status, "said", List.of(), Optional.empty());
    }
}
