package dev.yardmaster.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** The right to run one node. While the node only waits, for a person or a time, others may have it. */
final class Permit implements AutoCloseable {

    /** For nodes of which any number may run, for as long as they like. */
    static final Permit FREE = new Permit(List.of(), InstantSource.system());

    private final List<Semaphore> limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private int waiting;
    private boolean held;
    private Instant waitsSince = Instant.EPOCH;
    private Duration waited = Duration.ZERO;

    /** Something to wait for. */
    @FunctionalInterface
    interface Waiting<T> {
        T await() throws InterruptedException;
    }

    /** @param limits always in the same order, so that who holds the last waits for nothing more */
    private Permit(List<Semaphore> limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Waits for it, first come, first served. */
    static Permit acquire(List<Semaphore> limits, InstantSource clock) throws InterruptedException {
        var permit = new Permit(limits, clock);
        permit.regain();
        return permit;
    }

    /** Takes it again, unless it is there; for another attempt after one that was interrupted while it waited. */
    void regain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!held) {
                take();
            }
        } finally {
            lock.unlock();
        }
    }

    private void take() throws InterruptedException {
        for (int i = 0; i < limits.size(); i++) {
            try {
                limits.get(i).acquire();
            } catch (InterruptedException e) {
                limits.subList(0, i).forEach(Semaphore::release);
                throw e;
            }
        }
        held = true;
    }

    private void give() {
        if (held) {
            held = false;
            limits.reversed().forEach(Semaphore::release);
        }
    }

    /**
     * Waits without holding it, and takes it again before the node goes on; a node one of whose threads waits counts as
     * waiting. When the wait is broken off it is not taken again: the node is about to end.
     */
    <T> T lentWhile(Waiting<T> what) throws InterruptedException {
        if (this == FREE) {
            return what.await();
        }
        leave();
        boolean came = false;
        try {
            T result = what.await();
            came = true;
            return result;
        } finally {
            comeBack(came);
        }
    }

    private void leave() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waitsSince = waiting == 0 ? clock.instant() : waitsSince;
            waiting++;
            give();
        } finally {
            lock.unlock();
        }
    }

    private void comeBack(boolean goesOn) throws InterruptedException {
        lock.lock();
        try {
            waited = waited();
            waitsSince = clock.instant();
            waiting--;
            if (goesOn && waiting == 0 && !held) {
                take();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long the node has only waited until now. */
    Duration waited() {
        lock.lock();
        try {
            return waiting == 0 ? waited : waited.plus(Duration.between(waitsSince, clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (this == FREE) {
            return; // all nodes of all runs have it: they would meet at its lock
        }
        lock.lock();
        try {
            give();
        } finally {
            lock.unlock();
        }
    }
}
