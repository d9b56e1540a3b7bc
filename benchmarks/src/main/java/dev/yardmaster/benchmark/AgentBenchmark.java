package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Subject;
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

/** An agent's run with one tool call, then the answer, over a model that replies at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AgentBenchmark {

    @Param
    public Contender contender = Contender.YARDMASTER;

    private Work work = () -> contender;

    @Setup
    public void build() throws Exception {
        TimeLimit.watchFork();
        work = contender.subject().agent();
        Object answer = work.run();
        if (!Subject.ANSWER.equals(answer)) {
            throw new IllegalStateException(contender.title() + " answered '" + answer + "'");
        }
    }

    @Benchmark
    public Object run() throws Exception {
        return work.run();
    }
}
