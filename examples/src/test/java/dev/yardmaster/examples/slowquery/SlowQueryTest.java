package dev.yardmaster.examples.slowquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.State;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's main job, end to end on real tools. */
@Timeout(180)
class SlowQueryTest {

    @TempDir
    Path temporary;

    @BeforeAll
    static void python() {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "-c", "import sqlite3")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            there = false;
        }
        assumeTrue(there, "python3 with sqlite3 is not installed, so the demo's workspace cannot be made");
    }

    @Test
    void the_specialist_makes_the_query_much_faster_with_the_same_result_and_shows_it() throws Exception {
        Path workspace = SlowQuery.prepare(temporary.resolve("shop"));
        Rule[] rules = SlowQuery.COMMANDS.stream()
                .map(command -> Rule.allow("Bash(" + command + ")", "test"))
                .toArray(Rule[]::new);
        var runtime = AgentRuntime.builder()
                .model(SlowQuery.model())
                .workspace(workspace)
                .policy(Policy.acceptEdits().with(rules))
                .build();
        var dispatcher = Dispatcher.lexical(runtime);
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = orchestrator
                    .start(dispatcher.graph(), State.of(Dispatcher.TASK, SlowQuery.TASK))
                    .await();

            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            AgentResult result = ((Outcome.Completed) outcome).state().get(Dispatcher.RESULT);
            assertThat(result.agent()).isEqualTo("backend-engineer");
            assertThat(result.isDone()).as(() -> result.checklist().toString()).isTrue();
            assertThat(calls(outcome.view())).allMatch(ToolResult::succeeded);
            List<String> benches = calls(outcome.view()).stream()
                    .map(ToolResult::forModel)
                    .filter(text -> text.contains("elapsed: "))
                    .toList();
            assertThat(benches).hasSize(2);
            assertThat(found("elapsed: ([0-9.]+) s", benches.getFirst()))
                    .satisfies(before -> assertThat(Double.parseDouble(before))
                            .isGreaterThan(10 * Double.parseDouble(found("elapsed: ([0-9.]+) s", benches.getLast()))));
            assertThat(found("fingerprint: (\\w+)", benches.getFirst()))
                    .isEqualTo(found("fingerprint: (\\w+)", benches.getLast()));
            assertThat(result.text())
                    .contains(found("elapsed: ([0-9.]+) s", benches.getFirst()))
                    .contains("5 tests: OK");
        }
    }

    private static List<ToolResult> calls(RunView view) {
        return view.facts(Fact.StepFinished.class).stream()
                .filter(step -> AgentStep.find(step.step())
                        .filter(each -> each.kind() == AgentStep.Kind.CALL)
                        .isPresent())
                .map(step -> step.output().orElseThrow().as(ToolResult.class))
                .toList();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    @Test
    void a_folder_that_somebody_else_made_is_left_alone() throws IOException {
        Path mine = Files.createDirectory(temporary.resolve("mine"));
        Files.writeString(mine.resolve("thesis.txt"), "years of work");
        assertThatExceptionOfType(YardmasterException.class)
                .isThrownBy(() -> SlowQuery.prepare(mine))
                .withMessageContaining("was not made by the demo");
        assertThat(mine.resolve("thesis.txt")).exists();
    }
}
