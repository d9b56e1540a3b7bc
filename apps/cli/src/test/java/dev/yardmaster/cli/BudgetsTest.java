package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks whose agent goes on and on, and how they are stopped. Each reply takes 1,000 tokens and costs $0.25. */
class BudgetsTest {

    private static final int REPLIES = 40;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void aRunaway() throws IOException {
        calls = new Calls(temporary);
        calls.file("agents/finder.md", """
                ---
                name: finder
                description: Finds files.
                tools: Glob
                ---
                You find.
                """);
        var script =
                new StringBuilder("version: 1\nusage: {input: 900, output: 100, dollars: 0.25}\nagents:\n  finder:\n");
        for (int i = 0; i < REPLIES; i++) {
            script.append("    - call: {Glob: {pattern: \"*.").append(i).append("\"}}\n");
        }
        script.append("    - say: Found.\n");
        calls.file("runaway.yaml", script.toString());
    }

    private Calls.Said task(String... more) {
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                "do", "Find it", "--agents", "agents", "--agent", "finder", "--model", "script:runaway.yaml"));
        arguments.addAll(java.util.List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Nested
    class A_task {

        @Test
        void is_stopped_by_its_cost_and_says_with_which_command_it_goes_on() {
            Calls.Said said = task("--max-cost", "1.20");
            assertThat(said.exit()).isEqualTo(1);
            assertThat(flat(said.out()))
                    .contains("Budget $1.20; then it stops, and can be gone on with")
                    .contains("has used up most of its budget of $1.20: $1.00 in 4 turns")
                    .contains(
                            "has used up its budget of $1.20: $1.25 in 5 turns; to go on, resume it with a larger one:"
                                    + " --max-cost 2.40")
                    .contains("Turns 5 · Cost $1.25 (a figure of the script, too)")
                    .containsPattern("Next: 'yardmaster resume \\S+ --max-cost 2.40' goes on where it was");

            Calls.Said more = calls.call("resume", "--max-cost", "2.40");
            assertThat(flat(more.out())).contains("budget of $2.40: $2.50 in 10 turns");
            assertThat(calls.call("resume").out()).as("with what it had").contains("$2.50 in 10 turns");
            Calls.Said enough = calls.call("resume", "--max-cost", "100");
            assertThat(enough.exit()).isZero();
            assertThat(flat(enough.out())).contains("Found.", "Turns 41");
        }

        @Test
        void is_stopped_by_its_tokens() {
            assertThat(flat(task("--max-tokens", "3000").out()))
                    .contains("budget of 3,000 tokens: 3,000 tokens in 3 turns", "--max-tokens 6000");
        }

        @Test
        void is_stopped_by_its_turns() {
            assertThat(flat(task("--max-turns", "2").out())).contains("budget of 2 turns: 2 turns;");
        }

        @Test
        void is_stopped_by_its_time() {
            assertThat(flat(task("--max-time", "0.000001s").out()))
                    .contains("has used up its budget of 0s", "--max-time");
        }

        @Test
        void tells_programs() {
            Calls.Said said = task("--max-turns", "5", "--json");
            JsonNode result = last(said.out());
            JsonNode failure = result.get("failures").get(0);
            assertThat(failure.get("kind").asText()).isEqualTo("budget.turns");
            assertThat(failure.get("details").get("larger").asText()).isEqualTo("--max-turns 10");
            assertThat(result.get("turns").asInt()).isEqualTo(5);
            assertThat(result.get("cost").get("dollars").asDouble()).isEqualTo(1.25);
            assertThat(said.out()).contains("\"event\":\"budget.low\"", "\"budget\":\"turns\"", "\"used\":\"4 turns\"");

            JsonNode run = last(calls.call("runs", "--json").out());
            assertThat(run.get("status").asText()).isEqualTo("failed");
            assertThat(run.get("turns").asInt()).isEqualTo(5);
            assertThat(run.get("usage").get("inputTokens").asInt()).isEqualTo(4500);
            assertThat(run.get("budget").get("turns").asInt()).isEqualTo(5);
        }

        @Test
        void is_shown_with_what_it_used_and_how_to_go_on() {
            task("--max-turns", "5");
            assertThat(flat(calls.call("show").out()))
                    .contains("Turns 5 · Cost $1.25 (a figure of the script, too)", "Budget 5 turns; worked for")
                    .containsPattern("Next: yardmaster resume \\S+ --max-turns 10");
        }

        @Test
        void without_a_budget_says_what_it_used() {
            Calls.Said said = task();
            assertThat(said.exit()).isZero();
            assertThat(flat(said.out())).contains("Turns 41 · Cost $10.25").doesNotContain("Budget");
        }
    }

    @Nested
    class A_limit {

        @Test
        void of_a_settings_file_counts_unless_a_flag_says_otherwise() throws IOException {
            calls.file("yardmaster.yml", "version: 1\nbudget:\n  turns: 3\n  time: 1h30m\n");
            assertThat(flat(task().out())).contains("Budget 3 turns, ", "budget of 3 turns");
            assertThat(flat(task("--max-turns", "4").out())).contains("budget of 4 turns");
            calls.with("YARDMASTER_MAX_TURNS", "6");
            assertThat(flat(task().out())).contains("budget of 6 turns");
        }

        @Test
        void of_a_project_makes_that_of_the_home_folder_smaller_and_never_larger() throws IOException {
            calls.file("../home/yardmaster.yml", "version: 1\nbudget: {turns: 3, cost: 0.5}\n");
            calls.file("yardmaster.yml", "version: 1\nbudget: {turns: 2, cost: 50}\n");
            assertThat(flat(task().out())).contains("Budget $0.50, 2 turns;");
        }

        @Test
        void that_is_none_is_told_with_what_it_may_be() throws IOException {
            assertThat(flat(task("--max-cost", "much").err()))
                    .contains("--max-cost: 'much' is not an amount in dollars");
            assertThat(flat(task("--max-time", "0s").err()))
                    .contains("--max-time: '0s' is not a time, such as 90s, 30m");
            assertThat(task("--max-turns", "-1").exit()).isEqualTo(2);
            calls.file("yardmaster.yml", "version: 1\nbudget: {turns: few}\n");
            assertThat(flat(task().err()))
                    .contains("yardmaster.yml:2", "budget.turns: 'few' is not a whole number of turns");
        }
    }

    private static JsonNode last(String lines) {
        return Json.parse(lines.strip().lines().reduce((one, two) -> two).orElseThrow())
                .as(JsonNode.class);
    }
}
