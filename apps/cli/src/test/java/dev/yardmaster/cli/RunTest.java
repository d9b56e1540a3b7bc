package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code run} and {@code graph}. */
@Timeout(120)
class RunTest {

    private static final String WORKFLOW = """
            version: 1
            name: look
            channels:
              files: texts
              findings: texts
              verdict: text
              rounds: number
            nodes:
              look: {forEach: files, as: file, agent: looker, collect: findings, atOnce: 2}
              judge: {agent: judge, reads: [findings, rounds], writes: verdict}
            start: look
            edges:
              - look -> judge
            """;

    private static final String SCRIPT = """
            version: 1
            usage: {input: 10, output: 2}
            agents:
              looker:
                - call: {Write: {file_path: "${task}.seen", content: "seen"}}
                - say: "saw ${task}"
              judge:
                - say: "all seen"
            """;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        for (String name : List.of("looker", "judge")) {
            calls.file(
                    "team/" + name + ".md",
                    "---\nname: " + name + "\ndescription: does it\ntools: Read, Write\n---\nDo it.\n");
        }
        calls.file("look.yaml", WORKFLOW);
        calls.file("look.script.yaml", SCRIPT);
        Files.createDirectories(calls.folder().resolve("space"));
    }

    private String[] arguments(String... more) {
        var arguments = new ArrayList<>(List.of("run", "look.yaml", "--agents", "team", "--workspace", "space"));
        arguments.addAll(List.of("--model", "script:look.script.yaml"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Said run(String... more) {
        return calls.call(arguments(more));
    }

    private String newest() {
        return calls.call("runs").out().lines().findFirst().orElseThrow().split(" ")[0];
    }

    private String words(Said said) {
        return (said.out() + said.err()).replaceAll("\\s+", " ");
    }

    @Test
    void shows_each_node_while_it_works_and_tells_nodes_channels_changes_and_tokens() {
        Said said = run("--input", "files=a,b", "--yes");

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("look[0]  ✓ Write a.seen")
                .contains("look[1]  ✓ Write b.seen")
                .contains("look[1]  ■ done")
                .contains("✓ Done: workflow 'look'")
                .contains("Nodes  4 executions")
                .contains("0  saw a")
                .contains("1  saw b")
                .contains("all seen")
                .contains("Changes  2 files")
                .contains("Tool calls  2: Write 2")
                .contains("50 in, 10 out (scripted");
    }

    @Test
    void what_nobody_allowed_is_told_with_its_node() {
        Said said = calls.atTerminal(80, "n\nno\n").call(arguments("--input", "files=a", "--color", "never"));
        assertThat(said.out().replaceAll("\\s+", " ")).contains("1 denied: ✗ look[0] 1.1 Write a.seen");
    }

    @Test
    void a_node_that_failed_is_named_with_what_to_do_and_what_did_not_run() throws IOException {
        calls.file("look.script.yaml", SCRIPT.replace("    - say: \"saw ${task}\"\n", ""));
        Said said = run("--input", "files=a", "--yes");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("✗ Failed: workflow 'look'")
                .contains("Failed at node 'look[0]', agent 'looker', turn 2")
                .contains("did not run: judge")
                .contains("Next: ")
                .doesNotContain("at dev.yardmaster");
    }

    @Test
    void programs_read_nodes_and_channels() {
        Said said = run("--input", "files=[\"a,1\"]", "--yes", "--json");
        List<JsonNode> lines = said.out()
                .lines()
                .map(line -> Json.parse(line).as(JsonNode.class))
                .toList();
        assertThat(lines.stream().map(line -> line.path("event").asText()))
                .containsSubsequence("node.started", "agent.started", "node.completed", "run.ended", "result");
        JsonNode result = lines.getLast();
        assertThat(result.path("exit").asInt()).isEqualTo(said.exit()).isZero();
        assertThat(result.path("channels").path("findings").get(0).asText()).isEqualTo("saw a,1");
        assertThat(result.path("nodes").findValuesAsText("node")).contains("look[0]", "judge");
        assertThat(lines.stream()
                        .filter(line -> line.path("event").asText().equals("node.completed"))
                        .map(line -> line.path("writes").path("verdict").asText()))
                .contains("all seen");
    }

    @Test
    void without_a_model_nothing_is_done_and_the_ways_to_get_one_are_told() {
        Said said = calls.call("run", "look.yaml", "--agents", "team", "--input", "files=a");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("none, so nothing was done").contains("script:FILE");
    }

    @Nested
    class A_recorded_run {

        @Test
        void waits_where_nobody_can_be_asked_is_answered_in_any_order_and_resumed() {
            Said waits = run("--input", "files=a,b");
            assertThat(waits.exit()).as(words(waits)).isEqualTo(3);
            String run = newest();
            assertThat(words(waits))
                    .contains("Waits for a person: workflow 'look'")
                    .contains("yardmaster answer " + run + " 2 allow|always|deny")
                    .contains("Then: yardmaster resume " + run);
            assertThat(words(calls.call("show", run)))
                    .contains("workflow look", "Question 1", "Question 2", "look[1] running");

            String second = words(calls.call("show", run)).replaceAll(".*Question 2.*?/(\\w)\\.seen.*", "$1");
            assertThat(second).isIn("a", "b");
            calls.call("answer", run, "2", "deny", "--reason", "not this one");
            calls.call("answer", run, "1", "allow");
            Said done = calls.call("resume", run);
            assertThat(done.exit()).as(words(done)).isZero();
            assertThat(words(done))
                    .contains("Done: workflow 'look'", "not approved: not this one", "0 saw a 1 saw b", "all seen");
            assertThat(calls.folder().resolve("space/" + second + ".seen")).doesNotExist();
            assertThat(calls.folder().resolve("space/" + (second.equals("a") ? "b" : "a") + ".seen"))
                    .exists();
            assertThat(calls.call("runs").out()).contains("completed", "workflow look");
        }

        @Test
        void that_failed_goes_on_with_what_failed_and_repeats_nothing_that_is_done() throws IOException {
            calls.file(
                    "look.script.yaml",
                    SCRIPT.replace("    - say: \"all seen\"\n", "    - call: {Read: {file_path: a.seen}}\n"));
            Said failed = run("--input", "files=a", "--yes");
            assertThat(failed.exit()).isEqualTo(1);
            assertThat(words(failed)).contains("'yardmaster resume " + newest() + "'");
            Files.delete(calls.folder().resolve("space/a.seen"));

            calls.file(
                    "look.script.yaml",
                    SCRIPT.replace(
                            "    - say: \"all seen\"\n",
                            "    - call: {Read: {file_path: a.seen}}\n    - say: \"all seen\"\n"));
            Said done = calls.call("resume", "--json");
            assertThat(done.exit()).as(words(done)).isZero();
            assertThat(done.out().lines().toList().getLast())
                    .contains("\"workflow\":\"look\"", "\"verdict\":\"all seen\"");
            assertThat(calls.folder().resolve("space/a.seen")).doesNotExist();
        }

        @Test
        void is_not_resumed_with_another_file_unless_that_is_wanted() throws IOException {
            run("--input", "files=a");
            String run = newest();
            calls.call("answer", run, "1", "allow");
            calls.file(
                    "look.yaml", WORKFLOW.replace("- look -> judge", "- {edge: look -> judge, when: \"rounds > 1\"}"));
            Said changed = calls.call("resume", run);
            assertThat(changed.exit()).isEqualTo(2);
            assertThat(words(changed)).contains("'look.yaml' has changed", "resume " + run + " --allow-changed");

            Said wanted = calls.call("resume", run, "--allow-changed");
            assertThat(wanted.exit()).as(words(wanted)).isZero();
            assertThat(words(wanted)).contains("did not run: judge");
        }

        @Test
        void is_no_task_that_another_goes_on_from() {
            run("--input", "files=a", "--yes");
            Said said = calls.call("do", "look again", "--continue", newest());
            assertThat(said.exit()).isEqualTo(2);
            assertThat(words(said)).contains("was a workflow, 'look'", "without --continue");
            assertThat(words(calls.call("do", "look again", "--continue", "last")))
                    .contains("there is no run here that was a task");
        }
    }

    @Nested
    class Input {

        @Test
        void that_is_missing_unknown_or_unfit_is_told_all_at_once() {
            Said said = run("--input", "fiels=a", "--input", "rounds=many", "--input", "verdict=@gone", "--input", "x");
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err().replaceAll("\\s+", " "))
                    .contains("no channel 'fiels'")
                    .contains("did you mean 'files'?")
                    .contains("'many' is no number, which channel 'rounds' holds")
                    .contains("verdict=@gone: there is no such file")
                    .contains("'x' is no input")
                    .contains(
                            "'files' is missing: node 'look' runs for each of its elements; give it with --input files=");
        }

        @Test
        void comes_from_files_line_by_line() throws IOException {
            calls.file("list.txt", "a\n\n  b, c\n");
            assertThat(run("--input", "files=@list.txt", "--yes").out())
                    .contains("0  saw a")
                    .contains("1  saw b, c");
        }
    }

    @Nested
    class A_workflow_file {

        @Test
        void is_drawn_as_mermaid_and_as_json() {
            assertThat(calls.call("graph", "look.yaml").out())
                    .startsWith("flowchart TD")
                    .contains("judge");
            JsonNode json =
                    Json.parse(calls.call("graph", "look.yaml", "--json").out()).as(JsonNode.class);
            assertThat(json.path("v").asInt()).isEqualTo(1);
            assertThat(json.path("nodes").findValuesAsText("name")).containsExactly("look", "judge");
        }

        @Test
        void has_all_its_problems_told_with_lines() throws IOException {
            calls.file(
                    "look.yaml",
                    WORKFLOW.replace("look -> judge", "look -> jugde").replace("atOnce: 2", "atOnce: 0"));
            for (String command : List.of("graph", "run")) {
                Said said = calls.call(command, "look.yaml");
                assertThat(said.exit()).isEqualTo(2);
                assertThat(said.err().replaceAll("\\s+", " "))
                        .contains("2 problems")
                        .contains("look.yaml:13: 'jugde' is no node; did you mean 'judge'?")
                        .contains("look.yaml:9: '0' is no whole number");
            }
        }

        @Test
        void that_names_agents_which_are_not_there_is_refused() throws IOException {
            calls.file("look.yaml", WORKFLOW.replace("agent: judge", "agent: jugde"));
            Said said = run("--input", "files=a");
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err().replaceAll("\\s+", " "))
                    .contains("look.yaml:10: node 'judge'")
                    .contains("'judge'");
        }
    }
}
