package dev.yardmaster.run;

import java.time.Duration;

/** Does something unless it is closed in time; never after that. */
final class Watchdog implements AutoCloseable {

    private final Thread thread;
    private boolean closed;
    private boolean fired;

    Watchdog(Pause pause, Duration limit, Runnable bite) {
        this.thread = Thread.ofVirtual().name("watchdog").start(() -> {
            try {
                pause.pause(limit);
                fire(bite);
            } catch (InterruptedException e) {
                // closed in time
            }
        });
    }

    private synchronized void fire(Runnable bite) {
        if (!closed) {
            fired = true;
            bite.run();
        }
    }

    synchronized boolean hasFired() {
        return fired;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.interrupt();
    }
}
