package dev.yardmaster.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it on, and waits that go by it. */
final class HeldTime implements InstantSource, Pause {

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private int sleepers;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) throws InterruptedException {
        Instant due = now.plus(duration);
        sleepers++;
        notifyAll();
        try {
            while (now.isBefore(due)) {
                wait();
            }
        } finally {
            sleepers--;
        }
    }

    synchronized void awaitSleeper() throws InterruptedException {
        while (sleepers == 0) {
            wait();
        }
    }

    synchronized void moveOn(Duration duration) {
        now = now.plus(duration);
        notifyAll();
    }
}
