package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.tool.ToolResult;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one way through which every model and tool call goes: tried again when that is safe and may help, and measured.
 *
 * <p>Its meters are in docs/metrics.md. Times are of whole calls, retries included.
 */
final class GuardedCalls {

    private static final String DURATION = "gen_ai.client.operation.duration";
    private static final String TOKENS = "gen_ai.client.token.usage";

    private static final String TOOL = "yardmaster.tool";

    /** What a timer is for: a model, or a tool. */
    private record Timed(String meter, String of, String error) {

        @Override
        public boolean equals(@Nullable Object other) { // spelled out, with the hash: the first call asks for them
            return other instanceof Timed that
                    && meter.equals(that.meter)
                    && of.equals(that.of)
                    && error.equals(that.error);
        }

        @Override
        public int hashCode() {
            return (meter.hashCode() * 31 + of.hashCode()) * 31 + error.hashCode();
        }
    }

    /** What a summary is for. */
    private record Tokens(String model, String type) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tokens that && model.equals(that.model) && type.equals(that.type);
        }

        @Override
        public int hashCode() {
            return model.hashCode() * 31 + type.hashCode();
        }
    }

    private final MeterRegistry meters;
    /** Looked up once: a registry that is asked sorts and compares tags. */
    private final Map<Timed, Timer> timers = new ConcurrentHashMap<>();

    private final Map<Tokens, DistributionSummary> summaries = new ConcurrentHashMap<>();
    private final RetryPolicy policy;
    private volatile @Nullable Retry toolRetry;

    GuardedCalls(RetryPolicy policy, MeterRegistry meters) {
        this.meters = meters;
        this.policy = policy;
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
        ModelReply reply = timed(DURATION, model.name(), attempts);
        String answering = reply.model().orElse(model.name());
        summary(new Tokens(answering, "input")).record(reply.usage().inputTokens());
        summary(new Tokens(answering, "output")).record(reply.usage().outputTokens());
        return reply;
    }

    private DistributionSummary summary(Tokens what) {
        DistributionSummary known = summaries.get(what);
        return known != null ? known : summaries.computeIfAbsent(what, this::registered);
    }

    private DistributionSummary registered(Tokens what) {
        return DistributionSummary.builder(TOKENS)
                .baseUnit("tokens")
                .tags(ofModel(what.model()).and("gen_ai.token.type", what.type()))
                .register(meters);
    }

    private static Tags ofModel(String model) {
        return Tags.of(
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                AgentProfile.provider(model),
                "gen_ai.request.model",
                model);
    }

    /** Asked before it is made: to make one locks, whether or not it is there. */
    private Timer timer(Timed what) {
        Timer known = timers.get(what);
        return known != null ? known : timers.computeIfAbsent(what, this::registered);
    }

    private Timer registered(Timed what) {
        return Timer.builder(what.meter()).tags(tags(what)).register(meters);
    }

    private static Tags tags(Timed what) {
        Tags of = what.meter().equals(TOOL) ? Tags.of("gen_ai.tool.name", what.of()) : ofModel(what.of());
        return of.and("error.type", what.error());
    }

    /** Runs a tool; only calls that repeating does not change are tried again. */
    ToolResult run(String tool, Effect effect, Callable<ToolResult> body) throws Exception {
        boolean repeatable = effect == Effect.READ_ONLY || effect == Effect.IDEMPOTENT;
        return timed(TOOL, tool, repeatable ? () -> again(body) : body);
    }

    /** Most calls work at once: what tries them again is made when one does not, and told of the attempt that was. */
    private ToolResult again(Callable<ToolResult> body) throws Exception {
        try {
            return body.call();
        } catch (Exception e) {
            if (!mayPass(e)) {
                throw e;
            }
            var first = new AtomicReference<@Nullable Exception>(e);
            return toolRetry().executeCallable(() -> {
                Exception failed = first.getAndSet(null);
                if (failed != null) {
                    throw failed;
                }
                return body.call();
            });
        }
    }

    private Retry toolRetry() {
        Retry known = toolRetry;
        if (known == null) {
            known = retry(policy);
            toolRetry = known;
        }
        return known;
    }

    private <T> T timed(String meter, String of, Callable<T> body) throws Exception {
        Timer.Sample sample = Timer.start(meters);
        String error = "none";
        try {
            T output = body.call();
            error = output instanceof ToolResult.Failed ? "failed" : error;
            return output;
        } catch (Exception e) {
            error = e instanceof YardmasterException ours
                    ? ours.kind()
                    : e.getClass().getSimpleName();
            throw e;
        } finally {
            sample.stop(timer(new Timed(meter, of, error)));
        }
    }
}
