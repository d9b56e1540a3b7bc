package dev.yardmaster.tool.process;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a command runs in, as the command line that puts it there. File descriptor 4 is told when the command is about to
 * begin: what fails before that is the cell, and not the command.
 */
sealed interface Cell {

    /**
     * The first process. It is none that the command replaces: the first of a namespace is deaf to most signals. What
     * cannot be told to have begun does not begin.
     */
    String INIT = "exec 2>/dev/null\n%secho started >&4 || exit 125\n(exec \"$@\" 2>&1 4>&-)\nexit $?";

    /** {@code $0} of the first process, for probes to find. */
    String NAME = "yardmaster-init";

    /** The command line. */
    List<String> line(List<String> command, Workspace workspace, Sandbox sandbox);

    /** Whether all processes end with the first, and see none but each other. */
    boolean holdsProcesses();

    /** Among all other processes. */
    record Shared() implements Cell {

        @Override
        public List<String> line(List<String> command, Workspace workspace, Sandbox sandbox) {
            String limits = Ulimits.ofEach(sandbox.limits(), Ulimits.SH); // the user's other processes count, too
            return joined(List.of("sh", "-c", INIT.formatted(limits), NAME), command);
        }

        @Override
        public boolean holdsProcesses() {
            return false;
        }
    }

    /** In a namespace of processes, with everything else as it is. @param user who is to own what is made of namespaces */
    record OwnProcesses(String unshare, Owner user) implements Cell {

        @Override
        public List<String> line(List<String> command, Workspace workspace, Sandbox sandbox) {
            var line = new ArrayList<>(List.of(unshare));
            if (!user.isRoot()) {
                line.addAll(List.of("--user", "--map-current-user"));
            }
            line.addAll(List.of("--pid", "--fork", "--kill-child", "--mount-proc"));
            line.addAll(List.of("sh", "-c", INIT.formatted(Ulimits.of(sandbox.limits(), user, Ulimits.SH)), NAME));
            return joined(line, command);
        }

        @Override
        public boolean holdsProcesses() {
            return true;
        }
    }

    /**
     * In a sandbox that {@code bwrap} makes. Within it, nobody can set how many processes root may have; so root's is made
     * in one more namespace that has that limit.
     *
     * @param unshare where there is one
     */
    record Bubblewrap(String bwrap, Optional<String> unshare, Owner user) implements Cell {

        @Override
        public List<String> line(List<String> command, Workspace workspace, Sandbox sandbox) {
            for (Path folder : writable(workspace, sandbox)) {
                if (Path.of(bwrap).startsWith(folder)) {
                    throw new YardmasterException("'" + bwrap + "' makes no sandbox in which it could be replaced:"
                            + " commands may write '" + folder + "'. Install bubblewrap outside of it");
                }
            }
            var line = new ArrayList<String>();
            String most = user.limit(sandbox.limits().processes());
            if (unshare.isPresent() && !most.isEmpty()) {
                line.addAll(List.of(unshare.get(), "--pid", "--fork", "--kill-child"));
                line.addAll(List.of("sh", "-c", most + "exec \"$@\"", NAME));
            }
            line.addAll(List.of(
                    bwrap,
                    "--unshare-pid",
                    "--unshare-ipc",
                    "--unshare-uts",
                    "--die-with-parent",
                    "--new-session",
                    "--cap-drop",
                    "ALL"));
            if (!sandbox.network()) {
                line.add("--unshare-net");
            }
            line.addAll(List.of("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"));
            line.addAll(List.of("--tmpfs", "/run", "--tmpfs", "/tmp"));
            if (user.isRoot()) {
                line.addAll(List.of("--remount-ro", "/proc")); // its settings belong to root, privileged or not
            }
            Set<Path> folders = writable(workspace, sandbox);
            Covered covered = Covered.of(sandbox, folders);
            covered.around().forEach(path -> line.addAll(hiding(path)));
            if (sandbox.network()) {
                Resolver.outside().ifPresent(file -> line.addAll(List.of("--ro-bind-try", file, file)));
            }
            for (Path folder : folders) {
                String records = folder.resolve(".yardmaster").toString();
                line.addAll(List.of("--bind", folder.toString(), folder.toString()));
                line.addAll(List.of("--ro-bind-try", records, records));
            }
            covered.inside().forEach(path -> line.addAll(hiding(path)));
            covered.readOnly().forEach(path -> line.addAll(List.of("--ro-bind", path.toString(), path.toString())));
            covered.folders().forEach(path -> line.addAll(List.of("--remount-ro", path.toString())));
            line.addAll(List.of("--remount-ro", "/run", "--setenv", "TMPDIR", "/tmp"));
            line.addAll(List.of("--chdir", workspace.root().toString(), "--"));
            line.addAll(List.of("sh", "-c", INIT.formatted(Ulimits.of(sandbox.limits(), user, Ulimits.SH)), NAME));
            return joined(line, command);
        }

        @Override
        public boolean holdsProcesses() {
            return true;
        }
    }

    private static List<String> hiding(Path path) {
        return Files.isDirectory(path)
                ? List.of("--tmpfs", path.toString())
                : List.of("--ro-bind", "/dev/null", path.toString());
    }

    /** In a sandbox made of namespaces by the programs of util-linux. */
    record Namespaces(String unshare, Owner user) implements Cell {

        private static final String SCRIPT = Scripted.text("sandbox.sh");

        @Override
        public List<String> line(List<String> command, Workspace workspace, Sandbox sandbox) {
            var line = new ArrayList<>(List.of(unshare));
            if (!user.isRoot()) {
                line.addAll(List.of("--user", "--map-root-user")); // for as long as the sandbox is made
            }
            line.addAll(List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--ipc", "--uts"));
            if (!sandbox.network()) {
                line.add("--net");
            }
            Set<Path> folders = writable(workspace, sandbox);
            line.addAll(List.of("bash", "-c", Ulimits.of(sandbox.limits(), user, Ulimits.BASH) + SCRIPT, NAME));
            line.addAll(List.of(user.isRoot() ? "" : user.uid(), user.isRoot() ? "" : user.gid()));
            line.addAll(List.of(sandbox.network() ? "network" : "", String.valueOf(folders.size())));
            folders.forEach(folder -> line.add(folder.toString()));
            Covered covered = Covered.of(sandbox, folders);
            for (List<Path> each : List.of(covered.around(), covered.inside(), covered.readOnly())) {
                line.add(String.valueOf(each.size()));
                each.forEach(path -> line.add(path.toString()));
            }
            return joined(line, command);
        }

        @Override
        public boolean holdsProcesses() {
            return true;
        }
    }

    private static Set<Path> writable(Workspace workspace, Sandbox sandbox) {
        var all = new LinkedHashSet<>(workspace.folders());
        all.addAll(sandbox.writable());
        return all;
    }

    private static List<String> joined(List<String> line, List<String> command) {
        var all = new ArrayList<>(line);
        all.addAll(command);
        return List.copyOf(all);
    }
}
