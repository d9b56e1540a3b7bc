package dev.yardmaster.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.workspace.CommandLimits;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        return new ShellCommand(Sleepers.ours(text), workspace, sandbox, variables)
                .start(cell, Optional.empty(), records);
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
    void leaves_nothing_outside_where_a_sandbox_did_not_hold() throws IOException {
        Path where = folder.resolve("where");
        String escapes = ": >\"$OUTSIDE\"; printf %s \"$OUTSIDE\" >'" + where + "'; exit 1\n";
        assertThat(Containment.tried(new Enclosure(new Cell.Shared(), Optional.empty()), Sandbox.required(), escapes))
                .isEqualTo("a command in it did not get through");
        assertThat(Path.of(Files.readString(where))).isAbsolute().doesNotExist();
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
            assertThat(Sleepers.live("1000.51")).isFalse();
            assertThat(Sleepers.live("1000.52")).isFalse();
        }

        @Test
        void a_command_that_stops_itself_is_waited_for_and_ended() throws Exception {
            RunningCommand running = start(shared, Sandbox.none(), "kill -STOP $$", Map.of());
            assertThat(running.awaitOver(Duration.ofMillis(700))).isFalse();
            running.end();
            assertThat(running.await()).isEqualTo(137);
        }
    }

    /** What {@code bwrap} is told, to the word: it is not installed everywhere. */
    @Test
    void bwrap_is_told_to_leave_nothing_but_the_workspace_open() {
        List<String> line = bwrap("1000")
                .line(
                        List.of("bash", "-c", "--", "make"),
                        workspace,
                        Sandbox.required()
                                .withWritable(List.of(Path.of("/home/me/.m2")))
                                .withLimits(CommandLimits.none().withProcesses(2_048)));
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
                        "--remount-ro",
                        "/run",
                        "--setenv",
                        "TMPDIR",
                        "/tmp",
                        "--chdir",
                        root,
                        "--",
                        "sh",
                        "-c",
                        Cell.INIT.formatted(
                                "ulimit -c 0\nfor option in -u -p; do ulimit $option 2048 && break; done\n"),
                        Cell.NAME,
                        "bash",
                        "-c",
                        "--",
                        "make");
        assertThat(bwrap("1000")
                        .line(List.of("true"), workspace, Sandbox.required().withNetwork()))
                .doesNotContain("--unshare-net");
    }

    private static Cell bwrap(String uid) {
        return new Cell.Bubblewrap("/usr/bin/bwrap", Optional.of("/usr/bin/unshare"), new Owner(uid, uid));
    }

    @Test
    void bwrap_is_not_used_from_where_its_commands_could_replace_it() throws IOException {
        Workspace all = Workspace.of(Path.of("/usr"));
        assertThatExceptionOfType(YardmasterException.class)
                .isThrownBy(() -> bwrap("0").line(List.of("true"), all, Sandbox.required()))
                .withMessageContaining("could be replaced");
    }
}
