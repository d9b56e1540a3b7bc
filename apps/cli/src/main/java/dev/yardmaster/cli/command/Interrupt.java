package dev.yardmaster.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a run goes on: the run is cancelled, and the process stays until what was done is told. Java ends with
 * 130 by itself then, or with 143 when it was asked to terminate.
 */
final class Interrupt {

    private static final int MOST_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** @param cancel called on another thread; has to return soon */
    Interrupt(Runnable cancel) {
        hook = Thread.ofPlatform().name("interrupt").unstarted(() -> {
            cancel.run();
            try {
                done.await(MOST_SECONDS, TimeUnit.SECONDS);
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
