package dev.yardmaster.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A pacing's time in the form that resilience4j takes. */
final class PacedClock extends Clock {

    private final Pacing pacing;

    PacedClock(Pacing pacing) {
        this.pacing = pacing;
    }

    @Override
    public Instant instant() {
        return pacing.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
