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

/** Branches that wait 50 ms each, as calls to a model do. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FanBenchmark {

    private static final Step CALL = Step.millis(50);

    @Param
    public Contender contender = Contender.YARDMASTER;

    /** {@code 100} branches, {@code 100x100} nested ones, or {@code uneven}. */
    @Param("10")
    public String shape = "";

    private Work work = () -> contender;

    @Setup
    public void build() throws Exception {
        TimeLimit.watchFork();
        var subject = contender.subject();
        if (shape.equals("uneven")) {
            work = subject.uneven(Step.millis(100), Step.millis(300));
        } else if (shape.contains("x")) {
            String[] sizes = shape.split("x");
            work = subject.nested(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), CALL);
        } else {
            work = subject.fan(Integer.parseInt(shape), CALL);
        }
    }

    @Benchmark
    public Object run() throws Exception {
        return work.run();
    }
}
