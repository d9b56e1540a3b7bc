package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.process.Containment;
import dev.yardmaster.tool.process.Sleepers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BashToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    String bash(String command) throws Exception {
        return bench.text("Bash", "command", Sleepers.ours(command));
    }

    @AfterEach
    void close() throws Exception {
        bench.desk.close();
    }

    @Test
    void answers_with_what_a_command_prints_errors_among_it() throws Exception {
        assertThat(bash("echo one; echo two >&2; echo three")).isEqualTo("one\ntwo\nthree");
    }

    @Test
    void runs_in_the_root_of_the_workspace_anew_each_time() throws Exception {
        Files.createDirectory(bench.root.resolve("sub"));
        assertThat(bash("cd sub; X=1; pwd")).isEqualTo(bench.root + "/sub");
        assertThat(bash("pwd; echo \"[$X]\"")).isEqualTo(bench.root + "\n[]");
    }

    @Test
    void tells_the_exit_code_of_a_command_that_failed() throws Exception {
        assertThat(bash("echo no; exit 3")).isEqualTo("no\nexit code: 3");
        assertThat(bash("false")).isEqualTo("exit code: 1");
        assertThat(bash("nosuchprogram")).contains("not found").endsWith("exit code: 127");
    }

    @Test
    void says_that_nothing_was_printed() throws Exception {
        assertThat(bash("true")).isEqualTo("(no output)");
    }

    @Test
    void takes_a_command_that_looks_like_an_option_for_a_command() throws Exception {
        assertThat(bash("--version")).endsWith("exit code: 127");
    }

    @Test
    void gives_commands_nothing_to_read_and_no_terminal() throws Exception {
        assertThat(bash("read x || echo nothing; test -t 0 || echo no terminal; (: < /dev/tty) 2>&- || echo none"))
                .isEqualTo("nothing\nno terminal\nnone");
    }

    @Test
    void hides_variables_that_may_be_secrets() throws Exception {
        assertThat(bash("env | cut -d= -f1").lines())
                .allMatch(
                        name -> name.matches(
                                "PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|JAVA_HOME"
                                        + "|PYENV_[A-Z]+|NVM_DIR|TERM|PWD|OLDPWD|SHLVL|_|GIT_TERMINAL_PROMPT|PAGER|GIT_PAGER|YARDMASTER_CALL"));
    }

    @Test
    void stops_a_command_that_takes_too_long_with_all_it_started() throws Exception {
        String command = Sleepers.ours("echo started; (sleep 1000.21 & wait) & sleep 1000.22 & trap '' TERM; wait");
        String problem = "";
        for (int time = 500; !problem.contains("started"); time *= 2) { // a busy machine may not come as far as that
            problem = bench.problem("Bash", "command", command, "timeout", time);
            assertThat(problem).contains("did not end within " + time + " ms");
            assertThat(Sleepers.live("1000.21")).isFalse();
            assertThat(Sleepers.live("1000.22")).isFalse();
        }
    }

    @Test
    void stops_a_command_that_stops_itself() throws Exception {
        assertThat(bench.problem("Bash", "command", "kill -STOP $$", "timeout", 300))
                .contains("300 ms");
    }

    @Test
    void returns_when_the_shell_ends_and_leaves_nothing_running() throws Exception {
        assertThat(bash("sleep 1000.23 & echo done")).isEqualTo("done");
        assertThat(Sleepers.live("1000.23")).isFalse();
    }

    @Test
    void finds_what_went_into_a_session_of_its_own() throws Exception {
        bash("setsid sh -c 'echo > pid; exec sleep 1000.24' > /dev/null 2>&1 & until test -e pid; do :; done");
        assertThat(Sleepers.live("1000.24")).isFalse();
        bash(
                "(setsid nohup sh -c 'echo > daemon; exec sleep 1000.25' > /dev/null 2>&1 &) ; until test -e daemon; do :; done");
        assertThat(Sleepers.live("1000.25")).isFalse();
    }

    @Test
    void stops_everything_when_the_run_is_cancelled() throws Exception {
        var thrown = new AtomicReference<Exception>();
        Thread call = Thread.ofVirtual().start(() -> {
            try {
                bench.run("Bash", "command", Sleepers.ours("echo > pid; exec sleep 1000.26"));
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        while (!Files.exists(bench.root.resolve("pid"))) {
            Thread.yield();
        }
        call.interrupt();
        call.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(Sleepers.live("1000.26")).isFalse();
    }

    @Test
    void keeps_the_beginning_and_the_end_of_long_output() throws Exception {
        String text = bash("seq 1 100000");
        assertThat(text)
                .startsWith("1\n2\n")
                .contains("bytes left out", "\n100000\n(until your work ends, all of it is in ");
        assertThat(text.length()).isBetween(30_000, 30_300);
        Path file = Path.of(text.substring(text.lastIndexOf(" in ") + 4, text.length() - 1));
        assertThat(Files.readAllLines(file)).hasSize(100_000);
        bench.desk.close();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void is_deaf_to_no_signal_and_ends_by_it_as_elsewhere() throws Exception {
        assertThat(bash("kill -TERM $$")).isEqualTo("exit code: 143");
        assertThat(bash("kill -KILL $$")).isEqualTo("exit code: 137");
        assumeFalse(
                isDeafToInterrupts(), "who is started in the background of a script is deaf to interrupts for good");
        assertThat(bash("trap 'echo heard; exit 9' INT; kill -INT $$; sleep 1000"))
                .isEqualTo("heard\nexit code: 9");
    }

    /** Whom we start inherits it, and a shell cannot undo it. */
    private static boolean isDeafToInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 2) != 0);
    }

    @Test
    void sees_no_processes_but_its_own() throws Exception {
        assumeTrue(
                Containment.here().withoutProcesses().isEmpty(),
                () -> "no process namespaces here: "
                        + Containment.here().withoutProcesses().orElseThrow());
        long own = ProcessHandle.current().pid();
        assertThat(bash("ls -d /proc/[0-9]* | wc -l; tr '\\0' ' ' < /proc/" + own + "/cmdline"))
                .matches("(?s)[3-8]\n.*No such file.*");
    }

    @Test
    void holds_no_more_of_endless_output_than_it_shows() throws Exception {
        assertThat(bench.problem("Bash", "command", "yes 1>&2", "timeout", 500)).hasSizeLessThan(30_400);
    }

    @Test
    void does_not_break_characters_where_its_buffers_meet() throws Exception {
        assertThat(bash("printf 'x%.0s' $(seq 19999); printf 'é'")).isEqualTo("x".repeat(19_999) + "é");
    }

    @Test
    void answers_in_characters_whatever_bytes_there_are() throws Exception {
        String text = bash("printf 'a\\000b\\377c'");
        assertThat(text).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void takes_120_seconds_for_a_timeout_that_makes_no_sense() throws Exception {
        assertThat(bench.text("Bash", "command", "echo fine", "timeout", 0)).isEqualTo("fine");
        assertThat(bench.text("Bash", "command", "echo fine", "timeout", -1)).isEqualTo("fine");
        assertThat(bench.text("Bash", "command", "echo fine", "timeout", "999999999"))
                .isEqualTo("fine");
    }

    @Test
    void says_what_is_wrong_with_arguments() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> BuiltinTools.all()
                        .find("Bash")
                        .orElseThrow()
                        .run(
                                new ToolCall("1", "Bash", Json.parse("{\"command\":\"ls\",\"timeout\":1e308}")),
                                new ToolContext(bench.workspace, new ReadFiles(), line -> {})))
                .withMessageContaining("'timeout' has to be of type integer");
    }

    @Test
    void refuses_what_bash_would_read_differently() throws Exception {
        assertThat(bench.run("Bash", "command", "echo a\u0000; touch pwned")).isInstanceOf(ToolResult.Rejected.class);
        assertThat(bench.root.resolve("pwned")).doesNotExist();
    }

    @Test
    void shows_the_last_line_while_it_runs() throws Exception {
        var shown = new CopyOnWriteArrayList<String>();
        BuiltinTools.all()
                .find("Bash")
                .orElseThrow()
                .run(
                        Bench.call("Bash", "command", "printf 'one\\ntwo\\n'"),
                        new ToolContext(bench.workspace, new ReadFiles(), shown::add));
        assertThat(shown).contains("two");
    }
}
