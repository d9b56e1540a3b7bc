package dev.yardmaster.benchmark;

import static dev.yardmaster.benchmark.subject.Contender.ADK;
import static dev.yardmaster.benchmark.subject.Contender.ADK_THREADS;
import static dev.yardmaster.benchmark.subject.Contender.LANGCHAIN4J;
import static dev.yardmaster.benchmark.subject.Contender.LANGCHAIN4J_SERVICE;
import static dev.yardmaster.benchmark.subject.Contender.LANGGRAPH4J;
import static dev.yardmaster.benchmark.subject.Contender.LANGGRAPH4J_THREADS;
import static dev.yardmaster.benchmark.subject.Contender.PLAIN;
import static dev.yardmaster.benchmark.subject.Contender.YARDMASTER;

import dev.yardmaster.benchmark.Line.Figure;
import dev.yardmaster.benchmark.subject.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What is measured, by the name under which the command knows it. */
final class Rows {

    private static final Set<Contender> ALL = Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, ADK, LANGGRAPH4J);
    private static final Set<Contender> THREADED =
            Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, ADK, ADK_THREADS, LANGGRAPH4J, LANGGRAPH4J_THREADS);
    private static final Figure SECONDS = new Figure.None("not run: seconds and more");

    private final List<Contender> wanted;

    /** @param wanted those that take part; the others are left out everywhere */
    Rows(List<Contender> wanted) {
        this.wanted = wanted;
    }

    /** Something that measures lines. */
    interface Row {
        List<Line> measure() throws IOException, InterruptedException;
    }

    /** All of them, in the order of the table. */
    Map<String, Row> all() {
        var rows = new LinkedHashMap<String, Row>();
        rows.put("chain", this::chain);
        rows.put("depth", this::depth);
        rows.put("fan", this::fan);
        rows.put("build", this::build);
        rows.put("agent", this::agent);
        rows.put("many", this::many);
        rows.put("start", this::start);
        var durable = new DurableRows(this);
        rows.put("durable", durable::durable);
        rows.put("resume", durable::resume);
        rows.put("cli", new CommandRows(this)::cli);
        rows.put("permission", this::permission);
        rows.put("grep", this::grep);
        rows.put("routing", this::routing);
        return rows;
    }

    List<Contender> among(Collection<Contender> these) {
        return wanted.stream().filter(these::contains).toList();
    }

    private void measure(Jmh jmh, Set<Contender> contenders, Line line, ToDoubleFunction<Jmh.Measured> value) {
        for (Contender each : among(contenders)) {
            long began = System.nanoTime();
            Optional<Jmh.Measured> measured = jmh.run(each);
            put(line, each, measured.map(value::applyAsDouble), began);
        }
    }

    static void put(Line line, Contender contender, Optional<Double> value, long began) {
        boolean late = System.nanoTime() - began >= TimeLimit.OF_A_FORK.toNanos();
        Figure figure = value.<Figure>map(Figure.Value::new)
                .orElseGet(() ->
                        new Figure.None(late ? "> " + TimeLimit.OF_A_FORK.toSeconds() + " s: stopped" : "failed"));
        line.put(contender, figure);
        System.err.println("  " + line.title() + ", " + line.unit() + ": " + contender.title() + " "
                + (figure instanceof Figure.Value known
                        ? Table.number(known.value(), 3)
                        : ((Figure.None) figure).why()));
    }

    private List<Line> chain() {
        Line small = Line.of("chain of 100 no-op nodes, 1 KB of state", "µs a node", "≤ 0.5");
        Line bytes = Line.of("the same, bytes allocated a node", "B", "≤ 1,000");
        for (Contender each : among(ALL)) {
            long began = System.nanoTime();
            Optional<Jmh.Measured> measured = new Jmh(ChainBenchmark.class).run(each);
            put(small, each, measured.map(found -> found.perOperation() / 100), began);
            put(bytes, each, measured.map(found -> found.bytes() / 100), began);
        }
        Line large = Line.of("the same with 1 MB of state", "µs a node", "");
        measure(
                new Jmh(ChainBenchmark.class).with("characters", 1 << 20),
                ALL,
                large,
                found -> found.perOperation() / 100);
        Line ten = Line.of("chain of 10", "µs a node", "");
        measure(new Jmh(ChainBenchmark.class).with("nodes", 10), ALL, ten, found -> found.perOperation() / 10);
        Line thousand = Line.of("chain of 1,000", "µs a node", "");
        measure(
                new Jmh(ChainBenchmark.class).with("nodes", 1_000),
                ALL,
                thousand,
                found -> found.perOperation() / 1_000);
        return List.of(
                small,
                bytes,
                large,
                Line.ratio("1 MB of state over 1 KB", "≤ 1.1", large, small, 1),
                thousand,
                Line.ratio("a node of 1,000 over a node of 10", "≤ 1.1", thousand, ten, 1));
    }

    private List<Line> depth() {
        Line depth = Line.of("chain of 100,000 nodes, the second run", "µs a node", "it ends");
        measure(
                new Jmh(ChainBenchmark.class).with("nodes", 100_000).shots(1, 1),
                ALL,
                depth,
                found -> found.perOperation() / 100_000);
        return List.of(depth);
    }

    private List<Line> fan() {
        var lines = new ArrayList<Line>();
        var reach = Map.of(10, "≤ 55", 100, "≤ 58", 1_000, "≤ 62", 10_000, "≤ 80");
        for (int branches : List.of(10, 100, 1_000, 10_000)) {
            Line line = Line.of("%,d branches × 50 ms".formatted(branches), "ms", reach.get(branches));
            Set<Contender> quick = branches <= 100
                    ? THREADED
                    : branches <= 1_000
                            ? Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, ADK, ADK_THREADS, LANGGRAPH4J_THREADS)
                            : Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, LANGGRAPH4J_THREADS);
            shape(line, Integer.toString(branches), quick, branches <= 100 ? 2 : 8);
            lines.add(line);
        }
        Line nested = Line.of("100 × 100 nested branches × 50 ms", "ms", "as 10,000");
        shape(nested, "100x100", Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, ADK, ADK_THREADS, LANGGRAPH4J_THREADS), 8);
        lines.add(nested);
        Line uneven = Line.of("two branches, 100 + 300 ms and 300 + 100 ms (ideal 400)", "ms", "≤ 408");
        shape(uneven, "uneven", THREADED, 1);
        lines.add(uneven);
        return lines;
    }

    /** @param warmUps as many as it takes until all is compiled that so many branches have in common */
    private void shape(Line line, String shape, Set<Contender> quick, int warmUps) {
        measure(
                new Jmh(FanBenchmark.class).with("shape", shape).shots(warmUps, shape.equals("uneven") ? 3 : 5),
                quick,
                line,
                Jmh.Measured::perOperation);
        among(THREADED).stream().filter(each -> !quick.contains(each)).forEach(each -> line.put(each, SECONDS));
    }

    private List<Line> build() {
        Line build = Line.of("building a graph of 10,000 branches", "ms", "≤ 50");
        measure(
                new Jmh(BuildBenchmark.class).shots(3, 5),
                Set.of(YARDMASTER, LANGCHAIN4J, ADK, LANGGRAPH4J),
                build,
                Jmh.Measured::perOperation);
        return List.of(build);
    }

    private List<Line> agent() {
        var agents = Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, LANGCHAIN4J_SERVICE, ADK, LANGGRAPH4J);
        Line one = Line.of("agent run: one tool call, then the answer, over a stub model", "µs", "≤ 10");
        measure(new Jmh(AgentBenchmark.class).warmUps(14), agents, one, Jmh.Measured::perOperation);
        Line two = Line.of("the same on two threads", "µs", "");
        measure(new Jmh(AgentBenchmark.class).threads(2).warmUps(14), agents, two, Jmh.Measured::perOperation);
        return List.of(one, Line.ratio("throughput of 2 threads over 1", "≥ 1.8", one, two, 2));
    }

    private List<Line> many() throws IOException, InterruptedException {
        Line many = Line.of("10,000 concurrent runs of 5 nodes × 20 ms (ideal 100)", "ms", "≤ 150");
        measure(new Jmh(ManyRunsBenchmark.class).shots(8, 9), ALL, many, Jmh.Measured::perOperation);
        Line heap = Line.of("heap a run in flight", "KB", "≤ 6");
        for (Contender each : among(ALL)) {
            long began = System.nanoTime();
            put(heap, each, median(new ChildProcess(HeapInFlight.class, each), 1, Rows::kilobytes), began);
        }
        return List.of(many, heap);
    }

    private static double kilobytes(ChildProcess.Result result) {
        return Double.parseDouble(result.printed()) / 1_000;
    }

    private List<Line> start() throws IOException, InterruptedException {
        Line graph = Line.of("cold start to the first graph of 5 nodes finished", "ms", "≤ 150");
        Line agent = Line.of("cold start to the first agent run with a tool finished", "ms", "≤ 400");
        var starters = Map.of(
                graph, ALL, agent, Set.of(YARDMASTER, PLAIN, LANGCHAIN4J, LANGCHAIN4J_SERVICE, ADK, LANGGRAPH4J));
        for (Line line : List.of(graph, agent)) {
            String what = line == graph ? "graph" : "agent";
            for (Contender each : among(starters.get(line))) {
                long began = System.nanoTime();
                put(line, each, median(new ChildProcess(ColdStart.class, each, what), 9, r -> r.millis()), began);
            }
        }
        return List.of(graph, agent);
    }

    /** Nobody else has one. */
    private List<Line> permission() throws IOException, InterruptedException {
        Line usual = Line.of("deciding whether a command may run, 99th percentile", "ms", "≤ 5");
        Line worst = Line.of("the same, the worst of what is made to take long", "ms", "≤ 50");
        for (Contender each : among(Set.of(YARDMASTER))) {
            long began = System.nanoTime();
            var process = new ChildProcess(PermissionLatency.class, each);
            put(usual, each, median(process, 3, result -> number(result, 0)), began);
            put(worst, each, median(process, 3, result -> number(result, 1)), began);
        }
        return List.of(usual, worst);
    }

    /** Nobody else has one. */
    private List<Line> routing() throws IOException, InterruptedException {
        List<Line> lines = List.of(
                Line.of("finding the specialist for a task among 400, median", "ms", ""),
                Line.of("the same, 99th percentile", "ms", "≤ 20"),
                Line.of("the index of 400 specialists, made", "s", "≤ 60"),
                Line.of("the same from kept vectors", "s", "≤ 1"));
        for (Contender each : among(Set.of(YARDMASTER))) {
            long began = System.nanoTime();
            Optional<ChildProcess.Result> result =
                    ChildProcess.onEverything(RoutingLatency.class, each).run();
            for (int i = 0; i < lines.size(); i++) {
                int at = i;
                put(lines.get(i), each, result.map(printed -> number(printed, at)), began);
            }
        }
        return lines;
    }

    /** Beside a program that is no library: its figures are in the ratio. */
    private List<Line> grep() throws IOException, InterruptedException {
        Optional<Path> program = GrepSpeed.program();
        if (program.isEmpty()) {
            return List.of();
        }
        String name = program.get().getFileName().toString();
        var lines = new ArrayList<Line>();
        for (String what : List.of("a word", "an expression")) {
            lines.add(Line.of("Grep's own search of 4,000 files (40 MB) for " + what, "ms", ""));
            lines.add(Line.of("the same beside " + name, "ratio", ""));
        }
        for (Contender each : among(Set.of(YARDMASTER))) {
            long began = System.nanoTime();
            var process = ChildProcess.onEverything(
                            GrepSpeed.class, each, program.get().toString())
                    .with("PATH", "");
            Optional<ChildProcess.Result> result = process.run();
            for (int i = 0; i < lines.size(); i += 2) {
                int at = i;
                put(lines.get(i), each, result.map(printed -> number(printed, at)), began);
                put(
                        lines.get(i + 1),
                        each,
                        result.map(printed -> number(printed, at) / number(printed, at + 1)),
                        began);
            }
        }
        return lines;
    }

    private static double number(ChildProcess.Result result, int index) {
        return Double.parseDouble(result.printed().split(" ")[index]);
    }

    static Optional<Double> median(ChildProcess child, int times, ToDoubleFunction<ChildProcess.Result> value)
            throws IOException, InterruptedException {
        var values = new ArrayList<Double>();
        for (int i = 0; i < times; i++) {
            var result = child.run();
            if (result.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.applyAsDouble(result.get()));
        }
        values.sort(null);
        return Optional.of(values.get(values.size() / 2));
    }
}
