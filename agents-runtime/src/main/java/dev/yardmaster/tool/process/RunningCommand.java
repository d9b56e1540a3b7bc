package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One command in a shell, with nothing to read on its standard input and an environment that holds no secrets. A
 * supervisor of ours, {@code supervisor.sh}, stands between: it writes what the command prints, kills it with all that it
 * started when it is over or this process dies, and leaves its exit code on the disk. Thread-safe.
 */
public final class RunningCommand {

    /** The variables a command gets to see; secrets have other names. */
    private static final Pattern PASSED_ON =
            Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|JAVA_HOME|PYENV_[A-Z]+|NVM_DIR");

    private static final String SUPERVISOR = Scripted.text("supervisor.sh");
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int KILLED = 128 + 9;

    private final Process supervisor;
    private final ProcessFamily family;
    private final Optional<Path> group;
    private final CommandFolder folder;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int exitCode = KILLED;
    private volatile Optional<LimitReached> untold = Optional.empty();

    private RunningCommand(Process supervisor, ProcessFamily family, Optional<Path> group, CommandFolder folder) {
        this.supervisor = supervisor;
        this.family = family;
        this.group = group;
        this.folder = folder;
        Thread.ofVirtual().start(this::listen);
    }

    static RunningCommand start(ShellCommand command, Enclosure enclosure, List<String> line, CommandFolder folder)
            throws IOException {
        var all = new ArrayList<String>();
        SystemProgram.find("setsid").ifPresent(all::add); // no terminal, and no signals of ours
        var family = ProcessFamily.fresh();
        all.addAll(List.of("bash", "-c", SUPERVISOR, "yardmaster", folder.path().toString()));
        all.add(enclosure.cell().holdsProcesses() ? "" : family.mark());
        CommandLimits limits = command.sandbox().limits();
        Optional<Path> group = enclosure.group(limits);
        all.addAll(List.of(group.map(Path::toString).orElse(""), number(limits.memory()), number(limits.processes())));
        all.addAll(line);
        Path root = command.workspace().root();
        var builder = new ProcessBuilder(all).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !PASSED_ON.matcher(name).matches());
        builder.environment().computeIfPresent("PATH", (name, path) -> absolute(path));
        builder.environment().putAll(fixed(root));
        builder.environment().putAll(command.variables());
        var running = new RunningCommand(builder.start(), family, group, folder);
        List<File> places = Stream.concat(command.workspace().folders().stream(), Stream.of(folder.path()))
                .map(Path::toFile)
                .toList();
        LimitWatch.begin(running, limits, places, group.isEmpty());
        return running;
    }

    private static String number(long limit) {
        return limit == CommandLimits.UNLIMITED ? "" : String.valueOf(limit);
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

    private void listen() {
        try (BufferedReader told = supervisor.inputReader()) {
            String code = told.readLine();
            if (code != null && code.matches("\\d{1,3}")) {
                exitCode = Integer.parseInt(code);
            }
        } catch (IOException e) {
            return; // closed: it was given up
        } finally {
            over.countDown();
        }
    }

    public CommandFolder folder() {
        return folder;
    }

    /** Waits for it to end by itself, and no longer than that. */
    public boolean awaitOver(Duration atMost) throws InterruptedException {
        return over.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether it has ended; what it left running may be there for a moment. */
    public boolean isOver() {
        return over.getCount() == 0;
    }

    /**
     * Waits until it is over, however long that takes, and gone with all that it started; an interrupt ends it at once.
     *
     * @return the exit code
     */
    public int await() throws InterruptedException {
        try {
            over.await();
        } finally {
            end();
        }
        return exitCode;
    }

    /** Waits for it to end by itself, no longer than that and whatever interrupts, and ends it. */
    void end(Duration atMost) {
        boolean interrupted = false;
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && !isOver(); left = end - System.nanoTime()) {
            try {
                awaitOver(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exit code of a command that is over; empty for one that could not be begun. */
    public OptionalInt exitCode() throws IOException {
        return folder.wasStarted() ? OptionalInt.of(exitCode) : OptionalInt.empty();
    }

    /** Ends it, if it is not over, with all that it started, and waits until that is gone and all it printed is kept. */
    public void end() {
        if (!isOver()) {
            stop();
        }
        if (!isGone() && !stoppedInTime()) {
            supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
            supervisor.destroyForcibly();
        }
        if (supervisor.isAlive() || supervisor.exitValue() > 128) {
            family.kill(); // whoever was to do it is gone
        }
        group.ifPresent(RunningCommand::forget);
    }

    /** The supervisor deletes it; unless that was killed, or a process was not quite gone. */
    private static void forget(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            return; // an empty group costs nothing but its name
        }
    }

    /** Ends it, because it came to a limit. */
    void stop(LimitReached limit) {
        try {
            Files.writeString(folder.limited(), limit.name());
        } catch (IOException e) {
            untold = Optional.of(limit); // the disk is full, perhaps of what it wrote
        }
        stop();
    }

    /** The limit that it came to. */
    public Optional<LimitReached> limit() throws IOException {
        return untold.isPresent() ? untold : folder.limit(exitCode);
    }

    /** What runs of it, as far as that is still known to be its. */
    Stream<ProcessHandle> processes() {
        return supervisor.descendants();
    }

    /** The group of processes that is made for it. */
    Optional<Path> group() {
        return group;
    }

    private boolean stoppedInTime() {
        stop();
        return isGone();
    }

    /** Has it ended: its supervisor takes the end of its input for our death. */
    private void stop() {
        try {
            supervisor.getOutputStream().close();
        } catch (IOException e) {
            supervisor.destroyForcibly();
        }
    }

    /** Not by {@link Process#waitFor}: that gives up at once on a thread that is interrupted. */
    private boolean isGone() {
        return supervisor
                .onExit()
                .thenApply(gone -> true)
                .completeOnTimeout(false, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
