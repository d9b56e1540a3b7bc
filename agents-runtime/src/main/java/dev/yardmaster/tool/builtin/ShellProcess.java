package dev.yardmaster.tool.builtin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One command in a shell: in a session and process group of its own where {@code setsid} is there, with nothing to read
 * on its standard input and with an environment that holds no secrets. When it is over, whatever it left behind is
 * killed: its group, what is below it, and what has moved to a session of its own but still bears its mark.
 */
final class ShellProcess {

    /** The variables a command gets to see; secrets have other names. */
    private static final Pattern PASSED_ON =
            Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|JAVA_HOME|PYENV_[A-Z]+|NVM_DIR");

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process process;
    private final boolean group;
    private final ProcessFamily family;
    private final Thread reader;

    private ShellProcess(Process process, boolean group, ProcessFamily family, Consumer<InputStream> reader) {
        this.process = process;
        this.group = group;
        this.family = family;
        this.reader = Thread.ofVirtual().start(() -> reader.accept(process.getInputStream()));
    }

    /** @param reader reads what the command prints, on a thread of its own, until the stream ends */
    static ShellProcess start(String command, Path folder, Consumer<InputStream> reader) throws IOException {
        return start(command, folder, Map.of(), reader);
    }

    /** @param more variables that are set besides */
    static ShellProcess start(String command, Path folder, Map<String, String> more, Consumer<InputStream> reader)
            throws IOException {
        var line = new ArrayList<String>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> line.add(setsid.toString()));
        boolean group = !line.isEmpty();
        line.addAll(List.of("bash", "-c", "--", command)); // "--": a command may begin with "-"
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(name -> !PASSED_ON.matcher(name).matches());
        builder.environment().computeIfPresent("PATH", (name, path) -> absolute(path));
        builder.environment().putAll(fixed(folder));
        builder.environment().putAll(more);
        var family = ProcessFamily.fresh();
        builder.environment().put(ProcessFamily.VARIABLE, family.mark());
        return new ShellProcess(builder.start(), group, family, reader);
    }

    /** A search path without what depends on the folder: there, anybody's file would be a program. */
    private static String absolute(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> Path.of(folder).isAbsolute())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Map<String, String> fixed(Path folder) {
        return new TreeMap<>(Map.of(
                "TERM",
                "dumb",
                "PWD",
                folder.toString(),
                "GIT_TERMINAL_PROMPT",
                "0",
                "PAGER",
                "cat",
                "GIT_PAGER",
                "cat"));
    }

    /**
     * Waits for the end and stops what is left then; an interrupt stops everything at once.
     *
     * @return the exit code of a command that ended by itself in time
     */
    Optional<Integer> await(Duration timeout) throws InterruptedException {
        boolean finished = false;
        try {
            finished = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            killAll();
        }
        stopReading();
        return finished ? Optional.of(process.exitValue()) : Optional.empty();
    }

    /** The same, however long it takes. @return the exit code */
    int await() throws InterruptedException {
        try {
            process.waitFor();
        } finally {
            killAll();
        }
        stopReading();
        return process.exitValue();
    }

    private void stopReading() throws InterruptedException {
        reader.join(GRACE);
        close();
    }

    /** Whether the shell has ended; what it left running may be there for a moment. */
    boolean isOver() {
        return !process.isAlive();
    }

    /** Kills it with all that it started. */
    void killAll() {
        var descendants = process.descendants().toList();
        if (group) {
            killGroup();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly(); // by its handle: Process.destroy closes what was not read yet
        family.kill();
    }

    private void killGroup() {
        try {
            new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .orTimeout(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> null)
                    .join();
        } catch (IOException e) {
            process.toHandle().destroyForcibly(); // no kill command: its descendants are killed one by one
        }
    }

    private void close() {
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            return; // it is closed all the same
        }
    }
}
