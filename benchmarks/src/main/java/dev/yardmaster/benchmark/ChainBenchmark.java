package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Step;
import dev.yardmaster.benchmark.subject.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A run through nodes in a row that do nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChainBenchmark {

    @Param
    public Contender contender = Contender.YARDMASTER;

    @Param("100")
    public int nodes;

    @Param("1024")
    public int characters;

    private Work work = () -> contender;

    @Setup
    public void build() throws Exception {
        TimeLimit.watchFork();
        work = contender.subject().chain(nodes, characters, Step.nothing());
    }

    @Benchmark
    public Object run() throws Exception {
        return work.run();
    }
}
