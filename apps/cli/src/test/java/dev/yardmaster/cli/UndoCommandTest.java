package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code undo RUN}, after a run of {@code do} with real tools. */
@Timeout(60)
class UndoCommandTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "120");
        calls.file("team/builder.md", """
                ---
                name: builder
                description: build a shed
                tools: Read, Write, Edit, MultiEdit, Bash
                ---
                You build.
                """);
        calls.file("garden/plan.txt", "one shed\r\n");
        calls.file("garden/weeds.txt", "weeds\n");
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: {Read: {file_path: plan.txt}}
                    - call: {Edit: {file_path: plan.txt, old_string: "one", new_string: "two"}}
                    - call: {MultiEdit: {file_path: plan.txt, edits: [{old_string: "two", new_string: "three"}]}}
                    - call: {Write: {file_path: walls/north.txt, content: "a wall\\n"}}
                    - call: {Bash: {command: "rm weeds.txt; echo seed > bed.txt"}}
                    - say: "Done."
                """);
        Said said = build();
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(garden("plan.txt")).hasContent("three shed");
        assertThat(garden("weeds.txt")).doesNotExist();
    }

    private Said build() {
        return calls.call(
                "do",
                "build a shed",
                "--agents",
                "team",
                "--agent",
                "builder",
                "--workspace",
                "garden",
                "--yes",
                "--model",
                "script:shed.yaml");
    }

    private Path garden(String file) {
        return calls.folder().resolve("garden").resolve(file);
    }

    private Said undo(String... more) {
        var arguments = new java.util.ArrayList<>(List.of("undo", "last"));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    private void assertUndone() throws IOException {
        assertThat(Files.readString(garden("plan.txt"))).isEqualTo("one shed\r\n");
        assertThat(garden("weeds.txt")).hasContent("weeds");
        try (var files = Files.list(garden(""))) {
            assertThat(files).containsExactlyInAnyOrder(garden("plan.txt"), garden("weeds.txt"));
        }
    }

    @Test
    void puts_back_what_tools_and_commands_changed_and_says_what_it_did() throws IOException {
        Said said = undo();
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out())
                .contains(
                        "plan.txt  restored", "weeds.txt  brought back", "bed.txt  removed", "walls/north.txt  removed")
                .contains("Not covered")
                .contains("Bash rm weeds.txt; echo seed > bed.txt");
        assertUndone();
    }

    @Test
    void is_recorded_and_such_a_run_is_not_resumed() {
        undo();
        assertThat(calls.call("show", "last").out()).contains("undone 20");
        assertThat(calls.call("resume", "last").err()).contains("was undone");
        Said again = undo();
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("it was undone before", "all files are as they were before it");
    }

    @Test
    void does_nothing_when_a_file_has_changed_since_and_names_it_unless_it_is_forced() throws IOException {
        Files.writeString(garden("plan.txt"), "mine");
        Said said = undo();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("Nothing was undone")
                .contains("plan.txt  it has changed since the run changed it")
                .contains("--force");
        assertThat(garden("bed.txt")).exists();

        assertThat(undo("--force").exit()).isZero();
        assertUndone();
    }

    @Test
    void says_what_it_would_do() {
        assertThat(undo("--dry-run").out()).contains("nothing is done; it would be:", "plan.txt  restored");
        assertThat(garden("plan.txt")).hasContent("three shed");
    }

    @Test
    void of_an_earlier_run_waits_for_the_later_ones() throws IOException {
        String first = calls.call("runs").out().split(" ", 2)[0];
        Files.writeString(garden("plan.txt"), "three shed\r\none more\r\n");
        Files.writeString(garden("weeds.txt"), "weeds\n");
        build();
        assertThat(calls.call("undo", first).exit()).isEqualTo(1);
    }

    @Test
    void what_is_kept_for_it_goes_with_its_run() throws IOException {
        Path originals = calls.folder().resolve(".yardmaster/originals");
        assertThat(originals).isNotEmptyDirectory();
        calls.call("runs", "--prune", "0");
        assertThat(originals).isEmptyDirectory();
        assertThat(undo().exit()).isEqualTo(2);
    }
}
