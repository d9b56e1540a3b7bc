package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.endpoint.ModelEndpoints;
import dev.yardmaster.endpoint.SkippingTime;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider at which three calls of ten go wrong, each for itself, on a virtual clock. */
@Timeout(120)
class IndependentFaultsTest {

    private static final int CALLS = 10_000;
    private static final int SEEDS = 10;
    private static final ModelRequest REQUEST = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());

    /** A server that knows when it may be called. */
    private static final class Server implements Model {

        private final Random random;
        private final SkippingTime time;
        private Instant notBefore = Instant.MIN;
        private int early;

        Server(long seed, SkippingTime time) {
            this.random = new Random(seed);
            this.time = time;
        }

        @Override
        public String name() {
            return "acme:m";
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            early += time.now().isBefore(notBefore) ? 1 : 0;
            time.pass(Duration.ofMillis(random.nextInt(2000)));
            if (random.nextDouble() >= 0.3) {
                return new ModelReply(Message.Assistant.of("hello"), new Usage(1, 1), ModelReply.Finish.STOP);
            }
            throw switch (random.nextInt(4)) {
                case 0 -> new ModelException(Kind.TRANSIENT, "the line went dead");
                case 1 -> new ModelException(Kind.OVERLOADED, "overloaded");
                case 2 -> new ModelException(Kind.RATE_LIMITED, "slow down");
                default -> {
                    var wait = Duration.ofMillis(random.nextInt(45_000));
                    notBefore = time.now().plus(wait);
                    yield new ModelException(Kind.RATE_LIMITED, "wait", wait);
                }
            };
        }
    }

    @Test
    void loses_less_than_one_call_of_a_thousand_and_is_never_called_too_early() throws Exception {
        int failed = 0;
        int early = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var time = new SkippingTime();
            var server = new Server(seed, time);
            var line = new ModelLine(
                    RetryPolicy.defaults(), ModelEndpoints.defaults().in(time), List.of());
            for (int call = 0; call < CALLS; call++) {
                var context = new ResumedAgentTest.Replaying(null, "", new LinkedHashMap<>());
                try {
                    new ReplyAttempts(
                                    List.of(server),
                                    line,
                                    context,
                                    "turn/1/model",
                                    new LiveReply(context, "turn/1/model", false))
                            .of(REQUEST);
                } catch (ModelException e) {
                    failed++;
                }
            }
            early += server.early;
        }
        assertThat(early).as("calls before the time that the server said").isZero();
        assertThat(failed)
                .as("calls of %s that were lost, where 6 attempts each lose 73 of 100,000", SEEDS * CALLS)
                .isLessThanOrEqualTo(SEEDS * CALLS / 1000);
    }
}
