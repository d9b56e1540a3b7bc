package dev.yardmaster.examples.slowquery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.tool.ToolCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small shop with a report that really takes seconds, and what a model would say while it is mended. */
public final class SlowQuery {

    /** What the specialist is asked. */
    public static final String TASK = "This query is taking 5 seconds, can you optimize it?";

    /** The commands that the script runs; each is allowed by its exact text. */
    public static final List<String> COMMANDS = List.of(
            "python3 bench.py",
            "python3 explain.py",
            "python3 migrate.py",
            "python3 -m unittest discover -t . -s tests");

    private static final String MARKER = ".yardmaster-demo";
    private static final String RESOURCES = "workspace/";
    /** Without its dot: jars are packed without .gitignore files. */
    private static final String GITIGNORE = "gitignore";

    private static final List<String> FILES = List.of(
            GITIGNORE,
            "README.md",
            "app/__init__.py",
            "app/db.py",
            "app/report.py",
            "bench.py",
            "explain.py",
            "migrate.py",
            "migrations/001_initial.sql",
            "seed.py",
            "tests/__init__.py",
            "tests/test_report.py");

    private SlowQuery() {}

    /** Whether a call comes to the same when it is made twice: all of {@link #COMMANDS} do. */
    public static boolean isRepeatable(ToolCall call) {
        return COMMANDS.contains(
                call.arguments().as(JsonNode.class).path("command").asText());
    }

    /** The model of the demo: its replies come from a file. */
    public static ScriptedModel model() {
        return ScriptedModel.parse(
                new String(resource("slowquery.script.yaml"), StandardCharsets.UTF_8), "slowquery.script.yaml");
    }

    /**
     * Makes a clean workspace with a filled database; what an earlier call made there is removed. Takes a few seconds.
     *
     * @param folder is created; if it exists, it has to be one that this method made
     * @throws YardmasterException when the folder holds something else, or Python 3 with sqlite3 is missing
     */
    public static Path prepare(Path folder) {
        try {
            clear(folder);
            Files.createDirectories(folder);
            Files.createFile(folder.resolve(MARKER));
            for (String file : FILES) {
                Path target = folder.resolve(file.equals(GITIGNORE) ? "." + file : file);
                Files.createDirectories(target.getParent());
                Files.write(target, resource(RESOURCES + file));
            }
        } catch (IOException e) {
            throw new YardmasterException(
                    "the demo's workspace '" + folder + "' cannot be made: " + FileTrouble.of(e)
                            + "; run from a folder that you may write to",
                    e);
        }
        python(folder, "-c", "import sqlite3");
        python(folder, "migrate.py");
        python(folder, "seed.py");
        return folder;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.exists(folder.resolve(MARKER))) {
            throw new YardmasterException("'" + folder + "' exists and was not made by the demo, so it is left alone;"
                    + " move it away, or run the demo from another folder");
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static byte[] resource(String name) {
        try (InputStream stream = SlowQuery.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar of the examples holds no " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the jar of the examples cannot be read", e);
        }
    }

    private static void python(Path folder, String... arguments) {
        var command = new java.util.ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new YardmasterException(
                        "'" + String.join(" ", command) + "' failed in the demo's workspace '" + folder
                                + "': " + output.strip()
                                + "\nThe demo needs Python 3.9 or newer with its sqlite3 module (Debian: apt install python3)");
            }
        } catch (IOException e) {
            throw new YardmasterException(
                    "the demo needs Python 3.9 or newer as 'python3', which was not found; install it (Debian: apt install"
                            + " python3, macOS: brew install python) and run the demo again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new YardmasterException("the demo was interrupted while its workspace was made", e);
        }
    }
}
