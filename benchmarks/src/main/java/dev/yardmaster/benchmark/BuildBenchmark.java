package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Step;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Building, and so checking, a graph of many branches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BuildBenchmark {

    @Param
    public Contender contender = Contender.YARDMASTER;

    @Param("10000")
    public int branches;

    @Setup
    public void watch() {
        TimeLimit.watchFork();
    }

    @Benchmark
    public Object build() throws Exception {
        return contender.subject().fan(branches, Step.nothing());
    }
}
