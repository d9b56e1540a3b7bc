package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * How a node is run: how often again when it fails, for how long, and what instead. Immutable: every method gives a
 * changed copy. A node that is run again begins anew; its steps that are recorded are not done twice.
 */
public final class NodePolicy {

    private static final NodePolicy ONCE = new NodePolicy(
            0, Duration.ofMillis(500), Duration.ofSeconds(30), NodePolicy::mayHelp, Optional.empty(), Optional.empty());

    private final int retries;
    private final Duration first;
    private final Duration longest;
    private final Predicate<Exception> when;
    private final Optional<Duration> timeout;
    private final Optional<Node> fallback;

    private NodePolicy(
            int retries,
            Duration first,
            Duration longest,
            Predicate<Exception> when,
            Optional<Duration> timeout,
            Optional<Node> fallback) {
        this.retries = retries;
        this.first = first;
        this.longest = longest;
        this.when = when;
        this.timeout = timeout;
        this.fallback = fallback;
    }

    /** Once, for as long as it takes. */
    public static NodePolicy once() {
        return ONCE;
    }

    /**
     * Again at most {@code times} times, after 0.5 s, 1 s, 2 s … up to 30 s, each shortened at random by up to half. A run
     * that is resumed counts anew.
     *
     * @param times 1 or more
     */
    public static NodePolicy retry(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a node is tried again 1 time or more, not " + times);
        }
        return new NodePolicy(times, ONCE.first, ONCE.longest, ONCE.when, ONCE.timeout, ONCE.fallback);
    }

    /** Once, but no longer than this; see {@link #within}. */
    public static NodePolicy timeout(Duration limit) {
        return ONCE.within(limit);
    }

    /** The wait before the first retry; it doubles each time, up to {@code most}. */
    public NodePolicy backoff(Duration wait, Duration most) {
        if (wait.isNegative() || most.compareTo(wait) < 0) {
            throw new IllegalArgumentException("a backoff goes from 0 or more up to no less: " + wait + ", " + most);
        }
        return new NodePolicy(retries, wait, most, when, timeout, fallback);
    }

    /** Which exceptions are worth another try; by default all but those that say they would come again. */
    public NodePolicy when(Predicate<Exception> worthIt) {
        return new NodePolicy(retries, first, longest, worthIt, timeout, fallback);
    }

    /**
     * How long one attempt may take; then its thread is interrupted and the attempt has failed. The time in which it only
     * waits, for a person's answer or a timer, does not count. No limit by default.
     */
    public NodePolicy within(Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a timeout must be longer than nothing: " + limit);
        }
        return new NodePolicy(retries, first, longest, when, Optional.of(limit), fallback);
    }

    /** What is run on the same input when all attempts have failed; its writes are the node's. */
    public NodePolicy orElse(Node instead) {
        return new NodePolicy(retries, first, longest, when, timeout, Optional.of(instead));
    }

    private static boolean mayHelp(Exception e) {
        return !(e instanceof YardmasterException ours) || ours.retryable();
    }

    public Optional<Duration> timeout() {
        return timeout;
    }

    public Optional<Node> fallback() {
        return fallback;
    }

    /** Whether there is another attempt after this one failed. @param attempt from 1 */
    public boolean triesAgain(int attempt, Exception e) {
        return attempt <= retries && when.test(e);
    }

    /** How long to wait after an attempt, shortened at random by up to half. @param attempt from 1 */
    public Duration delay(int attempt) {
        long full = Math.min(longest.toMillis(), first.toMillis() * (1L << Math.min(attempt - 1, 30)));
        return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
