package dev.yardmaster.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Time as it is. */
final class RealPacing implements Pacing {

    /** Looks at the clock again after this: it may have been set, or the machine have slept. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void await(Lock lock, Condition signal, Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            signal.await();
            return;
        }
        Duration left = Duration.between(now(), until);
        if (left.isPositive()) {
            long nanos = left.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : left.toNanos();
            signal.await(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
