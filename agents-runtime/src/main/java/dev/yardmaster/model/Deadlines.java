package dev.yardmaster.model;

import java.time.Duration;

/**
 * How long one call of a model may take. A reply that is streamed may take its time as long as it keeps coming: silence
 * ends it, not length.
 *
 * @param connect until a connection stands
 * @param firstByte until the provider answers at all
 * @param idle between one piece of a streamed reply and the next
 * @param total for the whole call; also how long a reply that is not streamed may keep us waiting
 */
public record Deadlines(Duration connect, Duration firstByte, Duration idle, Duration total) {

    private static final Deadlines DEFAULTS = new Deadlines(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(10));

    public Deadlines {
        for (Duration each : new Duration[] {connect, firstByte, idle, total}) {
            if (!each.isPositive()) {
                throw new IllegalArgumentException("a deadline must be longer than nothing: " + each);
            }
        }
    }

    /** Connect 10 s, first byte 60 s, idle 60 s, total 10 min. */
    public static Deadlines defaults() {
        return DEFAULTS;
    }

    public Deadlines withFirstByte(Duration longest) {
        return new Deadlines(connect, longest, idle, total);
    }
}
