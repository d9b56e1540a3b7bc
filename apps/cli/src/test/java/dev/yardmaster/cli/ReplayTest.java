package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code replay}. */
@Timeout(120)
class ReplayTest {

    private static final String BUILDER = """
            ---
            name: builder
            description: build a shed
            tools: Read, Write, Bash
            ---
            You build sheds.
            Run the tests when you are done.
            """;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void a_run_that_was_recorded() throws IOException {
        calls = new Calls(temporary);
        calls.file("team/builder.md", BUILDER);
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: [{Write: {file_path: shed.txt, content: "a shed\\n"}}, {Bash: {command: "echo wet > painted"}}]
                    - say: "The shed is there."
                """);
        Files.createDirectories(calls.folder().resolve("garden"));
        Said done = calls.call(
                "do",
                "build a shed",
                "--agents",
                "team",
                "--workspace",
                "garden",
                "--model",
                "script:shed.yaml",
                "--mode",
                "acceptEdits");
        assertThat(done.exit()).as(done.out() + done.err()).isZero();
        Files.writeString(
                calls.folder().resolve("run.jsonl"),
                calls.call("export", "last").out());
        Files.delete(calls.folder().resolve("garden/shed.txt"));
    }

    private static String words(Said said) {
        return (said.out() + said.err()).replaceAll("\\s+", " ");
    }

    private Said withBuilder(String text) throws IOException {
        calls.file("team/builder.md", text);
        return calls.call("replay", "run.jsonl");
    }

    @Test
    void with_the_same_files_a_run_is_the_same_and_nothing_is_done() {
        for (String which : new String[] {"run.jsonl", "last"}) {
            Said said = calls.call("replay", which);
            assertThat(said.exit()).as(said.out() + said.err()).isZero();
            assertThat(words(said))
                    .contains("Same 2 nodes", "2 recorded replies and 2 recorded calls", "Nothing was run");
        }
        assertThat(calls.folder().resolve("garden/shed.txt")).doesNotExist();
    }

    @Test
    void a_changed_prompt_is_shown_with_what_to_do() throws IOException {
        Said said = withBuilder(BUILDER.replace("Run the tests", "Never run tests"));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(words(said))
                .contains("Different at entry", "the prompt or the tools of agent 'builder'", "team/builder.md")
                .contains("- Run the tests when you are done. + Never run tests when you are done.")
                .contains("record the run anew");
    }

    @Test
    void a_tool_that_is_there_no_more_is_named_and_another_colour_is_no_difference() throws IOException {
        assertThat(words(withBuilder(BUILDER.replace(", Bash", "")))).contains("tools.Bash: - offered");
        assertThat(withBuilder(BUILDER.replace("tools:", "color: red\ntools:")).exit())
                .isZero();
    }

    @Test
    void another_specialist_for_the_task_is_told() throws IOException {
        Said said = withBuilder(BUILDER.replace("build a shed", "cook soup").replace("name: builder", "name: cook"));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(words(said)).contains("another specialist gets the task - builder + ");
    }

    @Test
    void a_program_reads_one_object() throws IOException {
        assertThat(calls.call("replay", "run.jsonl", "--json").out())
                .contains("\"event\":\"replay\"", "\"same\":true", "\"exit\":0", "\"difference\":null");
        withBuilder(BUILDER.replace("Run", "Skip"));
        assertThat(calls.call("replay", "run.jsonl", "--json").out())
                .hasLineCount(1)
                .contains("\"same\":false", "\"kind\":\"derived\"", "\"node\":\"work\"", "\"step\":\"opening\"");
    }

    @Test
    void a_file_from_elsewhere_is_replayed_with_the_agents_that_are_named() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("here/elsewhere"));
        String exported = Files.readString(calls.folder().resolve("run.jsonl"))
                .replace(calls.folder().toString() + "\\\"", "/nowhere/at/all\\\"");
        Files.writeString(elsewhere.resolve("run.jsonl"), exported);
        Said said = calls.in("elsewhere").call("replay", "run.jsonl", "--agents", "../team");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }

    @Test
    void what_cannot_be_replayed_is_told() throws IOException {
        assertThat(calls.call("replay", "no.jsonl").exit()).isEqualTo(2);
        assertThat(calls.call("replay", "no.jsonl").err()).contains("yardmaster export RUN");
        assertThat(calls.call("replay", "nobody").err()).contains("there is no run 'nobody'");
        calls.file("bad.jsonl", "{}");
        assertThat(words(calls.call("replay", "bad.jsonl"))).contains("line 1 of");
        Files.writeString(
                calls.folder().resolve("own.jsonl"),
                Files.readString(calls.folder().resolve("run.jsonl")).replace("\"call\":", "\"other\":"));
        assertThat(words(calls.call("replay", "own.jsonl"))).contains("started by a program", "docs/testing.md");
    }

    @Test
    void a_workflow_is_replayed_with_its_file_as_it_is_now() throws IOException {
        calls.file("flow.yaml", """
                version: 1
                name: flow
                channels:
                  task: text
                  shed: text
                nodes:
                  build: {agent: builder, reads: [task], writes: shed}
                start: build
                """);
        Said done = calls.call(
                "run",
                "flow.yaml",
                "--agents",
                "team",
                "--workspace",
                "garden",
                "--model",
                "script:shed.yaml",
                "--mode",
                "acceptEdits",
                "--input",
                "task=build a shed");
        assertThat(done.exit()).as(done.out() + done.err()).isZero();
        assertThat(calls.call("replay").exit()).isZero();

        String flow = Files.readString(calls.folder().resolve("flow.yaml"));
        calls.file(
                "flow.yaml",
                flow.replace("nodes:\n", "nodes:\n  paint: {agent: builder, reads: [shed], writes: shed}\n")
                        + "edges:\n  - build -> paint\n");
        Said changed = calls.call("replay");
        assertThat(changed.exit()).as(changed.out() + changed.err()).isEqualTo(1);
        assertThat(words(changed)).contains("'build' goes on to [paint] and not to []");
    }

    @Test
    void of_what_is_no_text_says_so_in_words() throws IOException {
        Files.write(calls.folder().resolve("picture.jsonl"), new byte[] {0, (byte) 0xff, (byte) 0xfe});
        Said said = calls.call("replay", "picture.jsonl");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err().replaceAll("\\s+", " "))
                .contains("cannot be read: it is not UTF-8 text; it has to be as 'yardmaster export RUN' wrote it")
                .doesNotContain("Exception");
    }
}
