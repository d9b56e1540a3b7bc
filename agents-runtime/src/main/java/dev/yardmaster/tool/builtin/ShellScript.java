package dev.yardmaster.tool.builtin;

import java.io.ByteArrayOutputStream;
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
 * read, and its two outputs are kept apart.
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
            var out = new ByteArrayOutputStream();
            Optional<Integer> exitCode = ShellProcess.start(
                            line(in, err), folder, variables, stream -> keepBeginning(stream, out))
                    .await(timeout);
            return new Ended(exitCode, out.toString(StandardCharsets.UTF_8), beginning(err));
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(err);
            Files.deleteIfExists(files);
        }
    }

    private String line(Path in, Path err) {
        return "exec bash -c -- " + quoted(command) + " < " + quoted(in.toString()) + " 2> " + quoted(err.toString());
    }

    /** Reads to the end, so that the command never waits for a reader. */
    private static void keepBeginning(InputStream stream, ByteArrayOutputStream kept) {
        byte[] buffer = new byte[8_192];
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                kept.write(buffer, 0, Math.min(count, MOST - kept.size()));
            }
        } catch (IOException e) {
            return; // closed under us: the command was stopped
        }
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
