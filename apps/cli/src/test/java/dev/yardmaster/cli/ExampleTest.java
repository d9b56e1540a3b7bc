package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
    }

    /** The programs print to the process's own output, as programs do. */
    private Said run(String... arguments) {
        PrintStream before = System.out;
        var out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            Said said = calls.call(
                    Stream.concat(Stream.of("example"), Stream.of(arguments)).toArray(String[]::new));
            return new Said(said.exit(), out.toString(StandardCharsets.UTF_8), said.err());
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void programs_are_listed() {
        Said said = calls.call("example");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("first-program", "endpoint", "yardmaster example NAME");
    }

    @Test
    void programs_run_by_name() {
        Said said = run("first-program");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("It routes tasks to specialists.");
    }

    @Test
    void a_name_that_is_none_is_told_with_those_that_are() {
        Said said = calls.call("example", "endpont");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("there is no example 'endpont'; did you mean 'endpoint'?");
    }

    @Test
    void a_model_that_cannot_be_had_is_told() {
        Said said = calls.call("example", "patterns", "--model", "nobody:x");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("the example 'patterns' did not work").contains("no provider 'nobody'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patterns",
                "fan-out",
                "own-tools",
                "interceptors",
                "embedding",
                "endpoint",
                "planned",
                "worktrees"
            })
    void a_program_whose_run_fails_says_why_in_a_line_and_by_its_exit_code(String name) throws IOException {
        Path script = calls.file("mute.yaml", "version: 1\nagents:\n  nobody:\n    - say: nothing\n");
        Said said = run(name, "--model", "script:" + script);
        assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(1);
        assertThat(said.err().replaceAll("\\s+", " "))
                .startsWith("yardmaster: the example '" + name + "' did not work: ")
                .contains("failed", "mute.yaml")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void a_program_that_cannot_run_here_is_not_begun() {
        calls.with("PATH", temporary.toString());
        Said said = calls.call("example", "endpoint");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err().replaceAll("\\s+", " ")).contains("needs 'python3', which was not found");
        assertThat(calls.call("example", "worktrees").err().replaceAll("\\s+", " "))
                .contains("needs 'git', which was not found; install it");
    }
}
