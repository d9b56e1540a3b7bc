package dev.yardmaster.cli.settings;

import dev.yardmaster.endpoint.EndpointLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How models are called.
 *
 * @param fallbacks the models to ask, in order, when an agent's own does not answer; those of the nearest file count
 * @param requestsPerMinute calls of one provider's server that may begin in a minute
 * @param tokensPerMinute tokens, sent and received, of one provider's server in a minute
 * @param atOnce calls of one provider's server at the same time
 */
public record CallSettings(
        List<Sourced<String>> fallbacks,
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong atOnce) {

    private static final CallSettings NONE =
            new CallSettings(List.of(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public CallSettings {
        fallbacks = List.copyOf(fallbacks);
    }

    public static CallSettings none() {
        return NONE;
    }

    public CallSettings withFallbacks(List<Sourced<String>> models) {
        return new CallSettings(models, requestsPerMinute, tokensPerMinute, atOnce);
    }

    CallSettings over(CallSettings farther) {
        return new CallSettings(
                fallbacks.isEmpty() ? farther.fallbacks : fallbacks,
                either(requestsPerMinute, farther.requestsPerMinute),
                either(tokensPerMinute, farther.tokensPerMinute),
                either(atOnce, farther.atOnce));
    }

    private static OptionalLong either(OptionalLong near, OptionalLong far) {
        return near.isPresent() ? near : far;
    }

    /** The limits of each provider's server. */
    public EndpointLimits limits() {
        EndpointLimits limits = EndpointLimits.defaults();
        if (requestsPerMinute.isPresent()) {
            limits = limits.withRequestsPerMinute(requestsPerMinute.getAsLong());
        }
        if (tokensPerMinute.isPresent()) {
            limits = limits.withTokensPerMinute(tokensPerMinute.getAsLong());
        }
        return atOnce.isPresent() ? limits.withAtOnce((int) atOnce.getAsLong()) : limits;
    }

    /** What is set, for people. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        fallbacks.forEach(each -> lines.add("fallback model " + each.value() + " (" + each.source() + ")"));
        requestsPerMinute.ifPresent(most -> lines.add("at most " + most + " requests a minute"));
        tokensPerMinute.ifPresent(most -> lines.add("at most " + most + " tokens a minute"));
        atOnce.ifPresent(most -> lines.add("at most " + most + " model calls at once"));
        return lines;
    }
}
