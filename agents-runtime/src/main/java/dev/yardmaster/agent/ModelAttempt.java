package dev.yardmaster.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt at a model's reply that came to nothing, as it is noted about the reply's step
 * ({@link dev.yardmaster.event.Fact.Noted}). The attempt that came to something is the step's output.
 *
 * @param number from 1, over all models that were asked
 * @param model the full name of the model
 * @param request SHA-256 of what was asked
 * @param outcome the failure's kind, such as {@code model.overloaded}; {@code model.not-asked} when its server was not to be
 *     called
 * @param message what went wrong, for people
 * @param took how long it took
 * @param retryAfter the wait that the provider asked for
 * @param next when the next attempt is due; empty when none follows, or none of this model
 * @param instead the full name of the model that is asked next, when that is another
 * @param requestId what the provider calls the request, where it says so
 */
public record ModelAttempt(
        int number,
        String model,
        String request,
        String outcome,
        String message,
        Duration took,
        Optional<Duration> retryAfter,
        Optional<Instant> next,
        Optional<String> instead,
        Optional<String> requestId) {}
