package dev.yardmaster.run;

import static dev.yardmaster.run.PolicyTest.under;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodePolicy;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as a node's own time. */
@Timeout(120)
class TimeoutTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final LinkedBlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final SynchronousQueue<Duration> passing = new SynchronousQueue<>();

    /** Time passes when the test says so, for one pause at a time. */
    private Orchestrator orchestrator() {
        return Orchestrator.builder()
                .clock(now::get)
                .pause(wanted -> {
                    pauses.add(wanted);
                    passing.take();
                })
                .build();
    }

    private void passes(Duration time) throws InterruptedException {
        assertThat(pauses.take()).isEqualTo(time);
        now.updateAndGet(instant -> instant.plus(time));
        passing.put(time);
    }

    private static Answer yes(Outcome.Suspended suspended) {
        return new Answer(suspended.view().questions().keySet().iterator().next(), "yes", "", "test");
    }

    private static Node asksThen(Node next) {
        return (state, context) -> {
            context.ask(Question.of("Go on?", "yes", "no"));
            return next.run(state, context);
        };
    }

    @Test
    void waiting_for_a_person_is_not_a_nodes_own_time() throws Exception {
        try (var orchestrator = orchestrator()) {
            var run = orchestrator.start(
                    under(NodePolicy.timeout(LIMIT), asksThen((state, context) -> Update.none())), State.empty());
            var suspended = (Outcome.Suspended) run.await();
            passes(LIMIT);
            assertThat(pauses.take()).as("it goes on waiting").isEqualTo(LIMIT);
            orchestrator.answer(run.id(), yes(suspended));
            assertThat(run.await()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    void what_is_left_of_it_counts_from_the_answer_on() throws Exception {
        try (var orchestrator = orchestrator()) {
            var answered = new CountDownLatch(1);
            var run = orchestrator.start(
                    under(NodePolicy.timeout(LIMIT), asksThen((state, context) -> {
                        answered.countDown();
                        new CountDownLatch(1).await();
                        return Update.none();
                    })),
                    State.empty());
            var suspended = (Outcome.Suspended) run.await();
            now.updateAndGet(instant -> instant.plusSeconds(60));
            orchestrator.answer(run.id(), yes(suspended));
            answered.await();
            passes(LIMIT);
            passes(Duration.ofSeconds(60));
            assertThat(run.await().view().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo("node-timeout"));
        }
    }
}
