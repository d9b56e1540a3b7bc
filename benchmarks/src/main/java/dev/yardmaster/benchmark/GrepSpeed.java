package dev.yardmaster.benchmark;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The Grep tool's own search beside a program on the same tree: 4,000 files of 10 KB that look like source. Prints, for a
 * word and for an expression, our milliseconds and the program's, the start of its process included: medians of nine times. The tool uses
 * ripgrep where it finds one, so this is run without a search path.
 */
public final class GrepSpeed {

    private static final int FILES = 4_000;
    private static final int LINES = 250;
    private static final int WARM = 5;
    private static final int TIMES = 9;
    private static final List<String> PATTERNS =
            List.of("needleInHaystack", "(get|set)Needle[0-9]+\\(|class [A-Z][a-z]+Needle");
    private static final String[] WORDS =
            "public private static final class void return new int String List Map order price total".split(" ");

    private final Workspace workspace;
    private final List<String> program;
    private final Tool grep = BuiltinTools.all().find("Grep").orElseThrow();

    private GrepSpeed(Path folder, Path program) {
        this.workspace = Workspace.of(folder);
        this.program = program.endsWith("rg")
                ? List.of(program.toString(), "--no-config", "--hidden", "-n")
                : List.of(program.toString(), "-rnIE");
    }

    /** The program to compare with: ripgrep, else grep. */
    static Optional<Path> program() {
        List<String> folders = Arrays.asList(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"));
        return Stream.of("rg", "grep")
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param arguments the contender, of which there is one, and the program */
    public static void main(String[] arguments) throws Exception {
        try (Folder folder = Folder.make()) {
            grow(folder.path());
            var speed = new GrepSpeed(folder.path(), Path.of(arguments[1]));
            var figures = new ArrayList<String>();
            for (String pattern : PATTERNS) {
                if (speed.ours(pattern) != speed.theirs(pattern)) {
                    throw new IllegalStateException("not the same lines match '" + pattern + "'");
                }
                figures.add(String.valueOf(median(() -> speed.ours(pattern))));
                figures.add(String.valueOf(median(() -> speed.theirs(pattern))));
            }
            System.out.println(String.join(" ", figures));
        }
    }

    private static void grow(Path folder) throws IOException {
        var random = new Random(7);
        for (int file = 0; file < FILES; file++) {
            var text = new StringBuilder();
            for (int line = 0; line < LINES; line++) {
                text.append(" ".repeat(4 * random.nextInt(4)));
                for (int word = 0; word < 6; word++) {
                    text.append(WORDS[random.nextInt(WORDS.length)]).append(word == 5 ? ";" : " ");
                }
                text.append(random.nextInt(20_000) == 0 ? " needleInHaystack getNeedle" + line + "()\n" : "\n");
            }
            Path to = folder.resolve("m" + file / 200).resolve("p" + file % 10).resolve("C" + file + ".java");
            Files.createDirectories(to.getParent());
            Files.writeString(to, text);
        }
    }

    /** Searches, in the time that is measured. @return how many lines were found */
    private interface Search {
        long run() throws Exception;
    }

    private long ours(String pattern) throws Exception {
        var call = new ToolCall(
                "1", "Grep", Json.of(Map.of("pattern", pattern, "output_mode", "content", "head_limit", 0)));
        return grep.run(call, new ToolContext(workspace, new ReadFiles(), line -> {}))
                .forModel()
                .lines()
                .count();
    }

    private long theirs(String pattern) throws IOException, InterruptedException {
        var command = new ArrayList<>(program);
        command.addAll(List.of("-e", pattern, "."));
        Process process = new ProcessBuilder(command)
                .directory(workspace.root().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Stream<String> lines = process.inputReader().lines()) {
            return lines.count();
        } finally {
            process.waitFor();
        }
    }

    private static double median(Search search) throws Exception {
        var times = new ArrayList<Double>();
        for (int i = 0; i < WARM + TIMES; i++) {
            long began = System.nanoTime();
            search.run();
            if (i >= WARM) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        times.sort(null);
        return times.get(TIMES / 2);
    }
}
