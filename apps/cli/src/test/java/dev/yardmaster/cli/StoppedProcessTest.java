package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command's process is asked to end while a run goes on, as by Ctrl-C. */
@Timeout(120)
class StoppedProcessTest {

    @TempDir
    Path temporary;

    private Calls calls;
    private Path signal;

    @BeforeEach
    void here() throws Exception {
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
                    - call: {Bash: {command: "touch begun; echo begun > ../signal; sleep 100"}}
                    - call: {Write: {file_path: door.txt, content: "a door\\n"}}
                    - say: "The shed is there."
                """);
        Files.createDirectories(calls.folder().resolve("garden"));
        signal = calls.folder().resolve("signal");
        assumeTrue(
                new ProcessBuilder("mkfifo", signal.toString()).start().waitFor() == 0,
                "there are no named pipes here");
    }

    private Process start(String... arguments) throws IOException {
        Process process = begin("", arguments);
        process.getOutputStream().close();
        return process;
    }

    /** @param terminals which streams are taken for a person's */
    private Process begin(String terminals, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dyardmaster.terminal=" + terminals,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        var builder =
                new ProcessBuilder(command).directory(calls.folder().toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", temporary.resolve("home").toString());
        builder.environment().put("YARDMASTER_ROUTER", "lexical"); // as other tests do
        return builder.start();
    }

    /** Starts it, and asks it to end when its command is at work. */
    private Said stopped(String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(
                "do", "build a shed", "--agents", "team", "--workspace", "garden", "--model", "script:shed.yaml"));
        arguments.addAll(List.of("--allow", "Bash", "--mode", "acceptEdits"));
        arguments.addAll(Arrays.asList(more));
        Process process = start(arguments.toArray(String[]::new));
        assertThat(Files.readString(signal)).isEqualTo("begun\n"); // waits for the command
        process.toHandle().destroy(); // SIGTERM: where tests run, SIGINT may be ignored; both come to the same hook
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), said, "");
    }

    @Test
    void the_run_is_interrupted_and_goes_on_with_what_was_recorded() throws Exception {
        Said stopped = stopped();
        assertThat(stopped.exit()).as(stopped.out()).isEqualTo(143);
        assertThat(stopped.out())
                .contains("Interrupted", "interrupted: Bash", "Changes  2 files", "shed.txt")
                .contains("'yardmaster resume", "goes on where it was", "'yardmaster cancel");
        assertThat(calls.call("runs").out()).contains("interrupted");

        Said resumed = calls.call("resume");
        assertThat(resumed.exit()).as(resumed.out() + resumed.err()).isZero();
        assertThat(resumed.out())
                .contains("Changes since it was resumed  1 file", "door.txt", "Before that: Write shed.txt")
                .contains("its effect is unknown", "The shed is there.");
    }

    @Test
    void what_is_told_meanwhile_is_told_before_the_result() throws Exception {
        Files.createDirectories(calls.folder().resolve("empty"));
        Process process = start("agents", "--agents", "empty"); // both streams in one
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).startsWith("yardmaster: there are no agent files in").contains("backend-engineer");
    }

    @Test
    void home_is_where_the_variable_says() throws Exception {
        calls.file(
                "../home/.claude/agents/keeper.md", "---\nname: keeper\ndescription: keeps the house\n---\nKeep it.\n");
        Process process = start("agents");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).contains("keeps the house");
    }

    @Test
    void at_a_question_how_to_go_on_is_said_once() throws Exception {
        Process process = begin(
                "in,out,err",
                "do",
                "build a shed",
                "--agents",
                "team",
                "--workspace",
                "garden",
                "--model",
                "script:shed.yaml");
        var said = new StringBuilder();
        while (said.indexOf("or no (n, and why): ") < 0) {
            int next = process.getInputStream().read();
            assertThat(next).as(said.toString()).isNotNegative();
            said.append((char) next);
        }
        process.toHandle().destroy();
        String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(rest)
                .contains("Interrupted")
                .containsOnlyOnce("yardmaster resume")
                .contains("asks again and goes on")
                .doesNotContain("yardmaster answer");
    }

    @Test
    void a_program_that_reads_the_events_is_told_so() throws Exception {
        Said stopped = stopped("--json");
        assertThat(stopped.out().lines().toList().getLast()).contains("\"outcome\":\"interrupted\"", "\"exit\":130");
    }
}
