package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code do}, with a scripted model and real tools. */
@Timeout(60)
class DoTest {

    private static final String AGENT = """
            ---
            name: builder
            description: build a shed, a fence, a house
            tools: Read, Write, Bash
            color: green
            ---
            You build.
            """;

    private static final String SCRIPT = """
            version: 1
            usage: {input: 10, output: 2}
            agents:
              builder:
                - say: "I'll write it."
                  call: {Write: {file_path: shed.txt, content: "a shed\\n"}}
                - call: {Bash: {command: "touch painted && echo wet"}}
                - say: "The shed is there."
            """;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        calls.file("team/builder.md", AGENT);
        calls.file("shed.yaml", SCRIPT);
        Files.createDirectories(calls.folder().resolve("garden"));
    }

    private Said build(String... more) {
        var arguments = new java.util.ArrayList<>(List.of(
                "do", "build a shed", "--agents", "team", "--workspace", "garden", "--model", "script:shed.yaml"));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    private Path garden(String file) {
        return calls.folder().resolve("garden").resolve(file);
    }

    @Test
    void what_rules_allow_is_done_and_told() {
        Said said = build("--mode", "acceptEdits", "--allow", "Bash(touch painted && echo wet)");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(garden("shed.txt")).hasContent("a shed");
        assertThat(garden("painted")).exists();
        assertThat(said.out())
                .contains("Mode  acceptEdits (--mode) allows: reads and edits inside the workspace")
                .contains("script:shed.yaml (a script")
                .contains("✓ Bash touch painted && echo wet · wet")
                .contains("✓ Done by builder")
                .contains("+a shed")
                .contains("Tool calls  2: Write 1, Bash 1")
                .contains("30 in, 6 out (scripted")
                .contains("The shed is there.")
                .doesNotContain("\u001b");
    }

    @Test
    void without_a_terminal_a_run_waits_and_says_how_to_answer_and_what_would_have_allowed_it() {
        Said said = build();

        assertThat(said.exit()).isEqualTo(3);
        assertThat(garden("shed.txt")).doesNotExist();
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("Waits for a person")
                .containsPattern("yardmaster answer \\S+ 1 allow\\|always\\|deny")
                .contains("--mode acceptEdits for edits inside the workspace")
                .contains("Then: yardmaster resume");
    }

    @Test
    void a_person_allows_once_or_says_no_and_why() {
        calls.atTerminal(80, "what?\no\nn it is raining\n");
        Said said = build();

        assertThat(garden("shed.txt")).exists();
        assertThat(garden("painted")).doesNotExist();
        assertThat(said.out()).contains("please answer o, a, e or n").contains("not approved: it is raining");
    }

    @Test
    void a_person_changes_a_command_before_it_runs() {
        calls.atTerminal(80, "o\ne\ntouch varnished && echo shiny\n");
        Said said = build();

        assertThat(garden("varnished")).exists();
        assertThat(garden("painted")).doesNotExist();
        assertThat(said.out())
                .contains("touch painted && echo wet")
                .contains("instead (empty: no): ")
                .contains("Bash touch varnished && echo shiny")
                .contains("2: Write 1, Bash 1");
    }

    @Test
    void a_further_task_goes_to_the_same_agent_with_the_whole_conversation() throws IOException {
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - say: "The shed is there."
                    - call: {Write: {file_path: door.txt, content: "a door\\n"}}
                    - say: "The door, too."
                """);
        calls.atTerminal(80, "now a door\n\n");
        Said said = build("--mode", "acceptEdits");

        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).contains("Go on?", "The door, too.");
        assertThat(garden("door.txt")).hasContent("a door");
    }

    @Test
    void nothing_written_instead_is_a_no() {
        calls.atTerminal(80, "o\ne\n\n");
        Said said = build();

        assertThat(garden("painted")).doesNotExist();
        assertThat(said.out().replaceAll("\\s+", " ")).contains("not approved: it was to be changed");
    }

    @Test
    void what_a_person_wrote_instead_is_held_to_the_deny_rules() {
        calls.atTerminal(80, "o\ne\ntouch varnished\n");
        Said said = build("--deny", "Bash(touch varnished)");

        assertThat(garden("varnished")).doesNotExist();
        assertThat(said.out().replaceAll("\\s+", " ")).contains("changed by a person", "not permitted");
    }

    @Test
    void a_question_that_nobody_would_see_is_not_asked() {
        calls.withOutputElsewhere();
        assertThat(build().exit()).isEqualTo(3);
        assertThat(garden("shed.txt")).doesNotExist();
    }

    @Test
    void the_end_of_input_is_a_no_and_is_called_one() {
        calls.atTerminal(80, "");
        Said said = build();

        assertThat(garden("shed.txt")).doesNotExist();
        assertThat(said.out()).contains("end of input (Ctrl-D): taken as no");
    }

    @Test
    void yes_says_what_it_allows() {
        Said said = build("--yes");
        assertThat(said.exit()).isZero();
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("bypassPermissions (--yes) allows: everything, all commands included");
        assertThat(garden("painted")).exists();
    }

    @Test
    void a_command_that_fails_is_not_ticked() throws IOException {
        calls.file("shed.yaml", SCRIPT.replace("touch painted && echo wet", "echo dry; exit 3"));
        Said said = build("--yes");
        assertThat(said.out())
                .contains("✗ Bash echo dry; exit 3")
                .contains("exit code 3: dry")
                .contains("1 did not work");
    }

    @Test
    void a_script_that_runs_out_fails_and_names_node_agent_and_turn() throws IOException {
        calls.file("shed.yaml", SCRIPT.replace("    - say: \"The shed is there.\"\n", ""));
        Said said = build("--yes");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("✗ Failed")
                .contains("Failed at node 'work', agent 'builder', turn 3")
                .contains("Next: ")
                .doesNotContain("at dev.yardmaster");
    }

    @Test
    void without_a_model_route_permissions_and_ways_to_get_one_are_shown() {
        Said said =
                calls.call("do", "build a shed", "--agents", "team", "--allow", "Bash(make)", "--deny", "Read(.env)");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("→ builder")
                .contains("tools: Read, Write, Bash")
                .contains("allow Bash(make) (--allow)")
                .contains("deny Read(.env) (--deny)")
                .contains("none, so nothing was done")
                .contains("script:FILE")
                .contains("ANTHROPIC_API_KEY");
    }

    @Test
    void a_task_that_nobody_knows_a_word_of_is_declined() {
        Said said = calls.call("do", "xyzzy plugh", "--agents", "team", "--model", "script:shed.yaml");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("Nothing was done: no specialist fits");
    }

    @Test
    void programs_read_one_versioned_event_a_line_and_the_result_last() {
        Said said = build("--json", "--yes");
        List<JsonNode> lines = said.out()
                .lines()
                .map(line -> Json.parse(line).as(JsonNode.class))
                .toList();

        assertThat(lines).allSatisfy(line -> assertThat(line.path("v").asInt()).isEqualTo(1));
        assertThat(lines.stream().map(line -> line.path("event").asText()))
                .containsSubsequence(
                        "route",
                        "agent.started",
                        "model.replied",
                        "tool.started",
                        "tool.finished",
                        "run.ended",
                        "result");
        JsonNode result = lines.getLast();
        assertThat(result.path("event").asText()).isEqualTo("result");
        assertThat(result.path("exit").asInt()).isEqualTo(said.exit()).isZero();
        assertThat(result.path("outcome").asText()).isEqualTo("done");
        assertThat(result.path("changes").findValuesAsText("path")).contains("shed.txt");
        assertThat(result.path("usage").path("inputTokens").asInt()).isEqualTo(30);
        assertThat(result.path("scripted").asBoolean()).isTrue();
    }

    @Test
    void keys_that_a_command_prints_are_shown_to_nobody() throws IOException {
        String key = "sk-" + "abcdefghijklmnop1234567890";
        calls.file("garden/leak", key + "\n");
        calls.file("shed.yaml", SCRIPT.replace("touch painted && echo wet", "cat leak"));
        assertThat(build("--yes").out()).contains("[redacted: a key]").doesNotContain(key);
        assertThat(build("--yes", "--json").out()).contains("[redacted: a key]").doesNotContain(key);
    }

    @Test
    void nothing_breaks_on_a_narrow_terminal() {
        calls.atTerminal(40, "a\na\n");
        Said said = build("--color", "never");
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines().map(line -> line.replace("\u001b[2K", "")))
                .filteredOn(line -> !line.contains("once (o)"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    }

    @Test
    void calls_that_are_none_are_told_apart_from_those_that_are_denied() throws IOException {
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: [{Hammer: {}}, {Read: {path: x}}, {Bash: {command: "rm x"}}]
                    - say: "Nothing worked."
                """);
        Said said = build("--mode", "dontAsk");

        assertThat(said.out().replaceAll("\\s+", " "))
                .contains(
                        "2 not understood: ✗ 1.1 Hammer",
                        "there is no tool 'Hammer'",
                        "✗ 1.2 Read",
                        "1 denied: ✗ 1.3 Bash");
        JsonNode result = Json.parse(build("--mode", "dontAsk", "--json")
                        .out()
                        .lines()
                        .reduce((a, b) -> b)
                        .orElseThrow())
                .as(JsonNode.class);
        assertThat(result.path("denied").asInt()).isEqualTo(1);
        assertThat(result.path("notUnderstood").asInt()).isEqualTo(2);
    }
}
