package dev.yardmaster.run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** How many nodes of a kind may run at once: in one run, and in all runs of an orchestrator together. */
final class Limits {

    private final Map<String, Integer> perRun;
    private final Map<String, Semaphore> everywhere;
    /** What runs in this run is limited by; null until there is something. */
    private @Nullable Map<String, Semaphore> here;

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

    /**
     * The right to run a node of a kind; waits for it, first come, first served.
     *
     * @param timed whether somebody is going to ask how long the node only waited
     */
    Permit acquire(String kind, boolean timed, InstantSource clock) throws InterruptedException {
        boolean limitedHere = perRun.containsKey(kind);
        Semaphore all = everywhere.get(kind);
        if (!limitedHere && all == null && !timed) {
            return Permit.FREE;
        }
        var limits = new ArrayList<Semaphore>(2);
        if (limitedHere) {
            limits.add(here(kind));
        }
        if (all != null) {
            limits.add(all);
        }
        return Permit.acquire(limits, clock);
    }

    private synchronized Semaphore here(String kind) {
        if (here == null) {
            here = new HashMap<>(2);
        }
        return here.computeIfAbsent(kind, name -> new Semaphore(perRun.get(name), true));
    }
}
