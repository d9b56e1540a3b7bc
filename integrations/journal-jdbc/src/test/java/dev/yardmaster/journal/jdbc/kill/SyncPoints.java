package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.journal.jdbc.kill.Death.Kind;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The points at which a process makes something durable: what it writes to the journal, and to the ledger. At the one
 * where it is to die all of it stands still, and whoever started it is told and kills it.
 */
final class SyncPoints {

    private final Death death;
    private final Parent parent;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int count;
    private int inside;
    private boolean frozen;
    private boolean stood;

    SyncPoints(Death death, Parent parent) {
        this.death = death;
        this.parent = parent;
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** A write to the journal or to the ledger; at the first one from its point on a process stands still that is to do so. */
    <T> T pass(Supplier<T> write) {
        int number = enter();
        try {
            if (death.is(Kind.BEFORE, number)) {
                freeze(false);
            }
            if (death.kind() == Kind.STANDSTILL && number >= death.at() && first()) {
                freeze(true);
            }
            T written = write.get();
            if (death.is(Kind.AFTER, number)) {
                freeze(false);
            }
            return written;
        } finally {
            leave();
        }
    }

    private boolean first() {
        lock.lock();
        try {
            boolean first = !stood;
            stood = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private int enter() {
        lock.lock();
        try {
            while (frozen) {
                changed.awaitUninterruptibly();
            }
            inside++;
            count++;
            if (death.is(Kind.LATER, count)) {
                parent.tell("at");
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @param calm whether what others are writing comes to its end first, so that nothing is left locked */
    private void freeze(boolean calm) {
        lock.lock();
        try {
            frozen = true;
            while (calm && inside > 1) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        parent.tell("at");
        parent.hear(); // it is killed here, or told to go on
        lock.lock();
        try {
            frozen = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
