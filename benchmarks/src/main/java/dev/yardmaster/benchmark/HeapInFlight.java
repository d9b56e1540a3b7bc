package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import dev.yardmaster.benchmark.subject.Work;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that prints how many bytes of heap each of many runs holds while it waits in the middle. */
public final class HeapInFlight {

    private static final int RUNS = 10_000;

    private HeapInFlight() {}

    /** @param args a {@link Contender} */
    public static void main(String[] args) throws Exception {
        var waiting = new AtomicInteger();
        var gate = new CountDownLatch(1);
        var open = new AtomicInteger(1);
        Work work = Contender.valueOf(args[0]).subject().chain(5, 1024, () -> {
            if (open.get() == 0) {
                waiting.incrementAndGet();
                gate.await();
            }
        });
        for (int i = 0; i < 200; i++) {
            work.run(); // what is made once is made by now
        }
        open.set(0);
        long before = used();
        var started = new ArrayList<Work.Started>(RUNS);
        for (int i = 0; i < RUNS; i++) {
            started.add(work.start());
        }
        while (waiting.get() < RUNS) {
            Thread.sleep(10);
        }
        System.out.println((used() - before) / RUNS);
        open.set(1);
        gate.countDown();
        for (Work.Started each : started) {
            each.await();
        }
        Runtime.getRuntime().halt(0);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
