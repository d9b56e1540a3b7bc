package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Searches a folder with ripgrep where it is installed. It is told nothing but what is asked for: no configuration file,
 * no ignore file but {@code .gitignore}, no program of its own to run, no link to follow. What it finds is told to the
 * {@link GrepAnswer} that {@link LineGrep} tells, of files that the query wants and that can be opened in the workspace.
 */
final class Ripgrep {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_COMPLAINTS = 4_000;
    private static final int BAD_CALL = 2;

    private final Path program;
    private final GrepQuery query;
    private final GrepAnswer answer;

    Ripgrep(Path program, GrepQuery query, GrepAnswer answer) {
        this.program = program;
        this.query = query;
        this.answer = answer;
    }

    /**
     * The program on a search path. Not one in the workspace, which the agent could have written, nor one in a folder that
     * is named relatively.
     */
    static Optional<Path> find(String searchPath, Workspace workspace) {
        return Arrays.stream(searchPath.split(":"))
                .filter(folder -> folder.startsWith("/") && folder.indexOf('\0') < 0)
                .map(folder -> Path.of(folder, "rg"))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .flatMap(program -> real(program).stream())
                .filter(program -> !workspace.contains(program))
                .findFirst();
    }

    private static Optional<Path> real(Path program) {
        try {
            return Optional.of(program.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The whole command. */
    List<String> command() {
        var command = new ArrayList<>(List.of(
                program.toString(),
                "--no-config",
                "--json",
                "--sort=path",
                "--no-messages",
                "--no-follow",
                "--no-pre",
                "--no-search-zip",
                "--no-mmap",
                "--hidden",
                "--no-require-git",
                "--no-ignore-dot",
                "--no-ignore-exclude",
                "--no-ignore-global",
                "--no-ignore-parent", // what lies above is asked of IgnoreRules
                "--crlf",
                "--max-filesize=1G"));
        GrepOptions options = query.options();
        add(command, options.ignoreCase(), "--ignore-case");
        add(command, options.multiline(), "--multiline", "--multiline-dotall");
        add(command, options.isFiles(), "--max-count=1");
        add(command, options.before() > 0, "--before-context=" + options.before());
        add(command, options.after() > 0, "--after-context=" + options.after());
        query.globs().forEach(glob -> command.add("--glob=" + glob.text()));
        command.add("--glob=!.git");
        query.types().forEach(type -> command.add("--type-add=wanted:" + type.text()));
        add(command, !query.types().isEmpty(), "--type=wanted");
        command.add("--regexp=" + query.pattern());
        command.add("--");
        command.add("./");
        return command;
    }

    private static void add(List<String> command, boolean wanted, String... words) {
        if (wanted) {
            command.addAll(List.of(words));
        }
    }

    /**
     * @return whether everything was searched
     * @throws InvalidArgumentsException when it cannot read the pattern; with its own words
     */
    boolean search() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command())
                .directory(query.target().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        Process process = builder.start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> events = threads.submit(() -> {
                new RipgrepEvents(query, answer).tell(process.getInputStream());
                return null;
            });
            Future<String> complaints = threads.submit(() -> complaints(process.getErrorStream()));
            boolean ended;
            try {
                ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                process.toHandle().destroyForcibly(); // the streams stay open: what it printed is read to its end
            }
            events.get();
            String said = complaints.get();
            if (ended && process.exitValue() == BAD_CALL && isAboutPattern(said)) {
                throw new InvalidArgumentsException(
                        "'" + query.pattern() + "' is no regular expression: " + said.strip());
            }
            return ended;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException trouble ? trouble : new IOException(e.getCause());
        }
    }

    private static boolean isAboutPattern(String said) {
        return said.contains("regex") || said.contains("--pcre2") || said.contains("not allowed in a regex");
    }

    private static String complaints(InputStream errors) throws IOException {
        byte[] first = errors.readNBytes(MOST_COMPLAINTS);
        errors.skip(Long.MAX_VALUE);
        return new String(first, StandardCharsets.UTF_8);
    }
}
