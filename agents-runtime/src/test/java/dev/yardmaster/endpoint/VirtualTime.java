package dev.yardmaster.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Time that stands still until a test moves it on. */
public final class VirtualTime implements Pacing, InstantSource {

    private record Sleeper(Lock lock, Condition signal) {}

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final List<Sleeper> sleepers = new ArrayList<>();

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public Instant instant() {
        return now();
    }

    @Override
    public void await(Lock lock, Condition signal, Instant until) throws InterruptedException {
        var sleeper = new Sleeper(lock, signal);
        synchronized (this) {
            if (!until.isAfter(now)) {
                return;
            }
            sleepers.add(sleeper);
            notifyAll();
        }
        try {
            signal.await();
        } finally {
            synchronized (this) {
                sleepers.remove(sleeper);
                notifyAll();
            }
        }
    }

    /** Waits until so many threads wait. */
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (sleepers.size() != count) {
            wait();
        }
    }

    /** How many threads wait. */
    public synchronized int sleepers() {
        return sleepers.size();
    }

    public void moveOn(Duration duration) {
        List<Sleeper> woken;
        synchronized (this) {
            now = now.plus(duration);
            woken = List.copyOf(sleepers);
        }
        for (Sleeper each : woken) {
            each.lock().lock();
            try {
                each.signal().signalAll();
            } finally {
                each.lock().unlock();
            }
        }
    }
}
