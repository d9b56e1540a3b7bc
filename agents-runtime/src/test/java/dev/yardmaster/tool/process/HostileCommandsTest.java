package dev.yardmaster.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.workspace.CommandLimits;
import dev.yardmaster.workspace.FolderTree;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that hang, hide, fork and flood, several at once and beside others that mean no harm. The default tests run each
 * once; {@code -Dyardmaster.commands=200} runs two hundred.
 */
@Timeout(900)
class HostileCommandsTest {

    private static final List<String> COMMANDS = List.of(
            "trap '' TERM HUP INT; sleep 1000.7; sleep 1000.7",
            "setsid sleep 1000.7 & sleep 1000.7",
            "( (sleep 1000.7 &) & ); sleep 1000.7",
            "setsid nohup sleep 1000.7 > /dev/null 2>&1 & exit 0",
            "env -i setsid sh -c 'trap \"\" TERM; (sleep 1000.7 &) ; sleep 1000.7' & sleep 1000.7",
            "yes",
            "cat /dev/zero",
            "yes 1>&2",
            "head -c 100000000 /dev/zero | tr '\\0' x",
            "read x; echo \"[$x]\"; cat; sleep 1000.7",
            "tree() { if [ $1 -gt 0 ]; then tree $(($1 - 1)) & tree $(($1 - 1)) & fi; sleep 1000.7; }; tree 4",
            "kill -STOP $$",
            "exec 0<&- 1>&- 2>&-; sleep 1000.7",
            "(exec -a innocent sleep 1000.7) & disown; sleep 1000.7");

    private static final int AT_ONCE = 3;
    private static final Duration TIME = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private RunningCommand start(String text, String name) throws IOException {
        return new ShellCommand(Sleepers.ours(text), Workspace.of(folder), Sandbox.off(), Map.of())
                .start(new CommandFolder(folder.resolve("records").resolve(name)).fresh());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void none_outlives_its_time_floods_the_heap_or_holds_up_others() throws Exception {
        assumeTrue(
                Containment.here().withoutProcesses().isEmpty(),
                () -> "no process namespaces here: "
                        + Containment.here().withoutProcesses().orElseThrow());
        int count = Integer.getInteger("yardmaster.commands", COMMANDS.size());
        long before = used();
        var going = new AtomicBoolean(true);
        var others = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE);
                var beside = Executors.newSingleThreadExecutor()) {
            Future<?> harmless = beside.submit(() -> {
                do {
                    RunningCommand running = start("echo fine", "beside");
                    assertThat(running.await()).isZero();
                    assertThat(running.folder().printed().text()).isEqualTo("fine\n");
                    others.incrementAndGet();
                } while (going.get());
                return null;
            });
            List<Future<Integer>> all = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        RunningCommand running = start(COMMANDS.get(i % COMMANDS.size()), "n" + i);
                        running.awaitOver(TIME);
                        running.end();
                        int shown = running.folder().printed().text().length();
                        FolderTree.delete(running.folder().path());
                        return shown;
                    }))
                    .toList();
            for (Future<Integer> each : all) {
                assertThat(each.get()).isLessThan(31_000);
            }
            going.set(false);
            harmless.get();
        }
        assertThat(Sleepers.live("1000.7")).isFalse();
        assertThat(others.get()).isPositive();
        assertThat(used() - before).as("bytes of heap that are left of it").isLessThan(32 << 20);
        Files.writeString(
                Path.of("target", "hostile-commands.txt"),
                count + " hostile commands, 0 survivors; " + others + " others went on beside them\n");
    }

    /** With a lower limit than commands get: others use this machine. */
    @Test
    void a_bomb_of_processes_goes_off_in_its_own_house() throws Exception {
        Sandbox off = Sandbox.off().withLimits(CommandLimits.defaults().withProcesses(400));
        Cell cell = Containment.here().cell(off);
        assumeTrue(
                cell instanceof Cell.OwnProcesses own && own.user().isCounted(),
                "no limit of one command's processes here");
        RunningCommand bomb = new ShellCommand(
                        Sleepers.ours(":(){ :|:& };:; sleep 1000.7"), Workspace.of(folder), off, Map.of())
                .start(new CommandFolder(folder.resolve("records/bomb")).fresh());
        long most = 0;
        for (int i = 0; i < 10 || most < 50; i++) {
            bomb.awaitOver(TIME.dividedBy(10));
            most = Math.max(most, bomb.processes().count());
            RunningCommand beside = start("echo fine", "beside");
            assertThat(beside.await()).isZero();
        }
        bomb.end();
        assertThat(most).isBetween(50L, 410L);
        assertThat(Sleepers.live("1000.7")).isFalse();
        assertThat(Files.readString(Path.of("/proc/sys/kernel/pid_max")).strip())
                .isNotEqualTo("400");
    }
}
