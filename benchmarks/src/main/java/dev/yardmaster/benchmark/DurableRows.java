package dev.yardmaster.benchmark;

import static dev.yardmaster.benchmark.subject.Contender.LANGGRAPH4J;
import static dev.yardmaster.benchmark.subject.Contender.PLAIN;
import static dev.yardmaster.benchmark.subject.Contender.YARDMASTER;
import static dev.yardmaster.benchmark.subject.Contender.YARDMASTER_READS;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Durable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What runs cost that are kept in files. */
final class DurableRows {

    private static final Set<Contender> KEEPERS = Set.of(YARDMASTER, PLAIN, LANGGRAPH4J);
    private static final Set<Contender> CHECKPOINTS = Set.of(YARDMASTER, YARDMASTER_READS, PLAIN, LANGGRAPH4J);
    private static final Set<Contender> STEPS = Set.of(YARDMASTER, PLAIN);
    private static final int KB = 1_000;
    private static final int MB = 1_000_000;

    /** What a run of 100 steps on 1 MB of state is about, in MB. */
    private static final double CONTENT = ((1 << 20) + 100.0 * Durable.NOTE.length()) / MB;

    private final Rows rows;

    DurableRows(Rows rows) {
        this.rows = rows;
    }

    List<Line> durable() throws IOException, InterruptedException {
        var lines = new ArrayList<Line>();
        lines.addAll(checkpoints());
        lines.addAll(written());
        lines.addAll(steps());
        Line stored = Line.of("kept of 200 replies of 8 KB", "MB", "≤ 3");
        figure(stored, STEPS, 1, result -> numbers(result)[0] / MB, "stored");
        lines.add(stored);
        Line growth = Line.of("a checkpointed step of 10,000 over one of 100", "ratio", "≤ 1.5");
        figure(growth, STEPS, 1, result -> numbers(result)[0], "growth");
        rows.among(Set.of(LANGGRAPH4J))
                .forEach(each -> growth.put(each, new Line.Figure.None("not run: minutes and more")));
        lines.add(growth);
        return lines;
    }

    private List<Line> checkpoints() {
        Line small = Line.of("checkpointed step, 1 KB of state, run of 200", "µs", "≤ 500");
        checkpoint(small, 200, 1 << 10);
        Line large = Line.of("the same with 100 KB of state", "µs", "≤ 500");
        checkpoint(large, 200, 100 << 10);
        Line brief = Line.of("the same in a run of 100", "µs", "");
        checkpoint(brief, 100, 100 << 10);
        return List.of(small, large, Line.ratio("growth from 100 to 200 steps, 100 KB of state", "1", large, brief, 1));
    }

    private void checkpoint(Line line, int steps, int characters) {
        for (Contender each : rows.among(CHECKPOINTS)) {
            boolean quick = each != LANGGRAPH4J || characters <= 1 << 10;
            long began = System.nanoTime();
            var jmh = new Jmh(DurableBenchmark.class)
                    .with("steps", steps)
                    .with("characters", characters)
                    .shots(quick ? each == LANGGRAPH4J ? 5 : 31 : 1);
            Rows.put(line, each, jmh.run(each).map(found -> found.perOperation() / steps), began);
        }
    }

    private List<Line> written() throws IOException, InterruptedException {
        Line written = Line.of("bytes written for 1 MB of state × 100 steps, over what they hold", "ratio", "≤ 1.2");
        Line kept = Line.of("bytes kept of the same, over what they hold", "ratio", "≤ 1.2");
        for (Contender each : rows.among(KEEPERS)) {
            long began = System.nanoTime();
            Optional<double[]> found = ChildProcess.onEverything(DurableFigure.class, each, "written")
                    .run()
                    .map(DurableRows::numbers);
            Rows.put(written, each, found.map(numbers -> numbers[0] / MB / CONTENT), began);
            Rows.put(kept, each, found.map(numbers -> numbers[1] / MB / CONTENT), began);
        }
        return List.of(written, kept);
    }

    private List<Line> steps() throws IOException, InterruptedException {
        Line half = Line.of("durable step (intent and outcome), one run: median", "µs", "≤ 600");
        Line worst = Line.of("the same, percentile 99", "µs", "≤ 12,000");
        for (Contender each : rows.among(STEPS)) {
            long began = System.nanoTime();
            Optional<double[]> found = ChildProcess.onEverything(DurableFigure.class, each, "latency", "5000")
                    .run()
                    .map(DurableRows::numbers);
            Rows.put(half, each, found.map(numbers -> numbers[0]), began);
            Rows.put(worst, each, found.map(numbers -> numbers[1]), began);
        }
        Line fifty = Line.of("durable steps, 50 concurrent runs", "thousands a second", "≥ 6");
        figure(fifty, STEPS, 1, result -> numbers(result)[0] / KB, "throughput", "50", "200");
        figure(fifty, Set.of(LANGGRAPH4J), 1, result -> numbers(result)[0] / KB, "throughput", "50", "20");
        Line thousand = Line.of("durable steps, 1,000 concurrent runs", "thousands a second", "≥ 30");
        figure(thousand, STEPS, 1, result -> numbers(result)[0] / KB, "throughput", "1000", "50");
        return List.of(half, worst, fifty, thousand);
    }

    List<Line> resume() throws IOException, InterruptedException {
        Line resume = Line.of("resuming a run of 1,000 steps in a new process and ending it", "ms", "≤ 1,000");
        for (Contender each : rows.among(KEEPERS)) {
            long began = System.nanoTime();
            int times = each == LANGGRAPH4J ? 1 : 3;
            var values = new ArrayList<Double>();
            ChildProcess resuming;
            try (Folder folder = begun(each)) { // the first one tells which jars it needs
                resuming = new ChildProcess(DurableFigure.class, each, "resume", "1000", path(folder));
            }
            for (int i = 0; i < times; i++) {
                try (Folder folder = begun(each)) {
                    resuming.asked("resume", "1000", path(folder))
                            .run()
                            .ifPresent(result -> values.add(numbers(result)[0]));
                }
            }
            values.sort(null);
            Rows.put(
                    resume, each, values.size() < times ? Optional.empty() : Optional.of(values.get(times / 2)), began);
        }
        return List.of(resume);
    }

    /** A folder with a run that was left before its last step. */
    private static Folder begun(Contender each) throws IOException, InterruptedException {
        Folder folder = Folder.make();
        ChildProcess.onEverything(DurableFigure.class, each, "begin", "1000", path(folder))
                .run();
        return folder;
    }

    private static String path(Folder folder) {
        return folder.path().toString();
    }

    private void figure(
            Line line,
            Set<Contender> contenders,
            int times,
            ToDoubleFunction<ChildProcess.Result> value,
            String... arguments)
            throws IOException, InterruptedException {
        for (Contender each : rows.among(contenders)) {
            long began = System.nanoTime();
            var child = ChildProcess.onEverything(DurableFigure.class, each, arguments);
            Rows.put(line, each, Rows.median(child, times, value), began);
        }
    }

    private static double[] numbers(ChildProcess.Result result) {
        String[] words = result.printed().split(" ");
        var numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Double.parseDouble(words[i]);
        }
        return numbers;
    }
}
