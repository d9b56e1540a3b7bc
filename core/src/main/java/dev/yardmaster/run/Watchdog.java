package dev.yardmaster.run;

import java.time.Duration;
import java.util.function.Supplier;

/** Does something unless it is closed in time; never after that. */
final class Watchdog implements AutoCloseable {

    private final Thread thread;
    private boolean closed;
    private boolean fired;

    Watchdog(Pause pause, Duration limit, Runnable bite) {
        this(pause, limit, () -> Duration.ZERO, bite);
    }

    /** @param asleep how much of the time until now does not count */
    Watchdog(Pause pause, Duration limit, Supplier<Duration> asleep, Runnable bite) {
        Duration before = asleep.get();
        this.thread = Thread.ofVirtual().name("watchdog").start(() -> {
            try {
                Duration counted = before;
                for (Duration left = limit; left.isPositive(); ) {
                    pause.pause(left);
                    Duration now = asleep.get();
                    left = now.minus(counted);
                    counted = now;
                }
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
