package dev.yardmaster.run;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** The right to run one node. While the node only waits, for a person or a time, others may have it. */
final class Permit implements AutoCloseable {

    /** For nodes of which any number may run. */
    static final Permit FREE = new Permit(List.of());

    private final List<Semaphore> limits;
    private final ReentrantLock lock = new ReentrantLock();
    private int waiting;
    private boolean held;

    /** Something to wait for. */
    @FunctionalInterface
    interface Waiting<T> {
        T await() throws InterruptedException;
    }

    /** @param limits always in the same order, so that who holds the last waits for nothing more */
    private Permit(List<Semaphore> limits) {
        this.limits = limits;
    }

    /** Waits for it, first come, first served. */
    static Permit acquire(List<Semaphore> limits) throws InterruptedException {
        var permit = new Permit(limits);
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
        if (limits.isEmpty()) {
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
            waiting++;
            give();
        } finally {
            lock.unlock();
        }
    }

    private void comeBack(boolean goesOn) throws InterruptedException {
        lock.lock();
        try {
            waiting--;
            if (goesOn && waiting == 0 && !held) {
                take();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            give();
        } finally {
            lock.unlock();
        }
    }
}
