package dev.yardmaster.endpoint;

import dev.yardmaster.model.ModelException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one server: whoever wants to call it comes by here, first come, first served. A call begins when
 *
 * <ul>
 *   <li>the wait that the server asked anybody for is over; then one call goes ahead of all others,
 *   <li>its circuit breaker lets it: after failures in a row the server is left alone, and then one call goes ahead,
 *   <li>there is room for it in this minute's requests and tokens, and among the calls under way.
 * </ul>
 *
 * Thread-safe. Who waits blocks, which an interrupt ends; callers are virtual threads.
 */
public final class EndpointGuard {

    private final String name;
    private final Pacing pacing;
    private final EndpointLimits limits;
    /** Made at the first failure: until then it would let everybody in, and only failures in a row count. */
    private volatile @Nullable CircuitBreaker breaker;

    private final Bulkhead bulkhead;
    private final Optional<MinuteWindow> requests;
    private final Optional<MinuteWindow> tokens;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Ticket> queue = new ArrayDeque<>();
    /** When the server said that it may be called again. */
    private Instant told = Instant.MIN;
    /** Whether it has said so, and has not answered since. */
    private boolean probing;

    private @Nullable Call probe;
    private Instant breakerOpen = Instant.MIN;

    EndpointGuard(String name, EndpointLimits limits, Pacing pacing) {
        this.name = name;
        this.pacing = pacing;
        this.limits = limits;
        this.requests = limits.requestsPerMinute().isPresent()
                ? Optional.of(new MinuteWindow(limits.requestsPerMinute().getAsLong()))
                : Optional.empty();
        this.tokens = limits.tokensPerMinute().isPresent()
                ? Optional.of(new MinuteWindow(limits.tokensPerMinute().getAsLong()))
                : Optional.empty();
        this.bulkhead = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(limits.atOnce())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    private CircuitBreaker breaker() {
        CircuitBreaker known = breaker;
        if (known == null) {
            known = newBreaker();
            breaker = known;
        }
        return known;
    }

    private CircuitBreaker newBreaker() {
        return CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(limits.failures(), limits.failures(), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(limits.pause())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(new PacedClock(pacing))
                        .currentTimestampFunction(clock -> clock.millis(), TimeUnit.MILLISECONDS)
                        .build());
    }

    public String name() {
        return name;
    }

    /** Whether the server is left alone now because calls of it kept failing. */
    public boolean isLeftAlone() {
        CircuitBreaker known = breaker;
        return known != null && known.getState() == CircuitBreaker.State.OPEN;
    }

    /** Whether tokens are limited, so that it matters how many a call will take. */
    public boolean countsTokens() {
        return tokens.isPresent();
    }

    /** How many calls wait to begin. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of what the server said to another process: not to be called before this. */
    public void keepShutUntil(Instant instant) {
        lock.lock();
        try {
            shutUntil(instant);
        } finally {
            lock.unlock();
        }
    }

    private void shutUntil(Instant instant) {
        probing = true;
        if (instant.isAfter(told)) {
            told = instant;
            queue.forEach(ticket -> ticket.turn.signal()); // some may not want to wait so long
        }
    }

    /** Somebody who waits: no two are the same. */
    private static final class Ticket {
        /** Signalled when it may be that one's turn. */
        private final Condition turn;

        private Ticket(Condition turn) {
            this.turn = turn;
        }
    }

    /** Waits until a call may begin, unless the server is not to be called for longer than the caller's patience. */
    public Admission enter(CallIntent intent) throws InterruptedException {
        lock.lockInterruptibly();
        Ticket ticket = null; // for those who wait
        try {
            Instant now = pacing.now();
            Instant patience = now.plus(intent.patience());
            boolean heard = false;
            while (true) {
                Instant open = latest(intent.notBefore(), latest(told, breakerOpen));
                if (open.isAfter(patience)) {
                    return new Admission.Closed(open, why(now));
                }
                boolean early = now.isBefore(intent.notBefore());
                boolean first = !early && (queue.isEmpty() || queue.peekFirst() == ticket);
                Instant next = early ? intent.notBefore() : first ? opening(now, open, intent.tokens()) : Instant.MAX;
                Call call = first && !next.isAfter(now) ? begin(now, intent.tokens()) : null;
                if (call != null) {
                    return new Admission.Open(call);
                }
                if (ticket == null) {
                    ticket = new Ticket(lock.newCondition());
                }
                if (!early && !queue.contains(ticket)) {
                    queue.addLast(ticket);
                }
                if (!heard && !early) {
                    heard = true;
                    tell(intent, next.isAfter(now) ? next : latest(now, open), why(now));
                } else {
                    pacing.await(lock, ticket.turn, next.isAfter(now) ? next : Instant.MAX);
                }
                now = pacing.now();
            }
        } finally {
            if (ticket != null) {
                queue.remove(ticket);
            }
            wakeFirst();
            lock.unlock();
        }
    }

    /** Without the lock: nobody else is to wait for whoever listens. */
    private void tell(CallIntent intent, Instant until, String why) {
        lock.unlock();
        try {
            intent.waiting().accept(until, why);
        } finally {
            lock.lock();
        }
    }

    /** When the first in the queue may try to begin. */
    private Instant opening(Instant now, Instant open, long amount) {
        if (open.isAfter(now)) {
            return open;
        }
        Instant request = requests.isPresent() ? requests.get().room(now, 1) : now;
        return tokens.isPresent() ? latest(request, tokens.get().room(now, amount)) : request;
    }

    /** Begins a call; null when it has to wait until another one ends. */
    private @Nullable Call begin(Instant now, long amount) {
        if (probing && probe != null || !bulkhead.tryAcquirePermission()) {
            return null;
        }
        CircuitBreaker known = breaker;
        if (known != null && !known.tryAcquirePermission()) {
            bulkhead.onComplete();
            if (isLeftAlone()) {
                breakerOpen = now.plusMillis(1);
            }
            return null;
        }
        if (requests.isPresent()) {
            requests.get().spend(now, 1);
        }
        var call = new Call(tokens.isPresent() ? tokens.get().spend(now, amount) : null);
        probe = probing ? call : null;
        return call;
    }

    private void wakeFirst() {
        Ticket first = queue.peekFirst();
        if (first != null) {
            first.turn.signal();
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private boolean isTriedOut() {
        CircuitBreaker known = breaker;
        return known != null && known.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    /** Why it has to be waited for, for people. */
    private String why(Instant now) {
        if (told.isAfter(now)) {
            return name + " asked for a pause";
        }
        if (breakerOpen.isAfter(now)) {
            return name + " is left alone after " + limits.failures() + " failures in a row";
        }
        if (probing || isTriedOut()) {
            return "one call tries first whether " + name + " answers again";
        }
        return "as many calls of " + name + " as may be are made already";
    }

    /** A call under way. */
    private final class Call implements Admission.Pass {

        private final MinuteWindow.@Nullable Spending spending;
        private volatile boolean over;

        private Call(MinuteWindow.@Nullable Spending spending) {
            this.spending = spending;
        }

        @Override
        public void answered(long amount) {
            end(() -> {
                settle(amount);
                probing = probing && probe != this;
                worked();
            });
        }

        @Override
        public void failed(ModelException why) {
            end(() -> {
                why.retryAfter().ifPresent(wait -> shutUntil(pacing.now().plus(wait)));
                switch (why.reason()) {
                    case OVERLOADED -> {
                        settle(0);
                        noAnswer(why);
                    }
                    case TRANSIENT -> noAnswer(why);
                    case RATE_LIMITED -> {
                        settle(0);
                        worked(); // it is there
                    }
                    default -> {
                        settle(0);
                        probing = probing && probe != this;
                        worked();
                    }
                }
            });
        }

        private void noAnswer(ModelException why) {
            boolean before = isLeftAlone();
            breaker().onError(0, TimeUnit.NANOSECONDS, why);
            if (isLeftAlone() && !before) {
                breakerOpen =
                        pacing.now().plus(limits.pause()).plusMillis(1); // resilience4j lets nobody in at that instant
            }
        }

        /** It was broken off: nothing is known of the server. */
        @Override
        public void close() {
            if (!over) {
                end(() -> {
                    CircuitBreaker known = breaker;
                    if (known != null) {
                        known.releasePermission();
                    }
                });
            }
        }

        private void worked() {
            CircuitBreaker known = breaker;
            if (known != null) {
                known.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        }

        private void settle(long amount) {
            if (spending != null) {
                tokens.orElseThrow().settle(spending, amount, pacing.now());
            }
        }

        private void end(Runnable how) {
            lock.lock();
            try {
                if (!over) {
                    over = true;
                    how.run();
                    probe = probe == this ? null : probe;
                    bulkhead.onComplete();
                    wakeFirst();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
