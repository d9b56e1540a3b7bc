package dev.yardmaster.agent;

import java.time.Duration;

/**
 * How model calls, and tool calls that may be repeated, are tried again when they fail for a passing reason: with
 * exponential backoff and full jitter, or after the wait that a provider asks for.
 *
 * @param attempts how often altogether, 1 or more
 * @param base the longest first wait
 * @param cap the longest wait
 */
public record RetryPolicy(int attempts, Duration base, Duration cap) {

    private static final RetryPolicy DEFAULTS = new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(60));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more: " + attempts);
        }
    }

    /** 6 attempts, waits from up to 1 s to up to 60 s. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }
}
