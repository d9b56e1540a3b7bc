package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that cannot work: what is wrong, what to do, exit code 2, never a stack trace. */
class WrongCallsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("there is no command 'deom'; did you mean 'demo'?", "deom"),
                wrong("for a task: yardmaster do 'your task'", "frobnicate", "all"),
                wrong("'do' has no option '--modle'; did you mean '--model'?", "do", "fix it", "--modle=x"),
                wrong("'do' needs a TASK", "do"),
                wrong("put it in quotes: \"make it faster\"", "do", "make", "it", "faster"),
                wrong("put it in quotes", "route", "make", "it"),
                wrong("the task is empty", "do", "  "),
                wrong("'--mode' needs a value: --mode MODE", "do", "fix", "--mode"),
                wrong(
                        "there is no mode 'acceptEdit' (--mode); did you mean 'acceptEdits'?",
                        "do",
                        "fix",
                        "--mode",
                        "acceptEdit"),
                wrong("--yes and --mode plan contradict each other", "do", "fix", "--yes", "--mode", "plan"),
                wrong(
                        "there is no agent 'backend-enginer'; did you mean 'backend-engineer'?",
                        "do",
                        "fix",
                        "--agent",
                        "backend-enginer"),
                wrong("leave one of them out", "do", "@qa-engineer fix", "--agent", "backend-engineer"),
                wrong("no provider 'foo' is on the class path", "do", "fix", "--model", "foo:bar"),
                wrong("there is no such file", "do", "fix", "--model", "script:nix.yaml"),
                wrong("does not exist; name an existing folder", "do", "fix", "--workspace", "nix"),
                wrong("there is no such folder", "agents", "--agents", "nix"),
                wrong("there is no such folder", "agents", "check", "nix"),
                wrong("the permission rule 'Bash(' (--allow) cannot be read", "do", "fix", "--allow", "Bash("),
                wrong("there is no 'Bsh'; did you mean 'Bash'?", "do", "fix", "--allow", "Bsh(make)"),
                wrong("there is no agent 'nobody'", "agents", "show", "nobody"),
                wrong("--color takes auto, always or never", "agents", "--color", "pink"));
    }

    private static Arguments wrong(String words, String... call) {
        return Arguments.of(words, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void are_told_in_words_with_exit_code_2(String words, String[] call) {
        Said said = calls.with("COLUMNS", "160").call(call);

        assertThat(said.err().replaceAll("\\s+", " "))
                .startsWith("yardmaster: ")
                .contains(words)
                .doesNotContain(" at dev.yardmaster");
        assertThat(said.out()).isEmpty();
        assertThat(said.exit()).isEqualTo(2);
    }

    @Test
    void are_one_line_of_JSON_for_a_program() {
        Said said = calls.call("do", "fix", "--json", "--agent", "nobody");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("{\"v\":1,\"event\":\"error\",\"exit\":2,\"code\":\"usage\"")
                        .contains("there is no agent 'nobody'"));
    }

    @Test
    void show_a_stack_trace_only_when_it_is_asked_for() {
        assertThat(calls.call("agents", "show", "nobody", "--debug").err()).contains("at dev.yardmaster.cli");
    }

    @Test
    void no_command_shows_the_help() {
        Said said = calls.call();
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("Usage: yardmaster", "demo", "doctor");
        assertThat(calls.call("help", "do").out()).contains("--workspace", "Example:");
        assertThat(calls.call("do", "--help").out()).contains("--workspace");
        assertThat(calls.call("--version").out()).contains("yardmaster 0.").doesNotContain("${");
    }

    @Test
    void a_script_that_is_named_without_script_is_recognised() {
        Said said = calls.call("do", "write a test", "--model", "report.yaml");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("did you mean 'script:report.yaml'?");
    }
}
