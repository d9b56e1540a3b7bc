package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Durable;
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
import org.openjdk.jmh.annotations.TearDown;

/** A run of checkpointed steps in a row, from its start to its end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DurableBenchmark {

    @Param
    public Contender contender = Contender.YARDMASTER;

    @Param("200")
    public int steps;

    @Param("1024")
    public int characters;

    private Folder folder = Folder.none();
    private Durable durable = Contender.PLAIN.durable(folder.path());
    private Work work = () -> contender;

    @Setup
    public void build() throws Exception {
        TimeLimit.watchFork();
        folder = Folder.make();
        durable = contender.durable(folder.path());
        work = durable.run(steps, characters);
    }

    @Benchmark
    public Object run() throws Exception {
        return work.run();
    }

    @TearDown
    public void close() throws Exception {
        durable.close();
        folder.close();
    }
}
