package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.process.CommandFolder;
import dev.yardmaster.tool.process.RunningCommand;
import dev.yardmaster.tool.process.ShellCommand;
import dev.yardmaster.workspace.FolderTree;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A command of a person's own settings, such as a hook. It runs as the commands of Bash do: with an environment that holds no
 * secrets, and killed with all that it started when it is over, late or interrupted. Unlike those it has something to
 * read, its two outputs are kept apart, and it is a person's own: no sandbox holds it, and it sees other processes.
 *
 * @param command as for {@code bash -c}
 * @param folder where it runs
 * @param variables that are set besides
 * @param input what it reads on its standard input
 * @param timeout how long it may take
 */
public record ShellScript(String command, Path folder, Map<String, String> variables, String input, Duration timeout) {

    private static final int MOST = 1 << 20;

    /**
     * How it ended.
     *
     * @param exitCode empty when it was stopped because it took too long
     * @param out what it printed, the first MiB
     * @param err what it printed as errors, the first MiB
     */
    public record Ended(Optional<Integer> exitCode, String out, String err) {}

    public ShellScript {
        variables = Map.copyOf(variables);
    }

    /** A word that a shell takes as it is. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Runs it. Blocks.
     *
     * @throws IOException when no shell can be started
     * @throws InterruptedException when interrupted; the command is gone then
     */
    public Ended run() throws IOException, InterruptedException {
        Path files = Files.createTempDirectory("yardmaster-script-"); // the owner's alone
        Path in = files.resolve("in");
        Path err = files.resolve("err");
        try {
            Files.writeString(in, input);
            RunningCommand running = new ShellCommand(line(in, err), Workspace.of(folder), Sandbox.none(), variables)
                    .start(new CommandFolder(files.resolve("command")).fresh());
            boolean inTime;
            try {
                inTime = running.awaitOver(timeout);
            } finally {
                running.end();
            }
            Optional<Integer> exitCode = inTime ? Optional.of(running.await()) : Optional.empty();
            return new Ended(exitCode, beginning(running.folder().output()), beginning(err));
        } finally {
            FolderTree.delete(files);
        }
    }

    private String line(Path in, Path err) {
        return "exec bash -c -- " + quoted(command) + " < " + quoted(in.toString()) + " 2> " + quoted(err.toString());
    }

    private static String beginning(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(MOST), StandardCharsets.UTF_8);
        }
    }
}
