package dev.yardmaster.tool.process;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.workspace.CommandLimits;
import dev.yardmaster.workspace.FolderTree;
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
import java.util.stream.Collectors;

/**
 * What this machine can keep commands in. It is tried, once and when it is first needed, not concluded from versions. The
 * first question takes some milliseconds. Thread-safe.
 */
public final class Containment {

    private static final Containment HERE = new Containment();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What was found. @param problem why there is nothing better; else empty */
    private record Found(Optional<Cell> cell, String name, String problem) {

        static Found none(String problem) {
            return new Found(Optional.empty(), "", problem);
        }
    }

    private Optional<Found> processes = Optional.empty();
    private Optional<Found> sandbox = Optional.empty();
    private Optional<Optional<MemoryGroups>> memory = Optional.empty();

    private Containment() {}

    /** This machine, and who this process is on it. */
    public static Containment here() {
        return HERE;
    }

    /** Whether commands get processes of their own; if not, why. */
    public Optional<String> withoutProcesses() {
        return Optional.of(processes().problem()).filter(problem -> !problem.isEmpty());
    }

    /** What makes sandboxes here, for people; empty where nothing does. */
    public Optional<String> sandbox() {
        return Optional.of(sandboxes().name()).filter(name -> !name.isEmpty());
    }

    /** Why there is no sandbox here; empty where there is. */
    public Optional<String> withoutSandbox() {
        return Optional.of(sandboxes().problem()).filter(problem -> !problem.isEmpty());
    }

    /** How a command is kept to its limits here, for people: a line each, also where one cannot be held. */
    public List<String> limits(CommandLimits limits) {
        boolean counted = processes()
                .cell()
                .filter(cell ->
                        cell instanceof Cell.OwnProcesses own && own.user().isCounted())
                .isPresent();
        Optional<MemoryGroups> groups = memoryGroups();
        return new LimitText(
                        limits,
                        groups.isPresent(),
                        counted || groups.filter(MemoryGroups::countsProcesses).isPresent())
                .lines();
    }

    /** @throws YardmasterException when there has to be a sandbox, and there can be none */
    public void check(Sandbox wanted) {
        if (wanted.use() == Sandbox.Use.REQUIRED && sandboxes().cell().isEmpty()) {
            throw new YardmasterException("commands are to run in a sandbox, and none can be made here: "
                    + sandboxes().problem() + ". Install bubblewrap, or use the sandbox 'preferred' or 'off'");
        }
    }

    /** What a command that failed may have failed by, for whoever reads its output; empty where it was in no sandbox. */
    public Optional<String> described(Sandbox wanted) {
        if (!wanted.wanted() || sandboxes().cell().isEmpty()) {
            return Optional.empty();
        }
        String folders =
                wanted.writable().stream().map(folder -> ", '" + folder + "'").collect(Collectors.joining());
        return Optional.of("it ran in a sandbox: " + (wanted.network() ? "" : "without network, ")
                + "only the workspace" + folders + " and /tmp, which is empty for each command, can be written"
                + (wanted.hidden().isEmpty() ? "" : ", and " + wanted.hidden() + " look empty")
                + (wanted.leavable() ? "; if it has to run outside, dangerouslyDisableSandbox asks a person" : ""));
    }

    Cell cell(Sandbox wanted) {
        check(wanted);
        return switch (wanted.use()) {
            case NONE -> new Cell.Shared();
            case OFF -> processes().cell().orElseGet(Cell.Shared::new);
            case REQUIRED, PREFERRED ->
                sandboxes().cell().or(() -> processes().cell()).orElseGet(Cell.Shared::new);
        };
    }

    synchronized Optional<MemoryGroups> memoryGroups() {
        if (memory.isEmpty()) {
            memory = Optional.of(
                    MemoryGroups.here().stream().filter(Containment::works).findFirst());
        }
        return memory.get();
    }

    private synchronized Found processes() {
        if (processes.isEmpty()) {
            processes = Optional.of(findProcesses());
        }
        return processes.get();
    }

    private synchronized Found sandboxes() {
        if (sandbox.isEmpty()) {
            sandbox = Optional.of(findSandbox());
        }
        return sandbox.get();
    }

    private static Found findProcesses() {
        Optional<String> unshare = SystemProgram.find("unshare");
        if (unshare.isEmpty()) {
            return Found.none("there is no unshare (of util-linux, on Linux)");
        }
        try {
            var cell = new Cell.OwnProcesses(unshare.get(), Owner.ofThisProcess());
            String problem = tried(cell, Sandbox.off());
            return new Found(Optional.<Cell>of(cell).filter(works -> problem.isEmpty()), "", problem);
        } catch (IOException | UnsupportedOperationException e) {
            return Found.none("this is no Linux with /proc");
        }
    }

    private static Found findSandbox() {
        Optional<String> unshare = SystemProgram.find("unshare");
        try {
            Owner user = Owner.ofThisProcess();
            Optional<String> bwrap = SystemProgram.findOfRoot("bwrap", System.getenv("PATH"));
            String problem = "bwrap is not installed";
            if (bwrap.isPresent()) {
                var cell = new Cell.Bubblewrap(bwrap.get(), unshare, user);
                String tried = tried(cell, Sandbox.required());
                if (tried.isEmpty()) {
                    return new Found(Optional.of(cell), "bwrap", "");
                }
                problem = "bwrap does not work (" + tried + ")";
            }
            if (unshare.isEmpty() || SystemProgram.find("setpriv").isEmpty()) {
                return Found.none(problem + ", and there is no unshare with setpriv (of util-linux, on Linux)");
            }
            var cell = new Cell.Namespaces(unshare.get(), user);
            String other = tried(cell, Sandbox.required());
            return other.isEmpty()
                    ? new Found(Optional.of(cell), "namespaces", "")
                    : Found.none(problem + ", and namespaces do not work (" + other + ")");
        } catch (IOException | UnsupportedOperationException e) {
            return Found.none("this is no Linux with /proc");
        }
    }

    /** Whether a process can be moved into such a group, and is held there. @return why not; empty when it can */
    private static boolean works(MemoryGroups groups) {
        return tried(
                        new Enclosure(new Cell.Shared(), Optional.of(groups)),
                        Sandbox.none(),
                        "grep -q yardmaster- /proc/self/cgroup || exit 1\n")
                .isEmpty();
    }

    /** Runs a command in it that looks and tries to get out. @return what is wrong with it; empty when nothing is */
    static String tried(Cell cell, Sandbox sandbox) {
        return tried(
                new Enclosure(cell, Optional.empty()),
                sandbox,
                "if grep -qsFf unseen /proc/[0-9]*/cmdline; then echo processes of others are seen; exit 1; fi\n");
    }

    /** @param looks what a command does before it tries to get out, as a script */
    static String tried(Enclosure enclosure, Sandbox sandbox, String looks) {
        boolean interrupted = Thread.interrupted(); // what is found holds for everybody who comes after
        Path own = Path.of("");
        Path records = Path.of("");
        try {
            own = Files.createTempDirectory("yardmaster-try-").toRealPath();
            records = Files.createTempDirectory("yardmaster-at-").toRealPath();
            return tried(enclosure, sandbox, looks, own, records);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } finally {
            forget(own);
            forget(records);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void forget(Path folder) {
        try {
            if (folder.isAbsolute()) {
                FolderTree.delete(folder);
            }
        } catch (IOException e) {
            return; // an empty folder among temporary files
        }
    }

    private static String tried(Enclosure enclosure, Sandbox sandbox, String looks, Path own, Path records)
            throws IOException {
        String unseen = records.getFileName().toString();
        Path home = Path.of(System.getProperty("user.home")).toAbsolutePath().resolve("." + unseen);
        Files.writeString(own.resolve("unseen"), unseen);
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String tries = sandbox.wanted()
                    ? "grep -q '^CapEff:[[:space:]]*0*$' /proc/self/status || { echo it has privileges; exit 1; }\n"
                            + "(: >>/proc/sys/kernel/core_pattern) 2>/dev/null && { echo settings of the kernel can be changed; exit 1; }\n"
                            + "(: >\"$OUTSIDE\") 2>/dev/null && { echo files outside can be written; exit 1; }\n"
                            + "(: <\"/dev/tcp/127.0.0.1/$PORT\") 2>/dev/null && { echo the network is reached; exit 1; }\n"
                    : "";
            var command = new ShellCommand(
                    looks + tries + "echo held >inside",
                    Workspace.of(own),
                    sandbox,
                    Map.of("OUTSIDE", home.toString(), "PORT", String.valueOf(listening.getLocalPort())));
            RunningCommand running = command.start(
                    enclosure.cell(), enclosure.groups(), new CommandFolder(records.resolve("probe")).fresh());
            running.end(PATIENCE);
            boolean escaped = Files.exists(home) && Files.deleteIfExists(home); // a home may be closed to its owner
            boolean held = Files.exists(own.resolve("inside")) && !escaped;
            return held ? "" : said(running);
        }
    }

    private static String said(RunningCommand running) throws IOException {
        List<String> lines = running.folder().printed().text().strip().lines().toList();
        return lines.isEmpty() ? "a command in it did not get through" : lines.getFirst();
    }
}
