package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Step;
import dev.yardmaster.benchmark.subject.Subject;

/** A process that comes to its first finished graph, or agent run, says so and ends. */
public final class ColdStart {

    private ColdStart() {}

    /** @param args a {@link Contender}, and {@code graph} or {@code agent} */
    public static void main(String[] args) throws Exception {
        Subject subject = Contender.valueOf(args[0]).subject();
        var work = args[1].equals("agent") ? subject.agent() : subject.chain(5, 1024, Step.nothing());
        work.run();
        System.out.println("done");
        Runtime.getRuntime().halt(0);
    }
}
