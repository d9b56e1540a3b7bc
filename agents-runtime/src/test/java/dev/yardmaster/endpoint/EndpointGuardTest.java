package dev.yardmaster.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EndpointGuardTest {

    private static final Duration HOURS = Duration.ofHours(10);
    private static final ModelException OVERLOADED = new ModelException(Kind.OVERLOADED, "overloaded");

    private final VirtualTime time = new VirtualTime();
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Entered> entered = new LinkedBlockingQueue<>();
    private EndpointGuard guard = new EndpointGuard("acme", EndpointLimits.defaults(), time);

    /** Somebody who waited and was let in. */
    private record Entered(int who, Admission.Pass pass, Instant at) {}

    private void limits(EndpointLimits limits) {
        guard = new EndpointGuard("acme", limits, time);
    }

    private Admission enter(Duration patience) throws InterruptedException {
        return guard.enter(new CallIntent(0, Instant.MIN, patience, (until, why) -> {}));
    }

    private Admission.Pass pass() throws InterruptedException {
        return ((Admission.Open) enter(HOURS)).pass();
    }

    private void fail(ModelException why) throws InterruptedException {
        Admission.Pass pass = pass();
        pass.failed(why);
        pass.close();
    }

    private void answer() throws InterruptedException {
        try (Admission.Pass pass = pass()) {
            pass.answered(0);
        }
    }

    /** Others who want in, each on a thread; comes back when all of them wait. */
    private void wantIn(int count, long tokens) throws InterruptedException {
        int before = time.sleepers();
        for (int i = 0; i < count; i++) {
            int who = threads.size();
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    Admission admission = guard.enter(new CallIntent(tokens, Instant.MIN, HOURS, (until, why) -> {}));
                    entered.add(new Entered(who, ((Admission.Open) admission).pass(), time.now()));
                } catch (InterruptedException e) {
                    entered.add(new Entered(-1, null, time.now()));
                }
            }));
            time.awaitSleepers(before + i + 1); // so that they come in this order
        }
    }

    private Entered next() throws InterruptedException {
        Entered next = entered.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("somebody is let in").isNotNull();
        return next;
    }

    /** Who is let in next, sorted. */
    private List<Integer> next(int count) throws InterruptedException {
        var who = new TreeSet<Integer>();
        for (int i = 0; i < count; i++) {
            who.add(next().who());
        }
        return List.copyOf(who);
    }

    @AfterEach
    void nobody_is_left() {
        threads.forEach(Thread::interrupt);
    }

    private static ModelException told(Duration wait) {
        return new ModelException(Kind.RATE_LIMITED, "slow down", wait);
    }

    @Nested
    class A_wait_that_the_server_asks_for {

        @Test
        void holds_for_everybody_and_one_goes_first_then() throws Exception {
            fail(told(Duration.ofHours(1)));
            Instant open = time.now().plus(Duration.ofHours(1));
            wantIn(20, 0);

            time.moveOn(Duration.ofHours(1).minusMillis(1));
            time.awaitSleepers(20);
            assertThat(entered).isEmpty();

            time.moveOn(Duration.ofMillis(1));
            Entered probe = next();
            assertThat(probe.who()).isZero();
            assertThat(probe.at()).isEqualTo(open);
            time.awaitSleepers(19);
            assertThat(entered).as("beside the one that goes first").isEmpty();

            probe.pass().answered(0);
            assertThat(next(19)).hasSize(19);
        }

        @Test
        void begins_anew_when_the_first_is_asked_to_wait_again() throws Exception {
            fail(told(Duration.ofSeconds(30)));
            wantIn(5, 0);
            time.moveOn(Duration.ofSeconds(30));
            Entered probe = next();

            probe.pass().failed(told(Duration.ofSeconds(90)));
            time.moveOn(Duration.ofSeconds(89));
            time.awaitSleepers(4);
            assertThat(entered).isEmpty();

            time.moveOn(Duration.ofSeconds(1));
            assertThat(next().who()).isEqualTo(1);
            time.awaitSleepers(3);
        }

        @Test
        void is_not_waited_for_by_those_who_have_less_patience() throws Exception {
            fail(told(Duration.ofSeconds(61)));

            Admission admission = enter(Duration.ofSeconds(60));

            assertThat(admission).isEqualTo(new Admission.Closed(time.now().plusSeconds(61), "acme asked for a pause"));
        }

        @Test
        void of_another_process_counts_here_too() throws Exception {
            guard.keepShutUntil(time.now().plusSeconds(100));

            assertThat(enter(Duration.ofSeconds(99))).isInstanceOf(Admission.Closed.class);
        }

        @Test
        void goes_to_the_next_when_the_first_is_broken_off() throws Exception {
            fail(told(Duration.ofSeconds(30)));
            wantIn(2, 0);
            time.moveOn(Duration.ofSeconds(30));

            next().pass().close();

            assertThat(next().who()).isEqualTo(1);
        }
    }

    @Nested
    class The_breaker {

        @Test
        void opens_after_failures_in_a_row_lets_one_try_and_closes() throws Exception {
            for (int i = 0; i < 5; i++) {
                assertThat(guard.isLeftAlone()).isFalse();
                fail(OVERLOADED);
            }
            assertThat(guard.isLeftAlone()).isTrue();
            assertThat(((Admission.Closed) enter(Duration.ofSeconds(10))).why())
                    .isEqualTo("acme is left alone after 5 failures in a row");
            wantIn(3, 0);

            time.moveOn(Duration.ofSeconds(31));
            Entered probe = next();
            time.awaitSleepers(2);
            assertThat(entered).as("beside the one that tries").isEmpty();

            probe.pass().answered(0);
            next();
            next();
        }

        @Test
        void opens_again_when_the_one_that_tries_fails() throws Exception {
            for (int i = 0; i < 5; i++) {
                fail(OVERLOADED);
            }
            time.moveOn(Duration.ofSeconds(31));
            fail(new ModelException(Kind.TRANSIENT, "no connection"));

            assertThat(guard.isLeftAlone()).isTrue();
            time.moveOn(Duration.ofSeconds(31));
            answer();
            assertThat(guard.isLeftAlone()).isFalse();
        }

        @Test
        void stays_closed_while_calls_succeed_in_between_or_fail_for_other_reasons() throws Exception {
            for (int i = 0; i < 20; i++) {
                fail(i % 5 == 4 ? new ModelException(Kind.BAD_REQUEST, "no such parameter") : OVERLOADED);
            }
            for (int i = 0; i < 20; i++) {
                fail(new ModelException(Kind.RATE_LIMITED, "slow down"));
            }
            assertThat(guard.isLeftAlone()).isFalse();
        }

        @Test
        void lets_another_one_try_when_the_first_is_broken_off() throws Exception {
            for (int i = 0; i < 5; i++) {
                fail(OVERLOADED);
            }
            time.moveOn(Duration.ofSeconds(31));
            pass().close();

            answer();
            assertThat(guard.isLeftAlone()).isFalse();
        }
    }

    @Nested
    class A_limit {

        @Test
        void of_requests_is_kept_in_any_minute_and_in_the_order_of_coming() throws Exception {
            limits(EndpointLimits.defaults().withRequestsPerMinute(3));
            for (int i = 0; i < 3; i++) {
                answer();
            }
            wantIn(7, 0);
            time.moveOn(Duration.ofSeconds(60));
            assertThat(next(3)).containsExactly(0, 1, 2);
            time.awaitSleepers(4);
            time.moveOn(Duration.ofSeconds(59));
            time.awaitSleepers(4);
            assertThat(entered).isEmpty();
            time.moveOn(Duration.ofSeconds(1));
            assertThat(next(3)).containsExactly(3, 4, 5);
            time.awaitSleepers(1);
            time.moveOn(Duration.ofSeconds(60));
            assertThat(next(1)).containsExactly(6);
        }

        @Test
        void of_tokens_goes_by_an_estimate_first_and_by_what_it_was_then() throws Exception {
            limits(EndpointLimits.defaults().withTokensPerMinute(1000));
            Admission.Pass first =
                    ((Admission.Open) guard.enter(new CallIntent(900, Instant.MIN, HOURS, (until, why) -> {}))).pass();
            wantIn(1, 400);

            first.answered(600); // less than it was thought
            assertThat(next().who()).isZero();

            wantIn(1, 1);
            time.moveOn(Duration.ofSeconds(60));
            next();
        }

        @Test
        void of_calls_at_once_lets_the_next_in_when_one_ends() throws Exception {
            limits(EndpointLimits.defaults().withAtOnce(2));
            Admission.Pass first = pass();
            pass();
            wantIn(2, 0);

            first.close();
            assertThat(next().who()).isZero();
            time.awaitSleepers(1);
            assertThat(entered).isEmpty();
        }

        @Test
        void is_not_in_the_way_of_others_once_a_waiting_one_is_interrupted() throws Exception {
            limits(EndpointLimits.defaults().withAtOnce(1));
            Admission.Pass first = pass();
            wantIn(2, 0);
            threads.getFirst().interrupt();
            assertThat(next().who()).isEqualTo(-1);

            first.close();
            assertThat(next().who()).isEqualTo(1);
        }
    }

    @Test
    void who_waits_for_a_time_of_its_own_keeps_nobody_waiting() throws Exception {
        limits(EndpointLimits.defaults().withAtOnce(1));
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                Instant later = time.now().plusSeconds(20);
                Admission admission = guard.enter(new CallIntent(0, later, HOURS, (until, why) -> {}));
                entered.add(new Entered(0, ((Admission.Open) admission).pass(), time.now()));
            } catch (InterruptedException e) {
                // the test is over
            }
        }));
        time.awaitSleepers(1);

        answer();
        time.moveOn(Duration.ofSeconds(20));
        assertThat(next().who()).isZero();
    }

    @Test
    void what_one_waits_for_is_told() throws Exception {
        limits(EndpointLimits.defaults().withAtOnce(1));
        fail(told(Duration.ofSeconds(5)));
        var said = new LinkedBlockingQueue<String>();
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                guard.enter(new CallIntent(0, Instant.MIN, HOURS, (until, why) -> said.add(until + " " + why)));
            } catch (InterruptedException e) {
                // the test is over
            }
        }));

        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("2026-01-01T12:00:05Z acme asked for a pause");
    }

    @Test
    void servers_are_told_apart_by_provider_and_address_and_shared_by_models() {
        var endpoints = ModelEndpoints.defaults()
                .with("other", EndpointLimits.defaults().withAtOnce(1));

        assertThat(endpoints.before(named("acme:large"))).isSameAs(endpoints.before(named("acme:small")));
        assertThat(endpoints.before(named("acme:large@10.0.0.1:80")))
                .isNotSameAs(endpoints.before(named("acme:large")));
        assertThat(endpoints.before(named("acme:large@10.0.0.1:80")).name()).isEqualTo("acme@10.0.0.1:80");
    }

    private static dev.yardmaster.model.Model named(String name) {
        return new dev.yardmaster.model.Model() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public dev.yardmaster.model.ModelReply reply(dev.yardmaster.model.ModelRequest request) {
                throw new AssertionError("is not asked");
            }
        };
    }
}
