package dev.yardmaster.endpoint;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How much a provider's server is asked for.
 *
 * @param requestsPerMinute calls that may begin in any 60 s; any number when empty
 * @param tokensPerMinute tokens, sent and received, in any 60 s; any number when empty. What a call will take is estimated
 *     before it, and set right after it
 * @param atOnce calls under way at the same time, 1 or more
 * @param failures how many calls in a row have to fail, by overload or trouble on the way, before the server is left alone
 * @param pause for how long it is left alone then; after that one call goes first
 */
public record EndpointLimits(
        OptionalLong requestsPerMinute, OptionalLong tokensPerMinute, int atOnce, int failures, Duration pause) {

    private static final EndpointLimits DEFAULTS =
            new EndpointLimits(OptionalLong.empty(), OptionalLong.empty(), 64, 5, Duration.ofSeconds(30));

    public EndpointLimits {
        positive(requestsPerMinute.orElse(1), "requests per minute");
        positive(tokensPerMinute.orElse(1), "tokens per minute");
        positive(atOnce, "calls at once");
        positive(failures, "failures in a row");
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("a server is left alone for longer than nothing: " + pause);
        }
    }

    private static void positive(long value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more: " + value);
        }
    }

    /** Any number of requests and tokens, 64 calls at once, left alone for 30 s after 5 failures in a row. */
    public static EndpointLimits defaults() {
        return DEFAULTS;
    }

    public EndpointLimits withRequestsPerMinute(long most) {
        return new EndpointLimits(OptionalLong.of(most), tokensPerMinute, atOnce, failures, pause);
    }

    public EndpointLimits withTokensPerMinute(long most) {
        return new EndpointLimits(requestsPerMinute, OptionalLong.of(most), atOnce, failures, pause);
    }

    public EndpointLimits withAtOnce(int calls) {
        return new EndpointLimits(requestsPerMinute, tokensPerMinute, calls, failures, pause);
    }

    /** Leaves the server alone for this long after so many failures in a row. */
    public EndpointLimits withBreaker(int inARow, Duration alone) {
        return new EndpointLimits(requestsPerMinute, tokensPerMinute, atOnce, inARow, alone);
    }
}
