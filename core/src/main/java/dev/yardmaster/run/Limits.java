package dev.yardmaster.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** How many nodes of a kind may run at once: in one run, and in all runs of an orchestrator together. */
final class Limits {

    /** The right to run one node. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    private static final Semaphore UNLIMITED = new Semaphore(Integer.MAX_VALUE);
    private static final Optional<Permit> FREE = Optional.of(() -> {});

    private final Map<String, Integer> perRun;
    private final Map<String, Semaphore> everywhere;
    private final Map<String, Semaphore> here = new ConcurrentHashMap<>();

    private Limits(Map<String, Integer> perRun, Map<String, Semaphore> everywhere) {
        this.perRun = perRun;
        this.everywhere = everywhere;
    }

    static Limits of(Map<String, Integer> perRun, Map<String, Integer> overall) {
        var everywhere = new HashMap<String, Semaphore>();
        overall.forEach((kind, limit) -> everywhere.put(kind, new Semaphore(limit, true)));
        return new Limits(Map.copyOf(perRun), Map.copyOf(everywhere));
    }

    /** The same limits for another run. */
    Limits forRun() {
        return new Limits(perRun, everywhere);
    }

    /** A permit, if there is one at once. */
    Optional<Permit> tryAcquire(String kind) {
        if (!perRun.containsKey(kind) && !everywhere.containsKey(kind)) {
            return FREE;
        }
        Semaphore mine = mine(kind);
        Semaphore all = all(kind);
        if (!mine.tryAcquire()) {
            return Optional.empty();
        }
        if (!all.tryAcquire()) {
            mine.release();
            return Optional.empty();
        }
        return Optional.of(permit(mine, all));
    }

    /** A permit; waits for it, first come, first served. */
    Permit acquire(String kind) throws InterruptedException {
        Semaphore mine = mine(kind);
        Semaphore all = all(kind);
        mine.acquire();
        try {
            all.acquire(); // always in this order: who holds one of all waits for nothing more
        } catch (InterruptedException e) {
            mine.release();
            throw e;
        }
        return permit(mine, all);
    }

    private static Permit permit(Semaphore mine, Semaphore all) {
        return () -> {
            all.release();
            mine.release();
        };
    }

    private Semaphore mine(String kind) {
        return here.computeIfAbsent(kind, name -> new Semaphore(perRun.getOrDefault(name, Integer.MAX_VALUE), true));
    }

    private Semaphore all(String kind) {
        Semaphore limit = everywhere.get(kind);
        return limit == null ? UNLIMITED : limit;
    }
}
