package dev.yardmaster.benchmark.subject;

/** A workload that is built and can be run any number of times, on several threads at once. */
@FunctionalInterface
public interface Work {

    /** One run, from its start to its result; blocks. */
    Object run() throws Exception;

    /** Starts one run; by default on a virtual thread of its own, as callers of blocking libraries do. */
    default Started start() {
        var thread = Thread.startVirtualThread(() -> {
            try {
                run();
            } catch (Exception e) {
                throw new IllegalStateException("a run failed", e);
            }
        });
        return thread::join;
    }

    /** A run that goes on. */
    @FunctionalInterface
    interface Started {
        void await() throws Exception;
    }
}
