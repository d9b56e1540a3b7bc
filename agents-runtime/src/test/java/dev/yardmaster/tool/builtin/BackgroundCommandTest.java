package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.process.Sleepers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackgroundCommandTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    @AfterEach
    void close() throws Exception {
        bench.desk.close();
    }

    String start(String command) throws Exception {
        String told = bench.text("Bash", "command", Sleepers.ours(command), "run_in_background", true);
        Matcher id = Pattern.compile("bash_[0-9a-f]{4}").matcher(told);
        assertThat(id.find()).isTrue();
        return id.group();
    }

    /** What is new, once something is: on a busy machine that may take longer than the tool waits. */
    String output(String id) throws Exception {
        String told;
        do {
            told = bench.text("BashOutput", "bash_id", id);
        } while (told.startsWith("(no new output)\nrunning"));
        return told;
    }

    void awaitFile(String name) {
        while (!Files.exists(bench.root.resolve(name))) {
            Thread.yield();
        }
    }

    @Test
    void goes_on_while_its_agent_does_and_shows_what_is_new() throws Exception {
        String id = start("echo one; until test -e go; do sleep 0.05; done; echo two; touch said; sleep 1000");
        assertThat(output(id)).startsWith("one\nrunning for ");
        bench.file("go", "");
        awaitFile("said");
        assertThat(output(id)).startsWith("two\nrunning for ");
    }

    @Test
    void tells_its_exit_code_with_the_last_it_printed_and_can_be_asked_again() throws Exception {
        String id = start("until test -e go; do sleep 0.05; done; printf last; exit 3");
        bench.file("go", "");
        String told = output(id);
        while (!told.contains("ended")) {
            told += output(id);
        }
        assertThat(told).startsWith("last\n").contains("\nended with exit code 3 after ");
        assertThat(output(id)).startsWith("(no new output)\nended with exit code 3");
    }

    @Test
    void is_read_by_whole_lines_as_long_as_it_prints_some() throws Exception {
        String id = start("printf 'whole\\nhal'; touch said; until test -e go; do sleep 0.05; done; echo f");
        awaitFile("said");
        assertThat(output(id)).startsWith("whole\nrunning");
        assertThat(output(id)).as("a prompt has no line end").startsWith("hal\nrunning");
        bench.file("go", "");
        assertThat(output(id)).startsWith("f\n");
    }

    @Test
    void shows_only_lines_that_a_filter_matches_and_passes_over_the_others() throws Exception {
        String id = start("seq 1 30; echo 'ERROR: no'; touch said; sleep 1000");
        awaitFile("said");
        bench.text("KillShell", "shell_id", id);
        assertThat(bench.text("BashOutput", "bash_id", id, "filter", "^ERROR|^3.$"))
                .startsWith("30\nERROR: no\nkilled");
        assertThat(bench.text("BashOutput", "bash_id", id, "filter", "1")).startsWith("(no new output that matches)");
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> bench.run("BashOutput", "bash_id", id, "filter", "(["))
                .withMessageContaining("'([' is no regular expression");
    }

    @Test
    void keeps_all_of_long_output_in_a_file_outside_of_the_workspace_until_the_work_ends() throws Exception {
        String id = start("seq 1 100000; touch said; sleep 1000");
        awaitFile("said");
        bench.text("KillShell", "shell_id", id);
        String text = output(id);
        assertThat(text).startsWith("1\n2\n").contains("bytes left out", "\n100000\n");
        Matcher named = Pattern.compile("all of it is in (.+)\\)").matcher(text);
        assertThat(named.find()).isTrue();
        Path file = Path.of(named.group(1));
        assertThat(Files.readAllLines(file)).hasSize(100_000);
        assertThat(file.startsWith(bench.root)).isFalse();
        bench.desk.close();
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void is_killed_with_all_it_started() throws Exception {
        String id = start("echo up; (setsid sh -c 'echo > child; exec sleep 1000.41' &); sleep 1000");
        awaitFile("child");
        assertThat(bench.text("KillBash", "shell_id", id))
                .startsWith(id + ": echo up; (setsid")
                .contains("\nkilled after ");
        assertThat(Sleepers.live("1000.41")).isFalse();
        assertThat(output(id)).startsWith("up\nkilled after ");
        assertThat(bench.text("KillShell", "shell_id", id)).contains("killed after ");
    }

    @Test
    void is_killed_when_its_agents_work_ends_also_by_an_interrupt() throws Exception {
        start("echo > pid; exec sleep 1000.42");
        awaitFile("pid");
        Thread.currentThread().interrupt();
        bench.desk.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Sleepers.live("1000.42")).isFalse();
    }

    @Test
    void is_not_known_to_another_agent() throws Exception {
        String id = start("sleep 1000");
        Bench other = Bench.on(folder);
        assertThat(other.problem("BashOutput", "bash_id", id))
                .contains("there is no command '" + id + "' in the background. There is none at all");
        assertThat(bench.problem("KillShell", "shell_id", "bash_0"))
                .contains("There are: " + id + ": sleep 1000", "do not outlast an interruption");
    }

    @Test
    void answers_to_the_newer_names_of_its_tools_too() throws Exception {
        String id = start("until test -e go; do sleep 0.02; done; echo last");
        assertThat(bench.text("TaskOutput", "task_id", id, "block", false)).contains("running for");
        assertThat(bench.text("TaskOutput", "task_id", id, "timeout", 10)).contains("running for");
        bench.file("go", "");
        assertThat(bench.text("TaskOutput", "task_id", id)).startsWith("last\nended with exit code 0");
        assertThat(bench.text("TaskStop", "task_id", start("sleep 1000"))).contains("killed after");
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> bench.run("TaskStop"))
                .withMessageContaining("'shell_id' is missing");
    }

    @Test
    void is_one_of_sixteen_at_most() throws Exception {
        for (int i = 0; i < AgentCommands.MAX_RUNNING; i++) {
            start("sleep 1000");
        }
        assertThat(bench.problem("Bash", "command", "sleep 1", "run_in_background", true))
                .contains("there are 16 commands in the background already", "KillShell");
    }
}
