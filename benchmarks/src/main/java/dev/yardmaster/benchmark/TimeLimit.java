package dev.yardmaster.benchmark;

import java.time.Duration;

/** Ends what hangs, and says so: a run that hangs is a result, too. */
final class TimeLimit {

    /** For one library on one workload, warm-up included; the table says so where it was reached. */
    static final Duration OF_A_FORK = Duration.ofSeconds(Integer.getInteger("benchmark.limit", 60));

    private TimeLimit() {}

    /** Ends this process when it takes longer than one fork may. */
    static void watchFork() {
        Thread.ofPlatform().daemon().name("time limit").start(() -> {
            try {
                Thread.sleep(OF_A_FORK);
            } catch (InterruptedException e) {
                return;
            }
            System.err.println("time limit of " + OF_A_FORK.toSeconds() + " s reached; stopped");
            Runtime.getRuntime().halt(3);
        });
    }
}
