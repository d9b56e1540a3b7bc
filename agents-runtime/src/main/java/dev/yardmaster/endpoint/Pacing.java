package dev.yardmaster.endpoint;

import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** How time is told and waited for: for real, or as a test says. Thread-safe. */
public interface Pacing {

    /** By the system's clock. */
    static Pacing real() {
        return new RealPacing();
    }

    Instant now();

    /**
     * Waits until somebody signals, or a time has come, or for no reason at all, as conditions do. Called with the lock
     * held; gives it up meanwhile.
     *
     * @param until {@link Instant#MAX} for no time
     */
    void await(Lock lock, Condition signal, Instant until) throws InterruptedException;
}
