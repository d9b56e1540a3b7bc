package dev.yardmaster.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.workspace.CommandLimits;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands that use up too much. */
@Timeout(120)
class CommandLimitsTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private int count;

    private RunningCommand start(String text, CommandLimits limits, Optional<MemoryGroups> groups) throws IOException {
        count++;
        var records = new CommandFolder(folder.resolve("records").resolve(String.valueOf(count))).fresh();
        Sandbox off = Sandbox.off().withLimits(limits);
        return new ShellCommand(Sleepers.ours(text), Workspace.of(folder), off, Map.of())
                .start(Containment.here().cell(off), groups, records);
    }

    @Test
    void nothing_is_kept_for_a_debugger_and_no_file_grows_too_large() throws Exception {
        RunningCommand running = start(
                "ulimit -c; head -c 3000000 /dev/zero > big",
                CommandLimits.none().withFile(MIB),
                Optional.empty());
        assertThat(running.await()).isEqualTo(153);
        assertThat(running.folder().printed().text()).startsWith("0\n");
        assertThat(folder.resolve("big")).hasSize(MIB);
        assertThat(running.limit()).contains(LimitReached.FILE);
        assertThat(LimitReached.FILE.text(CommandLimits.none().withFile(MIB))).contains("larger than 1 MiB");
    }

    @Test
    void a_disk_is_left_with_some_room() throws Exception {
        Path big = folder.resolve("big");
        File disk = new File(folder.toString()) { // one of 10 MiB
                    @Override
                    public long getUsableSpace() {
                        return 10 * MIB - big.toFile().length();
                    }
                };
        RunningCommand running = start(
                "until test -e go; do sleep 0.02; done;"
                        + " head -c 3000000 /dev/zero > big; sleep 0.3; head -c 5000000 /dev/zero >> big; sleep 1000.71",
                CommandLimits.none(),
                Optional.empty());
        LimitWatch.begin(running, CommandLimits.none().withFree(4 * MIB), List.of(disk), false);
        Files.createFile(folder.resolve("go"));
        assertThat(running.await()).isEqualTo(137);
        assertThat(running.limit()).contains(LimitReached.DISK);
        assertThat(running.folder().limit(137)).contains(LimitReached.DISK);
        assertThat(running.folder().ended()).as("it did not end by itself").isEmpty();
        assertThat(big.toFile().length()).as("when there were less than 4 MiB").isBetween(6 * MIB + 1, 8_000_000L);
        assertThat(Sleepers.live("1000.71")).isFalse();
    }

    @Test
    void defaults_leave_everyday_commands_alone() throws Exception {
        RunningCommand running =
                start("echo fine", CommandLimits.defaults(), Containment.here().memoryGroups());
        assertThat(running.await()).isZero();
        assertThat(running.limit()).isEmpty();
    }

    @Test
    void limits_say_what_cannot_be_meant_and_read_well() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CommandLimits.none().withMemory(4_096))
                .withMessageContaining("memory 4096");
        assertThat(List.of(
                        CommandLimits.text(12),
                        CommandLimits.text(1_536),
                        CommandLimits.text(3 * MIB),
                        CommandLimits.text(1_288_490_189)))
                .containsExactly("12 bytes", "1.5 KiB", "3 MiB", "1.2 GiB");
    }

    @Nested
    class Memory {

        /** Three times as much as there is, for whoever does not look. */
        private static final String EATS = "tail < <(head -c 300000000 /dev/zero; exec sleep 1000.72)";
        /** None of them uses as much as they do together. */
        private static final String MANY =
                "for i in 1 2 3 4 5 6; do (x=$(head -c 25000000 /dev/zero | tr '\\0' x); sleep 1000.72; : ${#x}) & done; wait -n";

        private final CommandLimits limits = CommandLimits.none().withMemory(96 * MIB);

        @Test
        void is_held_by_the_kernel_where_a_group_can_be_made() throws Exception {
            Optional<MemoryGroups> groups = Containment.here().memoryGroups();
            assumeTrue(groups.isPresent(), "no memory cgroup can be made here");
            for (String command : List.of(EATS, MANY + "; exit 9")) {
                RunningCommand running = start(command, limits, groups);
                running.await();
                assertThat(running.limit()).as(command).contains(LimitReached.MEMORY);
                assertThat(running.group().orElseThrow()).doesNotExist();
            }
        }

        @Test
        void is_looked_at_where_there_are_no_groups() throws Exception {
            assumeTrue(UsedMemory.isTold(), "there is no /proc here");
            for (String command : List.of(EATS, MANY)) {
                RunningCommand running = start(command, limits, Optional.empty());
                assertThat(running.await()).as(command).isEqualTo(137);
                assertThat(running.limit()).contains(LimitReached.MEMORY);
            }
            assertThat(Sleepers.live("1000.72")).isFalse();
        }

        @Test
        void that_processes_share_counts_once() throws Exception {
            assumeTrue(UsedMemory.isTold(), "there is no /proc here");
            String shared = "x=$(head -c 40000000 /dev/zero | tr '\\0' x);"
                    + " for i in {1..12}; do (sleep 1; : ${#x}) & done; wait; echo alive";
            RunningCommand running = start(shared, CommandLimits.none().withMemory(320 * MIB), Optional.empty());
            assertThat(running.await()).isZero();
            assertThat(running.folder().printed().text()).isEqualTo("alive\n");
        }
    }

    @Nested
    class A_place_for_groups {

        @Test
        void is_our_own_group_in_the_first_version() {
            String mounts = "30 25 0:26 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n"
                    + "31 25 0:27 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup2 rw\n";
            assertThat(MemoryGroups.of(mounts, "4:memory:/user/me\n0::/\n"))
                    .extracting(each -> each.folder().toString())
                    .containsExactly("/sys/fs/cgroup/memory/user/me", "/sys/fs/cgroup/unified");
        }

        @Test
        void is_beside_our_group_in_the_second() {
            String mounts = "29 23 0:25 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
            assertThat(MemoryGroups.of(mounts, "0::/user.slice/user@1000.service/app.slice/run.scope\n"))
                    .extracting(each -> each.folder().toString())
                    .containsExactly(
                            "/sys/fs/cgroup/user.slice/user@1000.service/app.slice",
                            "/sys/fs/cgroup/user.slice/user@1000.service/app.slice/run.scope");
        }

        @Test
        void is_found_where_only_part_of_the_groups_is_mounted_and_nowhere_else() {
            String mounts =
                    "29 23 0:25 /docker/ab /sys/fs/cgroup ro - cgroup2 cgroup rw\n30 23 0:3 / /proc rw - proc proc rw\n";
            assertThat(MemoryGroups.of(mounts, "0::/docker/ab/one\n"))
                    .extracting(each -> each.folder().toString())
                    .containsExactly("/sys/fs/cgroup", "/sys/fs/cgroup/one");
            assertThat(MemoryGroups.of(mounts, "0::/../other\n")).isEmpty();
            assertThat(MemoryGroups.of("", "0::/\n")).isEmpty();
        }
    }
}
