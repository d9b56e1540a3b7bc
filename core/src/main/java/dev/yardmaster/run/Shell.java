package dev.yardmaster.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the runs of an orchestrator have in common.
 *
 * @param near how long a wait for a time may be that does not suspend a run
 * @param limits of nodes; each run has its own share of them
 * @param redaction what is taken out of everything before it is recorded
 */
record Shell(InstantSource clock, Pause pause, Duration near, Responder responder, Limits limits, Redactor redaction) {

    /** Waits until a time has come, by the clock. */
    void pauseUntil(Instant due) throws InterruptedException {
        var left = Duration.between(clock.instant(), due);
        if (left.isPositive()) {
            pause.pause(left);
        }
    }

    /** Whether a time is so far away that a run is not to be kept waiting for it. */
    boolean isFar(Instant due) {
        return Duration.between(clock.instant(), due).compareTo(near) > 0;
    }
}
