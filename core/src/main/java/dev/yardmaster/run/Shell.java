package dev.yardmaster.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the runs of an orchestrator have in common.
 *
 * @param limits of one run; those over all runs are shared within
 * @param redaction what is taken out of everything before it is recorded
 */
record Shell(InstantSource clock, Pause pause, Responder responder, Limits limits, Redactor redaction) {

    /** Waits until a time has come, by the clock. */
    void pauseUntil(Instant due) throws InterruptedException {
        var left = Duration.between(clock.instant(), due);
        if (left.isPositive()) {
            pause.pause(left);
        }
    }

    Shell forRun() {
        return new Shell(clock, pause, responder, limits.forRun(), redaction);
    }
}
