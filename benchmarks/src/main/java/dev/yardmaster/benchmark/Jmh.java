package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs one benchmark for one contender in virtual machines of its own. The measuring thread is a virtual one, as callers
 * of blocking libraries are; for all contenders alike.
 */
final class Jmh {

    /**
     * For all alike: a heap that does not grow while it is measured. The first touch of a page of memory costs a virtual
     * machine about ten microseconds, and would be counted as the work of whoever happens to touch it.
     */
    static final String HEAP = "2g";

    /** How many virtual machines measure one figure. */
    static final int FORKS = Integer.getInteger("benchmark.forks", 1);

    private final Class<?> benchmark;
    private final Map<String, String> params = new LinkedHashMap<>();
    private int threads = 1;
    private int warmUps = 8;
    private int shots;

    Jmh(Class<?> benchmark) {
        this.benchmark = benchmark;
    }

    Jmh with(String param, Object value) {
        params.put(param, value.toString());
        return this;
    }

    Jmh threads(int count) {
        threads = count;
        return this;
    }

    /** How many half seconds are not counted, where what is measured fits into a time often; 8 unless set. */
    Jmh warmUps(int count) {
        warmUps = count;
        return this;
    }

    /** Single runs instead of as many as fit into a time; half as many before them are not counted. */
    Jmh shots(int count) {
        return shots(Math.max(1, count / 2), count);
    }

    /** Single runs. @param before how many are not counted */
    Jmh shots(int before, int count) {
        warmUps = before;
        shots = count;
        return this;
    }

    /** Medians. @param perOperation in the benchmark's unit; @param bytes allocated by an operation */
    record Measured(double perOperation, double bytes) {}

    Optional<Measured> run(Contender contender) {
        var options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .param("contender", contender.name())
                .threads(threads)
                .forks(FORKS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(false)
                .output(log(contender).toString())
                .jvmArgsAppend(
                        "-Djmh.executor=VIRTUAL",
                        "-Xms" + HEAP,
                        "-Xmx" + HEAP,
                        "-XX:+AlwaysPreTouch",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dbenchmark.folder=" + System.getProperty("benchmark.folder", "."),
                        "-Dbenchmark.limit=" + TimeLimit.OF_A_FORK.toSeconds());
        params.forEach(options::param);
        if (shots > 0) {
            options.warmupIterations(warmUps).measurementIterations(shots);
        } else {
            options.warmupIterations(warmUps)
                    .warmupTime(TimeValue.milliseconds(500))
                    .measurementIterations(7)
                    .measurementTime(TimeValue.milliseconds(500));
        }
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            return results.stream().findFirst().map(Jmh::measured);
        } catch (RunnerException e) {
            return Optional.empty();
        }
    }

    private Path log(Contender contender) {
        String name = benchmark.getSimpleName() + params.values() + threads + contender;
        return Path.of(System.getProperty("benchmark.logs", "."), name.replaceAll("[^A-Za-z0-9]+", "-") + ".log");
    }

    private static Measured measured(RunResult result) {
        return new Measured(
                result.getPrimaryResult().getStatistics().getPercentile(50),
                result.getSecondaryResults()
                        .get("gc.alloc.rate.norm")
                        .getStatistics()
                        .getPercentile(50));
    }
}
