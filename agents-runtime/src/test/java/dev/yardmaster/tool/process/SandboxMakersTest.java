package dev.yardmaster.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.workspace.CommandLimits;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever makes a sandbox, it keeps to the same. */
@Timeout(120)
@ParameterizedClass(name = "{0}")
@EnumSource(SandboxMakersTest.Maker.class)
class SandboxMakersTest {

    enum Maker {
        BWRAP {
            @Override
            Optional<Cell> find() throws IOException {
                Owner user = Owner.ofThisProcess();
                return SystemProgram.findOfRoot("bwrap", System.getenv("PATH"))
                        .map(program -> new Cell.Bubblewrap(program, SystemProgram.find("unshare"), user));
            }
        },
        NAMESPACES {
            @Override
            Optional<Cell> find() throws IOException {
                Owner user = Owner.ofThisProcess();
                return SystemProgram.find("setpriv").isEmpty()
                        ? Optional.empty()
                        : SystemProgram.find("unshare").map(program -> new Cell.Namespaces(program, user));
            }
        };

        abstract Optional<Cell> find() throws IOException;
    }

    @Parameter
    Maker maker;

    @TempDir
    Path folder;

    Workspace workspace;
    Cell cell;
    final Sandbox sandbox = Sandbox.required();

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.of(Files.createDirectory(folder.resolve("work")));
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this is no Linux with /proc");
        Optional<Cell> found = maker.find();
        assumeTrue(found.isPresent(), "the programs for it are not installed, or not by root");
        cell = found.get();
        String problem = Containment.tried(cell, sandbox);
        assumeTrue(problem.isEmpty(), () -> "it does not work here: " + problem);
    }

    private RunningCommand start(Cell in, Sandbox wanted, String text, Map<String, String> variables)
            throws IOException {
        var records = new CommandFolder(folder.resolve("records/one")).fresh();
        return new ShellCommand(Sleepers.ours(text), workspace, wanted, variables).start(in, Optional.empty(), records);
    }

    private String said(Sandbox wanted, String text, Map<String, String> variables) throws Exception {
        return said(cell, wanted, text, variables);
    }

    private String said(Cell in, Sandbox wanted, String text, Map<String, String> variables) throws Exception {
        RunningCommand running = start(in, wanted, text, variables);
        int code = running.await();
        return running.folder().printed().text() + code;
    }

    @Test
    void lets_the_workspace_be_changed_and_nothing_else() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path home = Path.of(System.getProperty("user.home"));
        String said = said(
                sandbox,
                "echo in > in.txt; echo x > /tmp/private && ls /tmp; for d in \"$OUT\" " + home
                        + " / /usr /etc /var/tmp /sys/kernel /run /opt; do (: > $d/pwned) 2>/dev/null && echo wrote $d; done;"
                        + " mount -o remount,rw / 2>/dev/null && echo remounted; umount /proc 2>/dev/null && echo"
                        + " unmounted; unshare -Urm sh -c 'umount /tmp || mount -o remount,bind,rw /usr' 2>/dev/null"
                        + " && echo undone; (: >> /proc/sys/kernel/core_pattern) 2>/dev/null && echo settable;"
                        + " grep CapEff /proc/self/status; echo $TMPDIR",
                Map.of("OUT", outside.toString()));
        assertThat(said).contains("private").endsWith("\t0000000000000000\n/tmp\n0");
        assertThat(said).doesNotContain("wrote", "remounted", "unmounted", "undone", "settable");
        assertThat(workspace.root().resolve("in.txt")).hasContent("in");
        assertThat(Files.getOwner(workspace.root().resolve("in.txt"))).isEqualTo(Files.getOwner(outside));
        assertThat(outside).isEmptyDirectory();
        assertThat(Path.of("/tmp/private")).doesNotExist();
    }

    @Test
    void leaves_no_privilege_to_be_had() throws Exception {
        assertThat(said(
                        sandbox,
                        "grep -E '^(CapEff|CapPrm|CapInh|CapAmb):' /proc/self/status | cut -f2 | sort -u; "
                                + "grep NoNewPrivs /proc/self/status | cut -f2",
                        Map.of()))
                .isEqualTo("0000000000000000\n1\n0");
    }

    @Test
    void opens_further_folders_and_keeps_the_records_of_runs_from_change() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Path records = Files.createDirectory(workspace.root().resolve(".yardmaster"));
        assertThat(said(
                        sandbox.withWritable(List.of(cache)),
                        "echo x > \"$CACHE/kept\"; (echo x > .yardmaster/runs.db) 2>/dev/null || echo kept from it",
                        Map.of("CACHE", cache.toString())))
                .isEqualTo("kept from it\n0");
        assertThat(cache.resolve("kept")).exists();
        assertThat(records).isEmptyDirectory();
    }

    @Test
    void keeps_what_is_named_from_being_read_or_changed() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path keys = Files.createDirectory(home.resolve("keys"));
        Path key = Files.writeString(keys.resolve("id"), "secret");
        Path token = Files.writeString(home.resolve("token"), "secret");
        Path own = Files.writeString(workspace.root().resolve(".env"), "secret");
        Path folderOfOwn = Files.createDirectory(workspace.root().resolve("private"));
        Files.writeString(folderOfOwn.resolve("one"), "secret");
        Path config = Files.writeString(workspace.root().resolve("config"), "as it was");
        Path link = Files.createSymbolicLink(home.resolve("link"), token);
        Sandbox narrow = sandbox.without(
                List.of(config, workspace.root().resolve("absent")),
                List.of(keys, link, own, folderOfOwn, home.resolve("absent")));
        assertThat(said(
                                narrow,
                                "cat \"$HOME_/keys/id\" \"$HOME_/token\" \"$HOME_/link\" .env private/one 2>/dev/null; ls \"$HOME_/keys\" private;"
                                        + " for f in config .env private/two \"$HOME_/keys/two\"; do (echo changed > $f) 2>/dev/null && echo wrote $f;"
                                        + " done; (rm -f config || mv config other || umount config || umount .env) 2>/dev/null && echo moved;"
                                        + " cat config; echo; echo fine > other; cat other",
                                Map.of("HOME_", home.toString()))
                        .replace("private:\n", "")
                        .replaceFirst("\\S*/keys:\n", "")
                        .replaceFirst("wrote .env\n", "") // to /dev/null
                        .strip())
                .isEqualTo("as it was\nfine\n0");
        assertThat(own).hasContent("secret");
        assertThat(config).hasContent("as it was");
        assertThat(key).hasContent("secret");
    }

    @Test
    void opens_a_workspace_that_lies_in_what_is_hidden() throws Exception {
        Files.writeString(folder.resolve("beside"), "secret");
        assertThat(said(
                        sandbox.without(List.of(), List.of(folder)),
                        "echo in > in.txt; cat ../beside 2>/dev/null; (: > ../new) 2>/dev/null && echo wrote; ls ..",
                        Map.of()))
                .isEqualTo("work\n0");
        assertThat(workspace.root().resolve("in.txt")).hasContent("in");
    }

    @Test
    void reaches_no_network_unless_that_is_allowed() throws Exception {
        try (var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var port = Map.of("PORT", String.valueOf(listening.getLocalPort()));
            String reach = "(: < /dev/tcp/127.0.0.1/$PORT) 2>/dev/null && echo reached";
            assertThat(said(sandbox, reach, port)).isEqualTo("1");
            assertThat(said(sandbox.withNetwork(), reach, port)).isEqualTo("reached\n0");
        }
    }

    @Test
    void lets_programs_find_what_they_expect_of_a_machine() throws Exception {
        assertThat(said(
                        sandbox,
                        "echo x > /dev/null; head -c 3 /dev/urandom | wc -c; cat <(echo fd); echo y > /dev/shm/s"
                                + " && cat /dev/shm/s; mktemp | cut -c1-5; kill -TERM $$",
                        Map.of()))
                .isEqualTo("3\nfd\ny\n/tmp/\n143");
    }

    @Test
    void hands_on_nothing_of_our_environment_by_any_process() throws Exception {
        String harmless = "PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|JAVA_HOME|PYENV_[A-Z]+|NVM_DIR"
                + "|TERM|PWD|OLDPWD|SHLVL|_|GIT_TERMINAL_PROMPT|PAGER|GIT_PAGER|OF_THIS_CALL";
        String said = said(
                sandbox,
                "cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | cut -d= -f1 | sort -u | grep -vxE '" + harmless
                        + "'; " + "ls /proc/1/environ; echo $OF_THIS_CALL",
                Map.of("OF_THIS_CALL", "set"));
        assertThat(said).isEqualTo("/proc/1/environ\nset\n0");
    }

    @Test
    void leaves_no_survivor() throws Exception {
        RunningCommand hides = start(
                cell,
                sandbox,
                "(setsid nohup sleep 1000.61 >/dev/null 2>&1 &); env -i setsid sleep 1000.62 & echo left",
                Map.of());
        assertThat(hides.await()).isZero();
        assertThat(hides.folder().printed().text()).isEqualTo("left\n");
        RunningCommand hangs = start(
                cell, sandbox, "trap '' TERM HUP INT; setsid sleep 1000.63 & echo began; sleep 1000.64", Map.of());
        while (hangs.folder().printed().text().isEmpty()) {
            assertThat(hangs.awaitOver(Duration.ofMillis(5))).isFalse();
        }
        hangs.end();
        for (int i = 1; i <= 4; i++) {
            assertThat(Sleepers.live("1000.6" + i)).isFalse();
        }
    }

    @Test
    void changes_nothing_about_what_a_command_says_and_how_it_ends() throws Exception {
        for (String command : List.of(
                "echo out; echo err >&2; exit 5",
                "true",
                "false",
                "exit 255",
                "no-such-program; echo $?",
                "kill -TERM $$",
                "kill -KILL $$",
                "head -c 100000 /dev/zero | tr '\\0' x | wc -c",
                "printf 'no line end'",
                "cat; echo end of input",
                "pwd; cd /; pwd; echo \"$0\"",
                "id -u; umask; echo ä | wc -c")) {
            assertThat(said(sandbox, command, Map.of()))
                    .as(command)
                    .isEqualTo(said(new Cell.Shared(), Sandbox.none(), command, Map.of()));
        }
    }

    @Test
    void holds_what_is_limited() throws Exception {
        CommandLimits limits = CommandLimits.none().withProcesses(400).withFile(1 << 20);
        assertThat(said(sandbox.withLimits(limits), "head -c 3000000 /dev/zero > big; echo $?; ulimit -c", Map.of()))
                .endsWith("153\n0\n0");
        assertThat(workspace.root().resolve("big")).hasSize(1 << 20);
        assumeTrue(Owner.ofThisProcess().isCounted(), "root's processes are not counted before Linux 6.14");
        String many = "for i in {1..450}; do sleep 1000.65 & done"; // bash tries again for some seconds
        RunningCommand running = start(cell, sandbox.withLimits(limits), many, Map.of("LC_ALL", "C"));
        while (!running.folder().printed().text().contains("Resource temporarily unavailable")) {
            assertThat(running.awaitOver(Duration.ofMillis(20))).isFalse();
        }
        assertThat(running.processes().count()).isBetween(300L, 410L);
        running.end();
        assertThat(Sleepers.live("1000.65")).isFalse();
    }

    @Test
    void says_what_is_wrong_when_it_cannot_be_made() throws Exception {
        Path gone = folder.resolve("gone");
        RunningCommand running = start(cell, sandbox.withWritable(List.of(gone)), "touch ran", Map.of());
        running.await();
        assertThat(running.exitCode()).isEmpty();
        assertThat(running.folder().printed().text()).contains(gone.toString());
        assertThat(workspace.root().resolve("ran")).doesNotExist();
    }
}
