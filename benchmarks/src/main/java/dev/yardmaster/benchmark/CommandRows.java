package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line, started by its launcher as a person starts it. */
final class CommandRows {

    private static final int TIMES = 9;

    private final Rows rows;

    CommandRows(Rows rows) {
        this.rows = rows;
    }

    List<Line> cli() throws IOException, InterruptedException {
        Line help = Line.of("yardmaster --help", "ms", "≤ 300");
        Line node = Line.of("yardmaster run: until the first node begins", "ms", "≤ 800");
        if (rows.among(List.of(Contender.YARDMASTER)).isEmpty()) {
            return List.of(help, node);
        }
        try (Folder folder = Folder.make()) {
            copyWorkflow(folder.path());
            List<String> run = List.of(
                    "run",
                    "write-and-review.yaml",
                    "--workspace",
                    "shop",
                    "--model",
                    "script:write-and-review.script.yaml",
                    "--input",
                    "task=Say what cart.py does",
                    "--json");
            measure(help, folder.path(), "Usage", List.of("--help"));
            measure(node, folder.path(), "node.started", run);
        }
        return List.of(help, node);
    }

    private static void copyWorkflow(Path to) throws IOException {
        Path from = root().resolve("examples/workflows");
        try (var files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Path there = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(each, there);
                }
            }
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("benchmark.root", "."));
    }

    /** The first time does not count: the launcher may have to build. */
    private static void measure(Line line, Path folder, String until, List<String> arguments)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        start(folder, until, arguments);
        var times = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            start(folder, until, arguments).ifPresent(times::add);
        }
        times.sort(null);
        Rows.put(
                line,
                Contender.YARDMASTER,
                times.size() < TIMES ? Optional.empty() : Optional.of(times.get(TIMES / 2)),
                began);
    }

    /** Milliseconds until it says something; {@code --help} until its end. */
    private static Optional<Double> start(Path folder, String until, List<String> arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(root().resolve("yardmaster").toString()));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        long began = System.nanoTime();
        Process process = builder.start();
        Optional<Double> said = Optional.empty();
        try (BufferedReader output = process.inputReader()) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                if (said.isEmpty() && text.contains(until)) {
                    said = Optional.of((System.nanoTime() - began) / 1e6);
                }
            }
        }
        boolean done = process.waitFor() == 0;
        double ended = (System.nanoTime() - began) / 1e6;
        return done ? said.map(millis -> arguments.contains("--help") ? ended : millis) : Optional.empty();
    }
}
