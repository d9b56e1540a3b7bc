package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Step;
import dev.yardmaster.benchmark.subject.Work;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Many runs at once, each of five nodes that wait 20 ms: 100 ms when nothing is in their way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ManyRunsBenchmark {

    @Param
    public Contender contender = Contender.YARDMASTER;

    @Param("10000")
    public int runs;

    private Work work = () -> contender;

    @Setup
    public void build() throws Exception {
        TimeLimit.watchFork();
        work = contender.subject().chain(5, 1024, Step.millis(20));
    }

    @Benchmark
    public Object run() throws Exception {
        var started = new ArrayList<Work.Started>(runs);
        for (int i = 0; i < runs; i++) {
            started.add(work.start());
        }
        for (Work.Started each : started) {
            each.await();
        }
        return started;
    }
}
