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

/** The commands about runs that are recorded: {@code runs}, {@code show}, {@code answer}, {@code resume} and so on. */
@Timeout(120)
class RecordedRunsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        calls.file("team/builder.md", """
                ---
                name: builder
                description: build a shed
                tools: Read, Write, Bash
                ---
                You build.
                """);
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: {Write: {file_path: shed.txt, content: "a shed\\n"}}
                    - call: {Bash: {command: "touch painted && echo wet"}}
                    - say: "The shed is there."
                """);
        Files.createDirectories(calls.folder().resolve("garden"));
    }

    private Said build() {
        return calls.call(
                "do", "build a shed", "--agents", "team", "--workspace", "garden", "--model", "script:shed.yaml");
    }

    private boolean built(String file) {
        return Files.exists(calls.folder().resolve("garden").resolve(file));
    }

    private String newest() {
        return calls.call("runs").out().lines().findFirst().orElseThrow().split(" ")[0];
    }

    @Test
    void questions_are_answered_one_by_one_and_each_resume_goes_on_from_there() {
        assertThat(build().exit()).isEqualTo(3);
        String run = newest();
        assertThat(calls.call("runs").out()).contains("waits", "build a shed");
        assertThat(calls.call("show", run).out()).contains("Question 1", "shed.txt", "yardmaster answer");
        assertThat(calls.call("show", "last").out()).contains(run);

        assertThat(calls.call("answer", run, "1", "allow", "--reason", "it is fine")
                        .out())
                .contains("yardmaster resume " + run);
        Said twice = calls.call("answer", run, "1", "deny");
        assertThat(twice.exit()).isEqualTo(1);
        assertThat(twice.err()).contains("allow");
        assertThat(calls.call("resume").exit()).isEqualTo(3);
        assertThat(built("shed.txt")).isTrue();
        assertThat(built("painted")).isFalse();

        calls.call("answer", run.substring(run.length() - 6), "1", "deny", "--reason", "no paint");
        Said done = calls.call("resume", run);
        assertThat(done.exit()).as(done.err() + done.out()).isZero();
        assertThat(built("painted")).isFalse();
        assertThat(done.out()).contains("not approved: no paint").contains("The shed is there.");
        assertThat(calls.call("runs").out()).contains("completed");
        assertThat(calls.call("resume", run).err()).contains("completed");
    }

    @Test
    void a_run_is_cancelled_and_pruned_by_name_and_an_unknown_one_is_told() {
        build();
        String run = newest();
        assertThat(calls.call("cancel", run).out()).contains("cancelled");
        assertThat(calls.call("runs").out()).contains("cancelled");
        Said unknown = calls.call("cancel", "nobody");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("'nobody'", "yardmaster runs");
        Said beyond = calls.call("fork", "last", "--at", "999");
        assertThat(beyond.exit()).isEqualTo(2);
        assertThat(beyond.err()).contains("has the entries 0 to").doesNotContain("bug");
        Said negative = calls.call("runs", "--prune", "-5");
        assertThat(negative.exit()).isEqualTo(2);
        assertThat(negative.err()).contains("--prune takes days, 0 or more, not -5");
        assertThat(calls.call("runs", "--prune", "0").out()).contains("deleted 1 run\n");
        assertThat(calls.call("runs").out()).contains("nothing was run here");
    }

    @Test
    void a_journal_is_shown_entry_by_entry_exported_and_forked_from_any_of_them() {
        build();
        String run = newest();
        String entries = calls.call("show", run, "--entries").out();
        assertThat(entries).contains("run.admitted", "turn/1/model READ_ONLY", "question.asked");
        assertThat(calls.call("export", run).out().lines())
                .hasSameSizeAs(entries.lines().toList())
                .allSatisfy(line -> assertThat(line).startsWith("{").contains("\"run\":\"" + run + "\""));

        Said fork = calls.call("fork", run, "--at", "5");
        assertThat(fork.exit()).as(fork.err()).isEqualTo(3);
        assertThat(calls.call("runs").out().lines()).hasSize(2);
        assertThat(newest()).isNotEqualTo(run);
        assertThat(calls.call("fork", run, "--at", "5000").err()).contains("5000");
    }

    @Test
    void where_nothing_was_run_that_is_said_and_nothing_is_created() {
        Said said = calls.call("runs");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("no runs are recorded here");
        assertThat(calls.folder().resolve(".yardmaster")).doesNotExist();
    }

    @Test
    void a_program_reads_what_a_run_waits_for_from_the_result_line() {
        Said said = calls.call(
                "do",
                "build a shed",
                "--agents",
                "team",
                "--workspace",
                "garden",
                "--model",
                "script:shed.yaml",
                "--json");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out().lines().toList().getLast())
                .contains("\"outcome\":\"suspended\"")
                .contains("\"choices\":[\"allow\",\"always\"");
    }
}
