package dev.yardmaster.cli.settings;

import dev.yardmaster.endpoint.EndpointLimits;
import dev.yardmaster.model.ModelNames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How models are called.
 *
 * @param fallbacks the models to ask, in order, when an agent's own does not answer; those of the nearest file count
 * @param textOnly full names of models that are told words alone, in which {@code *} stands for anything; all of them count
 * @param requestsPerMinute calls of one provider's server that may begin in a minute
 * @param tokensPerMinute tokens, sent and received, of one provider's server in a minute
 * @param atOnce calls of one provider's server at the same time
 */
public record CallSettings(
        List<Sourced<String>> fallbacks,
        List<Sourced<String>> textOnly,
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong atOnce) {

    private static final CallSettings NONE =
            new CallSettings(List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public CallSettings {
        fallbacks = List.copyOf(fallbacks);
        textOnly = List.copyOf(textOnly);
    }

    public static CallSettings none() {
        return NONE;
    }

    public CallSettings withFallbacks(List<Sourced<String>> models) {
        return new CallSettings(models, textOnly, requestsPerMinute, tokensPerMinute, atOnce);
    }

    /** @throws UsageException when one of them can be no full name of a model */
    CallSettings withTextOnly(List<Sourced<String>> models) {
        models.forEach(CallSettings::names);
        return new CallSettings(fallbacks, models, requestsPerMinute, tokensPerMinute, atOnce);
    }

    private static ModelNames names(Sourced<String> pattern) {
        try {
            return ModelNames.of(pattern.value());
        } catch (IllegalArgumentException e) {
            throw new UsageException(pattern.source() + ": " + e.getMessage());
        }
    }

    /** The models that are told words alone. */
    public ModelNames textOnlyModels() {
        return ModelNames.of(textOnly.stream().map(Sourced::value).toArray(String[]::new));
    }

    CallSettings over(CallSettings farther) {
        return new CallSettings(
                fallbacks.isEmpty() ? farther.fallbacks : fallbacks,
                Stream.concat(textOnly.stream(), farther.textOnly.stream()).toList(),
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
        textOnly.forEach(each -> lines.add("words alone for models " + each.value() + " (" + each.source() + ")"));
        requestsPerMinute.ifPresent(most -> lines.add("at most " + most + " requests a minute"));
        tokensPerMinute.ifPresent(most -> lines.add("at most " + most + " tokens a minute"));
        atOnce.ifPresent(most -> lines.add("at most " + most + " model calls at once"));
        return lines;
    }
}
