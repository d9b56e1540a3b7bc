package dev.yardmaster.agent;

import java.time.Duration;

/**
 * How model calls, and tool calls that may be repeated, are tried again when they fail for a passing reason: with
 * exponential backoff and full jitter, or after the wait that a provider asks for.
 *
 * @param attempts how often altogether, 1 or more
 * @param base the longest first wait
 * @param cap the longest wait, unless a provider asks for a longer one
 * @param patience the longest wait before a model call that keeps a run going; for a longer one the run is parked: the
 *     time is recorded, the run is suspended when nothing else is going on in it, and goes on then, in this process or
 *     another
 * @param total how long a reply may be waited for altogether before every further wait is recorded like that
 */
public record RetryPolicy(int attempts, Duration base, Duration cap, Duration patience, Duration total) {

    private static final RetryPolicy DEFAULTS = new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(60));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more: " + attempts);
        }
    }

    /** Runs are parked for waits of more than 60 s, and after 10 minutes. */
    public RetryPolicy(int attempts, Duration base, Duration cap) {
        this(attempts, base, cap, Duration.ofSeconds(60), Duration.ofMinutes(10));
    }

    /** 6 attempts, waits from up to 1 s to up to 60 s; runs are parked for longer ones, and after 10 minutes. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /** The same with another longest wait that keeps a run going. */
    public RetryPolicy withPatience(Duration longest) {
        return new RetryPolicy(attempts, base, cap, longest, total);
    }
}
