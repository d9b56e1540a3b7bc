package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.process.CommandFolder;
import dev.yardmaster.tool.process.ShellCommand;
import dev.yardmaster.workspace.FolderTree;
import dev.yardmaster.workspace.Workspace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands of one agent: those in the background, and what all of them printed. When its work ends the former are
 * killed and the latter is deleted. Thread-safe.
 */
final class AgentCommands implements Closeable {

    static final int MAX_RUNNING = 16;

    private final Map<String, BackgroundCommand> byId = new LinkedHashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private Optional<Path> temporary = Optional.empty();
    private int count;

    static AgentCommands of(ToolContext context) {
        return context.desk().keep(AgentCommands.class, AgentCommands::new);
    }

    /** Where the command of a call leaves what becomes of it: in a place of its own, or among temporary files. */
    synchronized CommandFolder folder(ToolContext context) throws IOException {
        Optional<Path> own = context.confinement().folder();
        if (own.isPresent()) {
            folders.add(
                    own.get().getParent()); // that of all of this agent's calls, those of an earlier process included
            return new CommandFolder(own.get());
        }
        if (temporary.isEmpty()) {
            temporary = Optional.of(Files.createTempDirectory(outside(context.workspace()), "yardmaster-"));
            folders.add(temporary.get());
        }
        count++;
        return new CommandFolder(temporary.get().resolve(String.valueOf(count)));
    }

    synchronized ToolResult start(ShellCommand command, ToolContext context) throws IOException {
        List<BackgroundCommand> running =
                byId.values().stream().filter(BackgroundCommand::isRunning).toList();
        if (running.size() == MAX_RUNNING) {
            return new ToolResult.Failed("there are " + MAX_RUNNING + " commands in the background already ("
                    + titles(running) + "); end one with KillShell first");
        }
        String id = freshId();
        byId.put(id, BackgroundCommand.start(id, command, folder(context).fresh()));
        return new ToolResult.Text("Running in the background as " + id + ". BashOutput (bash_id " + id
                + ") shows what it prints, KillShell ends it; it is killed when your work ends.");
    }

    /** Where files go that are no part of a workspace. Nobody else can read what is made below it. */
    private static Path outside(Workspace workspace) {
        return Stream.of(System.getProperty("java.io.tmpdir"), "/var/tmp", System.getProperty("user.home"))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .filter(Files::isWritable)
                .filter(path ->
                        !workspace.contains(workspace.resolve(path.toString()).target()))
                .findFirst()
                .orElse(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Not counted: an id of an earlier process must not come to mean another command. */
    private String freshId() {
        String id;
        do {
            id = "bash_"
                    + Integer.toHexString(0x1000 + ThreadLocalRandom.current().nextInt(0xf000));
        } while (byId.containsKey(id));
        return id;
    }

    synchronized Optional<BackgroundCommand> find(String id) {
        return Optional.ofNullable(byId.get(id.strip()));
    }

    /** What is said of an id that means nothing here. */
    synchronized ToolResult unknown(String id) {
        return new ToolResult.Failed("there is no command '" + id + "' in the background. "
                + (byId.isEmpty() ? "There is none at all" : "There are: " + titles(byId.values()))
                + ". Commands in the background do not outlast an interruption of the run; start it again if need be.");
    }

    private static String titles(Collection<BackgroundCommand> commands) {
        return commands.stream().map(BackgroundCommand::title).collect(Collectors.joining("; "));
    }

    @Override
    public synchronized void close() throws IOException {
        byId.values().forEach(BackgroundCommand::kill);
        for (Path folder : folders) {
            FolderTree.delete(folder);
            if (!Optional.of(folder).equals(temporary)) {
                forget(folder.getParent());
            }
        }
    }

    /** The folder of all agents' work, when this was the last. */
    private static void forget(Path root) throws IOException {
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            return; // others are at work
        }
    }
}
