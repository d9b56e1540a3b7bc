package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Measures the rows that are named, all contenders in one run, prints the table and writes it to a file. */
public final class Main {

    private static final Pattern LIBRARY = Pattern.compile(
            "(?<name>langgraph4j-core|langchain4j-agentic|google-adk|jmh-core)-(?<version>[\\w.-]+)\\.jar");

    private Main() {}

    /** @param args names of rows; all when there is none. {@code benchmark.out}: the file to be written */
    public static void main(String[] args) throws Exception {
        var contenders = Arrays.stream(
                        System.getProperty("benchmark.contenders", "").split(","))
                .filter(name -> !name.isBlank())
                .map(Contender::valueOf)
                .toList();
        var rows = new Rows(contenders.isEmpty() ? List.of(Contender.values()) : contenders).all();
        Set<String> wanted = args.length == 0 ? rows.keySet() : new TreeSet<>(List.of(args));
        if (!rows.keySet().containsAll(wanted)) {
            System.err.println("no such row; there are " + String.join(", ", rows.keySet()));
            System.exit(2);
        }
        var lines = new ArrayList<Line>();
        for (var row : rows.entrySet()) {
            if (wanted.contains(row.getKey())) {
                System.err.println(row.getKey() + " …");
                lines.addAll(row.getValue().measure());
            }
        }
        String report = configuration() + "\n" + Table.of(lines);
        System.out.print(report);
        Files.writeString(Path.of(System.getProperty("benchmark.out", "benchmarks.md")), report);
    }

    private static String configuration() {
        String libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(LIBRARY::matcher)
                .filter(jar -> jar.find())
                .map(jar -> jar.group("name") + " " + jar.group("version"))
                .sorted()
                .collect(Collectors.joining(", "));
        return """
                Measured on %s: %s, %d cores, JDK %s, default garbage collector, %d virtual machine(s) for each library
                and workload with a heap of %s that was touched before, the caller on a virtual thread; medians. %s.
                Yardmaster: journal in memory, a listener on every event, meters on (SimpleMeterRegistry, agents).
                The others: no checkpoints, no listener, no meters. Rows of runs that are kept: Yardmaster in a SQLite file, as it is
                by default (write-ahead log, synchronous=FULL; the second figure is of steps that only read, which are written
                behind); langgraph4j with its FileSystemSaver, which syncs nothing; plain Java appends to a file and syncs.
                Where two figures stand in a cell, the first is the default.
                × is how many times Yardmaster's value it is; the value itself is in brackets.
                """.formatted(
                        LocalDate.now(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature(),
                        Jmh.FORKS,
                        Jmh.HEAP,
                        libraries);
    }
}
