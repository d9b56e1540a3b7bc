package dev.yardmaster.benchmark.subject;

/** What a node does. */
@FunctionalInterface
public interface Step {

    void run() throws InterruptedException;

    /** Nothing: only the orchestration is left to be measured. */
    static Step nothing() {
        return () -> {};
    }

    /** Waits as a call to a model would. */
    static Step millis(long millis) {
        return () -> Thread.sleep(millis);
    }
}
