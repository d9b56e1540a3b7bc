package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.tool.ToolResult;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The one way through which every model and tool call goes: tried again when that is safe and may help, and measured.
 *
 * <p>Meters have the names of OpenTelemetry's GenAI conventions: {@code gen_ai.client.operation.duration} (tags
 * {@code gen_ai.operation.name} = {@code chat} or {@code execute_tool}, {@code gen_ai.request.model} or
 * {@code gen_ai.tool.name}, {@code error.type} = {@code none}, {@code failed}, or the exception's kind) and {@code gen_ai.client.token.usage} (tags
 * {@code gen_ai.request.model}, {@code gen_ai.token.type}). Times are of whole calls, retries included.
 */
final class GuardedCalls {

    private static final String DURATION = "gen_ai.client.operation.duration";
    private static final String TOKENS = "gen_ai.client.token.usage";

    /** What a timer is for. @param tag what {@code of} is the name of */
    private record Timed(String operation, String tag, String of, String error) {}

    /** What a counter is for. */
    private record Tokens(String model, String type) {}

    private final MeterRegistry meters;
    /** Looked up once: a registry that is asked sorts and compares tags. */
    private final Map<Timed, Timer> timers = new ConcurrentHashMap<>();

    private final Map<Tokens, Counter> counters = new ConcurrentHashMap<>();
    private final Retry toolRetry;

    GuardedCalls(RetryPolicy policy, MeterRegistry meters) {
        this.meters = meters;
        this.toolRetry = retry(policy);
    }

    /** Whether a tool's trouble may be over the next time: an unchecked exception is a mistake in the tool, and stays. */
    private static boolean mayPass(Throwable e) {
        return switch (e) {
            case InterruptedException interrupted -> false;
            case YardmasterException ours -> ours.retryable();
            case UncheckedIOException trouble -> true;
            case RuntimeException mistake -> false;
            default -> e instanceof Exception;
        };
    }

    private static Retry retry(RetryPolicy policy) {
        return Retry.of(
                "tool",
                RetryConfig.custom()
                        .maxAttempts(policy.attempts())
                        .retryOnException(GuardedCalls::mayPass)
                        .intervalBiFunction((attempt, outcome) ->
                                wait(policy, attempt, outcome.isLeft() ? outcome.getLeft() : null))
                        .build());
    }

    /** Full jitter below base × 2^(attempt-1), at most the cap; at least what the provider asked for. */
    static long wait(RetryPolicy policy, int attempt, @Nullable Throwable cause) {
        long ceiling = Math.min(policy.cap().toMillis(), policy.base().toMillis() << Math.min(attempt - 1, 20));
        long jittered = ceiling == 0 ? 0 : ThreadLocalRandom.current().nextLong(ceiling + 1);
        long asked = cause instanceof ModelException failed
                ? failed.retryAfter().map(java.time.Duration::toMillis).orElse(0L)
                : 0L;
        return Math.max(jittered, asked);
    }

    /** Gets a reply. @param model the one that is asked first @param attempts has its own ways to be tried again */
    ModelReply reply(Model model, Callable<ModelReply> attempts) throws Exception {
        ModelReply reply = timed("chat", "gen_ai.request.model", model.name(), null, attempts);
        String answering = reply.model().orElse(model.name());
        counter(new Tokens(answering, "input")).increment(reply.usage().inputTokens());
        counter(new Tokens(answering, "output")).increment(reply.usage().outputTokens());
        return reply;
    }

    private Counter counter(Tokens what) {
        return counters.computeIfAbsent(
                what,
                absent ->
                        meters.counter(TOKENS, "gen_ai.request.model", what.model(), "gen_ai.token.type", what.type()));
    }

    private Timer timer(Timed what) {
        Timer known = timers.get(what);
        return known != null
                ? known
                : timers.computeIfAbsent(
                        what,
                        absent -> meters.timer(
                                DURATION,
                                "gen_ai.operation.name",
                                what.operation(),
                                what.tag(),
                                what.of(),
                                "error.type",
                                what.error()));
    }

    /** Runs a tool; only calls that repeating does not change are tried again. */
    ToolResult run(String tool, Effect effect, Callable<ToolResult> body) throws Exception {
        boolean repeatable = effect == Effect.READ_ONLY || effect == Effect.IDEMPOTENT;
        return timed("execute_tool", "gen_ai.tool.name", tool, repeatable ? toolRetry : null, body);
    }

    private <T> T timed(String operation, String tag, String name, @Nullable Retry retry, Callable<T> body)
            throws Exception {
        Timer.Sample sample = Timer.start(meters);
        String error = "none";
        try {
            T output = retry == null ? body.call() : retry.executeCallable(body);
            error = output instanceof ToolResult.Failed ? "failed" : error;
            return output;
        } catch (Exception e) {
            error = e instanceof YardmasterException ours
                    ? ours.kind()
                    : e.getClass().getSimpleName();
            throw e;
        } finally {
            sample.stop(timer(new Timed(operation, tag, name, error)));
        }
    }
}
