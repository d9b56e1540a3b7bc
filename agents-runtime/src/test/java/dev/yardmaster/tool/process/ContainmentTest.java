package dev.yardmaster.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ContainmentTest {

    @TempDir
    Path folder;

    Workspace workspace;

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.of(Files.createDirectory(folder.resolve("work")));
    }

    RunningCommand start(Cell cell, Sandbox sandbox, String text, Map<String, String> variables) throws IOException {
        var records = new CommandFolder(folder.resolve("records/one")).fresh();
        return new ShellCommand(text, workspace, sandbox, variables).start(cell, records);
    }

    String said(Cell cell, Sandbox sandbox, String text, Map<String, String> variables) throws Exception {
        RunningCommand running = start(cell, sandbox, text, variables);
        int code = running.await();
        return running.folder().printed().text() + code;
    }

    @Test
    void tells_what_there_is_here_and_why_there_is_no_more() {
        Containment here = Containment.here();
        assertThat(here.sandbox().isPresent())
                .isNotEqualTo(here.withoutSandbox().isPresent());
        assertThat(here.cell(Sandbox.none())).isInstanceOf(Cell.Shared.class);
        assertThat(here.cell(Sandbox.off()).holdsProcesses())
                .isEqualTo(here.withoutProcesses().isEmpty());
    }

    @Test
    void says_what_failed_when_a_cell_cannot_be_made() {
        var none = new Cell.OwnProcesses("/bin/false", new Owner("0", "0"));
        assertThat(Containment.tried(none, Sandbox.off())).isEqualTo("a command in it did not get through");
        assertThat(Containment.tried(new Cell.Shared(), Sandbox.off())).isEqualTo("processes of others are seen");
    }

    @Test
    void opens_no_root_to_a_sandbox() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Sandbox.required().withWritable(List.of(Path.of("/"))))
                .withMessageContaining("not the root");
    }

    @Nested
    class Without_namespaces {

        final Cell shared = new Cell.Shared();

        @Test
        void a_command_says_what_it_says_and_ends_as_it_ends() throws Exception {
            assertThat(said(shared, Sandbox.none(), "echo out; echo err >&2; exit 5", Map.of()))
                    .isEqualTo("out\nerr\n5");
        }

        @Test
        void what_it_leaves_behind_is_found_by_its_mark() throws Exception {
            assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
            assertThat(said(
                            shared,
                            Sandbox.none(),
                            "setsid sleep 1000.51 & (setsid nohup sleep 1000.52 &); sleep 0.1; echo done",
                            Map.of()))
                    .isEqualTo("done\n0");
            assertThat(lives("sleep 1000.51")).isFalse();
            assertThat(lives("sleep 1000.52")).isFalse();
        }

        @Test
        void a_command_that_stops_itself_is_waited_for_and_ended() throws Exception {
            RunningCommand running = start(shared, Sandbox.none(), "kill -STOP $$", Map.of());
            assertThat(running.awaitOver(Duration.ofMillis(700))).isFalse();
            running.end();
            assertThat(running.await()).isEqualTo(137);
        }
    }

    static boolean lives(String commandLine) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(commandLine));
    }

    /** What {@code bwrap} is told, to the word: it is not installed everywhere. */
    @Test
    void bwrap_is_told_to_leave_nothing_but_the_workspace_open() {
        List<String> line = new Cell.Bubblewrap("/usr/bin/bwrap")
                .line(
                        List.of("bash", "-c", "--", "make"),
                        workspace,
                        Sandbox.required().withWritable(List.of(Path.of("/home/me/.m2"))));
        String root = workspace.root().toString();
        assertThat(line)
                .containsExactly(
                        "/usr/bin/bwrap",
                        "--unshare-pid",
                        "--unshare-ipc",
                        "--unshare-uts",
                        "--die-with-parent",
                        "--new-session",
                        "--cap-drop",
                        "ALL",
                        "--unshare-net",
                        "--ro-bind",
                        "/",
                        "/",
                        "--proc",
                        "/proc",
                        "--dev",
                        "/dev",
                        "--tmpfs",
                        "/run",
                        "--tmpfs",
                        "/tmp",
                        "--bind",
                        root,
                        root,
                        "--ro-bind-try",
                        root + "/.yardmaster",
                        root + "/.yardmaster",
                        "--bind",
                        "/home/me/.m2",
                        "/home/me/.m2",
                        "--ro-bind-try",
                        "/home/me/.m2/.yardmaster",
                        "/home/me/.m2/.yardmaster",
                        "--setenv",
                        "TMPDIR",
                        "/tmp",
                        "--chdir",
                        root,
                        "--",
                        "sh",
                        "-c",
                        Cell.INIT.formatted(""),
                        Cell.NAME,
                        "bash",
                        "-c",
                        "--",
                        "make");
        assertThat(new Cell.Bubblewrap("/usr/bin/bwrap")
                        .line(List.of("true"), workspace, Sandbox.required().withNetwork()))
                .doesNotContain("--unshare-net");
    }

    @Nested
    class A_sandbox {

        final Sandbox sandbox = Sandbox.required();

        /** Each kind that works here. */
        List<Cell> cells() throws IOException {
            var all = new ArrayList<Cell>();
            SystemProgram.find("bwrap").map(Cell.Bubblewrap::new).ifPresent(all::add);
            Optional<String> unshare = SystemProgram.find("unshare");
            if (unshare.isPresent() && SystemProgram.find("setpriv").isPresent()) {
                all.add(new Cell.Namespaces(unshare.get(), Owner.ofThisProcess()));
            }
            all.removeIf(cell -> !Containment.tried(cell, sandbox).isEmpty());
            assumeTrue(
                    !all.isEmpty(),
                    () -> "no sandbox here: "
                            + Containment.here().withoutSandbox().orElse(""));
            return all;
        }

        @Test
        void lets_the_workspace_be_changed_and_nothing_else() throws Exception {
            Path outside = Files.createDirectory(folder.resolve("outside"));
            Path home = Path.of(System.getProperty("user.home"));
            for (Cell cell : cells()) {
                String said = said(
                        cell,
                        sandbox,
                        "echo in > in.txt; echo x > /tmp/private && ls /tmp; for d in \"$OUT\" " + home
                                + " /usr /etc /var/tmp /sys/kernel; do (: > $d/pwned) 2>/dev/null && echo wrote $d; done;"
                                + " mount -o remount,rw / 2>/dev/null && echo remounted; umount /proc 2>/dev/null && echo"
                                + " unmounted; unshare -Urm sh -c 'umount /tmp || mount -o remount,bind,rw /usr' 2>/dev/null"
                                + " && echo undone; (echo x > /proc/sys/kernel/core_pattern) 2>/dev/null && echo set;"
                                + " grep CapEff /proc/self/status; echo $TMPDIR",
                        Map.of("OUT", outside.toString()));
                assertThat(said).as(cell.toString()).contains("private").endsWith("\t0000000000000000\n/tmp\n0");
                assertThat(said).doesNotContain("wrote", "remounted", "unmounted", "undone", "\nset");
                assertThat(workspace.root().resolve("in.txt")).hasContent("in");
                assertThat(Files.getOwner(workspace.root().resolve("in.txt"))).isEqualTo(Files.getOwner(outside));
                assertThat(outside).isEmptyDirectory();
                assertThat(Path.of("/tmp/private")).doesNotExist();
                Files.delete(workspace.root().resolve("in.txt"));
            }
        }

        @Test
        void opens_further_folders_and_keeps_the_records_of_runs_from_change() throws Exception {
            Path cache = Files.createDirectory(folder.resolve("cache"));
            Path records = Files.createDirectory(workspace.root().resolve(".yardmaster"));
            for (Cell cell : cells()) {
                assertThat(said(
                                cell,
                                sandbox.withWritable(List.of(cache)),
                                "echo x > \"$CACHE/kept\"; (echo x > .yardmaster/runs.db) 2>/dev/null || echo kept from it",
                                Map.of("CACHE", cache.toString())))
                        .isEqualTo("kept from it\n0");
                assertThat(cache.resolve("kept")).exists();
                assertThat(records).isEmptyDirectory();
            }
        }

        @Test
        void reaches_no_network_unless_that_is_allowed() throws Exception {
            try (var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                var port = Map.of("PORT", String.valueOf(listening.getLocalPort()));
                String reach = "(: < /dev/tcp/127.0.0.1/$PORT) 2>/dev/null && echo reached";
                for (Cell cell : cells()) {
                    assertThat(said(cell, sandbox, reach, port)).isEqualTo("1");
                    assertThat(said(cell, sandbox.withNetwork(), reach, port)).isEqualTo("reached\n0");
                }
            }
        }

        @Test
        void lets_programs_find_what_they_expect_of_a_machine() throws Exception {
            for (Cell cell : cells()) {
                assertThat(said(
                                cell,
                                sandbox,
                                "echo x > /dev/null; head -c 3 /dev/urandom | wc -c; cat <(echo fd); echo y > /dev/shm/s"
                                        + " && cat /dev/shm/s; mktemp | cut -c1-5; kill -TERM $$",
                                Map.of()))
                        .isEqualTo("3\nfd\ny\n/tmp/\n143");
            }
        }

        @Test
        void says_what_is_wrong_when_it_cannot_be_made() throws Exception {
            Path gone = folder.resolve("gone");
            for (Cell cell : cells()) {
                RunningCommand running = start(cell, sandbox.withWritable(List.of(gone)), "touch ran", Map.of());
                running.await();
                assertThat(running.exitCode()).isEmpty();
                assertThat(running.folder().printed().text()).contains(gone.toString());
                assertThat(workspace.root().resolve("ran")).doesNotExist();
            }
        }
    }
}
