package dev.yardmaster.journal.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of a command when the process that ran it is killed: its result when it had ended, nothing that runs when it
 * had not. {@code -Dyardmaster.kills.commands=200} for more than the few of the default tests.
 */
@Timeout(600)
class KilledCommandTest {

    @TempDir
    Path folder;

    private static void awaitFile(Path file, Process process) throws IOException {
        while (!Files.exists(file)) {
            assertThat(process.isAlive())
                    .as("the process lives until it is killed")
                    .isTrue();
            Thread.yield();
        }
    }

    private static long living(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(word))
                .count();
    }

    @Test
    void one_that_had_ended_is_not_run_again_and_its_result_is_known() throws Exception {
        var job = new CommandJob(folder);
        Process process = job.begun("echo x >> ledger; echo printed; seq 1 20000; exit 3", CommandJob.Fate.DIES);
        assertThat(process.waitFor()).isEqualTo(137);
        ToolResult result = job.resumed();
        assertThat(result.forModel())
                .startsWith("printed\n1\n2\n")
                .contains("\n20000\n(until your work ends, all of it is in ")
                .endsWith("exit code: 3");
        assertThat(folder.resolve("workspace/ledger")).hasContent("x");
        assertThat(folder.resolve("commands"))
                .as("is tidied up, what the dead process left included")
                .doesNotExist();
    }

    @Test
    void one_that_had_not_is_gone_with_all_it_started_and_is_in_doubt() throws Exception {
        var job = new CommandJob(folder);
        String seconds = "1000.6" + System.nanoTime(); // ours: somebody else may run this test, too
        Process process = job.begun(
                ("echo x >> ledger; trap '' TERM HUP; (setsid nohup sleep SECONDS &);"
                                + " (setsid sh -c 'sleep SECONDS & sleep SECONDS' &); touch started; sleep SECONDS; echo y >> ledger")
                        .replace("SECONDS", seconds),
                CommandJob.Fate.NONE);
        awaitFile(folder.resolve("workspace/started"), process);
        process.destroyForcibly();
        process.waitFor();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (living("sleep " + seconds) > 0 && System.nanoTime() < end) {
            Thread.yield();
        }
        assertThat(living("sleep " + seconds)).isZero();
        assertThat(job.resumed()).isInstanceOf(ToolResult.InDoubt.class);
        assertThat(folder.resolve("workspace/ledger")).hasContent("x");
    }

    @Test
    void one_that_is_killed_at_any_time_is_either_known_or_in_doubt_and_never_run_twice() throws Exception {
        int kills = Integer.getInteger("yardmaster.kills.commands", 5);
        var random = new Random(20261128);
        int known = 0;
        for (int i = 0; i < kills; i++) {
            var job = new CommandJob(Files.createDirectory(folder.resolve("round" + i)));
            Process process =
                    job.begun("echo x >> ledger; sleep 0.03; echo y >> ledger; echo done", CommandJob.Fate.WAITS);
            Path ledger = job.folder().resolve("workspace/ledger");
            awaitFile(ledger, process);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000)));
            process.destroyForcibly();
            process.waitFor();
            ToolResult result = job.resumed();
            String effect = Files.readString(ledger);
            if (result instanceof ToolResult.Text text) {
                known++;
                assertThat(text.text()).isEqualTo("done");
                assertThat(effect).isEqualTo("x\ny\n");
            } else {
                assertThat(result).isInstanceOf(ToolResult.InDoubt.class);
                assertThat(effect).isIn("", "x\n", "x\ny\n");
            }
        }
        assertThat(known).isBetween(0, kills);
        Files.writeString(
                Path.of("target", "killed-commands.txt"),
                kills + " kills: " + known + " results known, " + (kills - known) + " in doubt, 0 run twice\n");
    }
}
