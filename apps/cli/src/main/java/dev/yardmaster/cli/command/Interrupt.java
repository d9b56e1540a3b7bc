package dev.yardmaster.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a run goes on: what is at work is stopped, and the process stays until what was done is told, but no longer
 * than ten seconds. Java ends with 130 by itself then, or with 143 when it was asked to terminate.
 */
final class Interrupt {

    private static final Duration MOST = Duration.ofSeconds(10);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop called on another thread; may take its time */
    Interrupt(Runnable stop) {
        hook = Thread.ofPlatform().name("interrupt").unstarted(() -> {
            Instant end = Instant.now().plus(MOST);
            Thread stopping = Thread.ofPlatform().daemon().name("stop").start(stop);
            try {
                done.await(MOST.toMillis(), TimeUnit.MILLISECONDS);
                Duration left = Duration.between(Instant.now(), end);
                if (left.isPositive()) {
                    stopping.join(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What was done is told: the process may end, or go on. */
    void told() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending: the hook was what made it wait
        }
    }
}
