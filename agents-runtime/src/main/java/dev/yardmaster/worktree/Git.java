package dev.yardmaster.worktree;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Git for our own purposes: it runs no hook, monitor, editor or pager of the repository, connects to nowhere, signs nothing,
 * tidies nothing up, and sees none of the variables that may be secrets. Filters that the user has configured run, as files
 * are what they make of them. It is told which repository and tree are meant and looks for none.
 *
 * <p>Nobody goes on while a git that he started is still at work: where he is interrupted it is asked to end, which removes the
 * lock files that it holds, and killed only when it does not.
 *
 * @param folder where it runs
 * @param more variables that it sees besides
 * @param program what is run; the git on the search path where it is not said
 * @param grace how long it may go on when its caller is interrupted
 */
record Git(Path folder, Map<String, String> more, Optional<Path> program, Grace grace) {

    private static final Pattern PASSED_ON = Pattern.compile("PATH|HOME|USER|LOGNAME|TMPDIR|XDG_CONFIG_HOME");

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("core.hooksPath", "/dev/null"),
            Map.entry("core.fsmonitor", "false"),
            Map.entry("core.sshCommand", "false"),
            Map.entry("core.askPass", ""),
            Map.entry("credential.helper", ""),
            Map.entry("commit.gpgSign", "false"),
            Map.entry("gc.auto", "0"),
            Map.entry("maintenance.auto", "false"),
            Map.entry("submodule.recurse", "false"),
            Map.entry("advice.addEmbeddedRepo", "false"),
            Map.entry("worktree.useRelativePaths", "false")));

    private static final Map<String, String> VARIABLES = Map.of(
            "LC_ALL", "C",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_ALLOW_PROTOCOL", "none",
            "GIT_EDITOR", "false",
            "GIT_LITERAL_PATHSPECS", "1",
            "GIT_AUTHOR_NAME", "Yardmaster",
            "GIT_AUTHOR_EMAIL", "yardmaster@localhost",
            "GIT_COMMITTER_NAME", "Yardmaster",
            "GIT_COMMITTER_EMAIL", "yardmaster@localhost");

    /**
     * How long nobody is hurried.
     *
     * @param toItsEnd how long a command that is brief may still take when its caller is interrupted
     * @param forEnding how long a command that is asked to end may take for that
     */
    record Grace(Duration toItsEnd, Duration forEnding) {

        static final Grace USUAL = new Grace(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    Git {
        more = Map.copyOf(more);
    }

    /** One that looks for the repository of a folder. */
    static Git in(Path folder) {
        return new Git(folder, Map.of(), Optional.empty(), Grace.USUAL);
    }

    /** One for a repository and a tree of files. */
    static Git of(Path repository, Path tree) {
        return new Git(
                tree,
                Map.of("GIT_DIR", repository.toString(), "GIT_WORK_TREE", tree.toString()),
                Optional.empty(),
                Grace.USUAL);
    }

    /** The same with another index than the user's. */
    Git index(Path file) {
        var all = new TreeMap<>(more);
        all.put("GIT_INDEX_FILE", file.toString());
        return new Git(folder, all, program, grace);
    }

    /** What came of a command. */
    record Result(int exit, String output, String errors) {

        /** What it printed, in pieces that end with NUL. */
        List<String> pieces() {
            return output.isEmpty() ? List.of() : Arrays.asList(output.split("\0"));
        }

        NoWorktreeException failure(String... arguments) {
            return new NoWorktreeException(
                    "git " + arguments[0] + " failed: " + errors.strip().replaceFirst("^(fatal|error): ", ""));
        }
    }

    /** What a command printed. @throws NoWorktreeException when it failed, with what git says */
    String run(String... arguments) throws InterruptedException {
        return checked(attempt("", arguments), arguments).output().strip();
    }

    /** The same in pieces that end with NUL. */
    List<String> pieces(String... arguments) throws InterruptedException {
        return checked(attempt("", arguments), arguments).pieces();
    }

    /** Runs a command that reads. */
    void feed(String input, String... arguments) throws InterruptedException {
        checked(attempt(input, arguments), arguments);
    }

    private static Result checked(Result result, String... arguments) {
        if (result.exit() != 0) {
            throw result.failure(arguments);
        }
        return result;
    }

    /**
     * Runs a command, and ends it where its caller is interrupted.
     *
     * @throws NoWorktreeException when there is no git
     */
    Result attempt(String input, String... arguments) throws InterruptedException {
        return result(input, Duration.ZERO, arguments);
    }

    /**
     * Runs a command that changes what others see, and is brief, to its end: whoever is interrupted meanwhile hears of it then.
     *
     * @throws NoWorktreeException when there is no git
     */
    Result complete(String... arguments) throws InterruptedException {
        return result("", grace.toItsEnd(), arguments);
    }

    private Result result(String input, Duration toItsEnd, String... arguments) throws InterruptedException {
        var line = new ArrayList<String>();
        line.add(program.map(Path::toString).orElseGet(Git::onSearchPath));
        SETTINGS.forEach((key, value) -> {
            line.add("-c");
            line.add(key + "=" + value);
        });
        line.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> !PASSED_ON.matcher(name).matches());
        builder.environment().putAll(VARIABLES);
        builder.environment().putAll(more);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new NoWorktreeException("git cannot be run in '" + folder + "': " + e.getMessage());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> output = threads.submit(() -> text(process.getInputStream()));
            Future<String> errors = threads.submit(() -> text(process.getErrorStream()));
            threads.submit(() -> {
                try (var in = process.getOutputStream()) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                }
                return "";
            });
            return new Result(ended(process, toItsEnd), output.get(), errors.get());
        } catch (java.util.concurrent.ExecutionException e) {
            throw new UncheckedIOException(new IOException("what git said cannot be read", e.getCause()));
        }
    }

    private int ended(Process process, Duration toItsEnd) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            var git = List.of(process.toHandle());
            if (toItsEnd.isZero() || !areOver(git, toItsEnd)) {
                end(process);
            }
            throw e;
        }
    }

    /** Ends it, with the filters and others that it has started. */
    private void end(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy); // not the process's own: that would close what it still says
        if (!areOver(all, grace.forEnding())) {
            all.forEach(ProcessHandle::destroyForcibly);
            areOver(all, grace.forEnding());
        }
    }

    /** Waits for processes, also where the caller is interrupted. */
    private static boolean areOver(List<ProcessHandle> processes, Duration most) {
        return CompletableFuture.allOf(processes.stream()
                        .filter(ProcessHandle::isAlive)
                        .map(ProcessHandle::onExit)
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> true)
                .completeOnTimeout(false, most.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Where git is: not in a folder that depends on where one is. */
    private static String onSearchPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(each -> each.startsWith(File.separator))
                .map(each -> Path.of(each).resolve("git"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new NoWorktreeException(
                        "a git worktree is needed, and there is no git on the search path; install it"));
    }
}
