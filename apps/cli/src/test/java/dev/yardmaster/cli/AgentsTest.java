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
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code agents}, {@code agents show}, {@code agents check}, {@code route}, {@code doctor}. */
class AgentsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160");
        calls.file("team/good.md", """
                ---
                name: gardener
                description: trims hedges
                tools: Read, Bash
                hobby: bees
                ---
                You trim.

                - [ ] hedge is straight
                """);
        calls.file("team/all.md", "---\nname: helper\ndescription: helps\n---\nYou help.\n");
    }

    @Test
    void are_listed_nearest_first_with_the_stock_ones() {
        Said said = calls.call("agents", "--agents", "team");
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("gardener", "trims hedges", "Read, Bash · ", "backend-engineer")
                .contains("all tools (the file names none)");
    }

    @Test
    void are_listed_with_the_folder_that_they_are_in_as_it_is_seen_from_here() throws IOException {
        calls.file("team/helper2.md", "---\nname: helper2\ndescription: helps too\ntools: Read\n---\nYou help.\n");
        assertThat(calls.with("COLUMNS", "100")
                        .call("agents", "--agents", "team")
                        .out()
                        .lines())
                .contains("                   Read, Bash · team/good.md", "                   Read · team");
    }

    @Test
    void are_listed_with_their_place_also_where_the_folder_is_this_one() throws IOException {
        calls.file("mower.md", "---\nname: mower\ndescription: mows\ntools: Read\n---\nYou mow.\n");
        calls.file("other.md", "---\nname: raker\ndescription: rakes\ntools: Grep\n---\nYou rake.\n");
        assertThat(calls.with("COLUMNS", "300").call("agents", "--agents", ".").out())
                .contains("Read · " + calls.folder() + "\n", "Grep · other.md\n");
    }

    @Test
    void that_a_named_folder_does_not_have_are_told() throws IOException {
        Files.createDirectories(calls.folder().resolve("empty"));
        for (String command : List.of("agents", "route plant")) {
            Said said = calls.call((command + " --agents empty").split(" "));
            assertThat(said.err().replaceAll("\\s+", " "))
                    .as(command)
                    .contains("there are no agent files in '")
                    .contains("empty' (--agents); they end in .md");
        }
        assertThat(calls.call("agents", "--agents", "team").err()).isEmpty();
        assertThat(calls.call("agents", "--agents", "team/all.md").err()).isEmpty();
    }

    @Test
    void of_the_project_are_checked_where_no_folder_is_named() throws IOException {
        Said none = calls.call("agents", "check");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.out().replaceAll("\\s+", " "))
                .contains("There are no agent files in .yardmaster/agents or .claude/agents, here or above");
        calls.file(".claude/agents/one.md", "---\nname: one\ndescription: does one thing\n---\nDo it.\n");
        Said said = calls.call("agents", "check");
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).contains("1 file: 1 agent, 0 refused");
    }

    @Test
    void are_shown_with_all_that_the_file_says() {
        Said said = calls.call("agents", "show", "gardener", "--agents", "team");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("○ hedge is straight", "You trim.", "hobby (kept, without effect here)");
    }

    @Test
    void are_one_object_a_file_for_programs() {
        List<JsonNode> files = calls.call("agents", "check", "team", "--json")
                .out()
                .lines()
                .map(line -> Json.parse(line).as(JsonNode.class))
                .toList();
        JsonNode helper = files.getFirst();
        JsonNode gardener = files.getLast();
        assertThat(helper.path("file").asText()).endsWith("team/all.md");
        assertThat(helper.path("tools").isNull()).isTrue();
        assertThat(gardener.path("loaded").asBoolean()).isTrue();
        assertThat(gardener.path("tools")).extracting(JsonNode::asText).containsExactly("Read", "Bash");
        assertThat(gardener.path("checklist").asInt()).isEqualTo(1);
        assertThat(gardener.path("unknownKeys")).extracting(JsonNode::asText).containsExactly("hobby");
        assertThat(gardener.path("diagnostics").get(0).path("severity").asText())
                .isEqualTo("hint");
        assertThat(gardener.path("diagnostics").get(0).path("line").asInt()).isEqualTo(5);
    }

    @Test
    void that_are_fine_check_with_0() {
        Said said = calls.call("agents", "check", "team", "team");
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out())
                .contains("2 files: 2 agents, 0 refused, 0 not agents; 0 errors")
                .contains("'team' was named twice and checked once");
    }

    @Test
    void that_are_broken_check_with_1_and_say_where_and_what_to_do() throws IOException {
        calls.file("team/broken.md", "---\nname: broken\ndescription: x\ntools: {a: b\n---\nhi\n");
        calls.file("team/README.md", "# About\n");
        Said said = calls.call("agents", "check", "team");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("team/broken.md:4:1 error [tools-unreadable]")
                .contains("→ write names between commas")
                .contains("Not agents, and left alone (1):")
                .contains("team/README.md")
                .contains("1 refused, 1 not agents; 1 error");
    }

    @Test
    void in_an_empty_folder_there_are_none_which_is_an_error() throws IOException {
        Files.createDirectories(calls.folder().resolve("empty"));
        Said said = calls.call("agents", "check", "empty");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("There are no agent files in empty");
    }

    @Test
    void the_one_for_a_task_is_explained() {
        Said said = calls.call("route", "trims hedges around the house", "--agents", "team");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("→ gardener");
        JsonNode json = Json.parse(calls.call("route", "trims hedges", "--agents", "team", "--json")
                        .out())
                .as(JsonNode.class);
        assertThat(json.path("v").asInt()).isEqualTo(1);
        assertThat(json.path("chosen").asText()).isEqualTo("gardener");
        assertThat(calls.call("route", "xyzzy plugh").exit()).isEqualTo(1);
    }

    @Test
    void keys_in_agent_files_and_tasks_are_hidden_in_json_too() throws IOException {
        String key = "sk-ant-api03-abcdefghijklmnop";
        calls.file("team/leaky.md", "---\nname: leaky\ndescription: uses " + key + "\n---\nhi\n");
        assertThat(calls.call("agents", "--agents", "team", "--json").out())
                .contains("uses [redacted]")
                .doesNotContain(key);
        assertThat(calls.call("route", "mow with " + key, "--agents", "team", "--json")
                        .out())
                .contains("[redacted]")
                .doesNotContain(key);
    }

    @Test
    void that_a_build_copied_are_not_agents_of_their_own() throws IOException {
        calls.file("shop/pom.xml", "<project/>");
        calls.file("shop/agents/seller.md", "---\nname: seller\ndescription: sells\n---\nSell.\n");
        calls.file("shop/target/classes/agents/seller.md", "---\nname: seller\ndescription: sells\n---\nSell.\n");
        calls.file("shop/node_modules/x/y.md", "---\nname: y\n---\n");
        Said said = calls.call("agents", "check", "shop");
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).contains("1 file: 1 agent,");
    }

    @Test
    void cannot_command_the_terminal() throws IOException {
        calls.file(
                "team/evil.md",
                "---\nname: evil\ndescription: \"shows \\e[2J\\u202Etxt.exe\"\n---\nYou \u001b[31mlie\u001b[0m.\n");
        Said said = calls.call("agents", "show", "evil", "--agents", "team");
        assertThat(said.out()).doesNotContain("\u001b").doesNotContain("\u202e").contains("You lie.");
    }

    @Test
    void that_are_refused_are_named_with_the_reason_wherever_they_are_looked_for() throws IOException {
        calls.file("team/broken.md", "---\nname: broken\ndescription: x\ntools: {a: b\n---\nhi\n");
        assertThat(calls.call("agents", "--agents", "team").out())
                .contains("1 file is refused:")
                .contains("broken.md: the value of 'tools' cannot be understood");
        for (String[] call : new String[][] {
            {"agents", "show", "broken", "--agents", "team"}, {"do", "x", "--agent", "broken", "--agents", "team"}
        }) {
            Said said = calls.call(call);
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err().replaceAll("\\s+", " "))
                    .contains("there is no agent 'broken': its file is refused")
                    .contains("the value of 'tools' cannot be understood");
        }
    }

    @Test
    void hints_that_say_the_same_of_many_files_are_told_once() throws IOException {
        for (int i = 0; i < 5; i++) {
            calls.file(
                    "team/web" + i + ".md",
                    "---\nname: web" + i + "\ndescription: d" + i + "\ntools: Read, WebSearch, mcp__x__y\n---\nhi\n");
        }
        Said said = calls.call("agents", "check", "team");
        assertThat(said.out())
                .containsOnlyOnce("'WebSearch', 'mcp__x__y' are not available here; nothing is granted for them")
                .contains("hint [tool-unavailable] at 5 places, such as ", "team/web0.md:4:8\n")
                .contains("6 hints");
    }

    @Test
    void that_are_none_say_why() throws IOException {
        calls.file("team/note.md", "---\nname: note\n---\nhi\n");
        assertThat(calls.call("agents", "check", "team/note.md").out())
                .contains("team/note.md: its front matter has a name only");
    }
}
