package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program run in a virtual machine of its own, if not told otherwise with just the jars that it loads something from. */
final class ChildProcess {

    private static final Pattern SOURCE = Pattern.compile("source: file:(?<file>\\S+)");

    private final Class<?> main;
    private final List<String> arguments;
    private final String classPath;
    private final Map<String, String> environment;

    ChildProcess(Class<?> main, Contender contender, String... more) throws IOException, InterruptedException {
        this.main = main;
        this.arguments = arguments(contender, more);
        this.environment = Map.of();
        this.classPath = used();
    }

    private ChildProcess(Class<?> main, List<String> arguments, String classPath, Map<String, String> environment) {
        this.main = main;
        this.arguments = arguments;
        this.classPath = classPath;
        this.environment = environment;
    }

    /** The same with a variable of its own. */
    ChildProcess with(String variable, String value) {
        return new ChildProcess(main, arguments, classPath, Map.of(variable, value));
    }

    /** The same, on the same jars, asked for something else. */
    ChildProcess asked(String... more) {
        var other = new ArrayList<>(List.of(arguments.getFirst()));
        other.addAll(List.of(more));
        return new ChildProcess(main, other, classPath, environment);
    }

    /** With all jars on its class path: for programs whose start is not what is measured. */
    static ChildProcess onEverything(Class<?> main, Contender contender, String... more) {
        return new ChildProcess(main, arguments(contender, more), System.getProperty("java.class.path"), Map.of());
    }

    private static List<String> arguments(Contender contender, String... more) {
        var arguments = new ArrayList<>(List.of(contender.name()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private String used() throws IOException, InterruptedException {
        Path log = Files.createTempFile("classes", ".log");
        try {
            run(System.getProperty("java.class.path"), "-Xlog:class+load:file=" + log);
            Set<String> used = new LinkedHashSet<>();
            try (var lines = Files.lines(log)) {
                lines.map(SOURCE::matcher).filter(Matcher::find).forEach(found -> used.add(found.group("file")));
            }
            return String.join(File.pathSeparator, used);
        } finally {
            Files.delete(log);
        }
    }

    /** What it came to. @param printed its first line */
    record Result(String printed, double millis) {}

    /** Runs it once. @return empty when it took longer than the limit or failed */
    Optional<Result> run() throws IOException, InterruptedException {
        return run(classPath);
    }

    private Optional<Result> run(String path, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Dbenchmark.folder=" + System.getProperty("benchmark.folder", "."));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", path, main.getName()));
        command.addAll(arguments);
        long began = System.nanoTime();
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        var limit = Thread.startVirtualThread(() -> {
            try {
                if (!process.waitFor(TimeLimit.OF_A_FORK.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            double millis = (System.nanoTime() - began) / 1e6;
            process.waitFor();
            limit.join();
            return line == null ? Optional.empty() : Optional.of(new Result(line, millis));
        }
    }
}
