package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that wait for a time which is not near. */
@Timeout(120)
class ParkedRunTest extends ResumeScene {

    private static final Instant AN_HOUR_LATER = Instant.parse("2026-01-01T13:00:00Z");

    private final HeldTime time = new HeldTime();
    private final MemoryJournal store = new MemoryJournal(time);
    private final Graph sleeps = graph((state, context) -> {
        context.sleep(Duration.ofHours(1));
        return Update.of(OUT, "slept");
    });

    private Orchestrator orchestrator(Graph... known) {
        return Orchestrator.builder()
                .journal(store.another())
                .clock(time)
                .pause(time)
                .graphs(known)
                .build();
    }

    /** The outcome once it is another than that it waits. */
    private static Outcome end(Run run) throws InterruptedException {
        var over = new CountDownLatch(1);
        run.listen(0, event -> {
            if (run.view().status().isEnd()) {
                over.countDown();
            }
        });
        over.await();
        return run.await();
    }

    @Test
    void is_suspended_until_then_and_goes_on_by_itself() throws Exception {
        try (var orchestrator = orchestrator()) {
            Run run = start(orchestrator, sleeps);
            RunView waiting = ((Outcome.Suspended) run.await()).view();
            assertThat(waiting.status()).isEqualTo(RunStatus.SUSPENDED);
            assertThat(waiting.waitsUntil()).contains(AN_HOUR_LATER);
            assertThat(waiting.facts(Fact.RunSuspended.class))
                    .containsExactly(new Fact.RunSuspended("waits until 2026-01-01T13:00:00Z"));

            time.moveOn(Duration.ofHours(1));

            RunView over = end(run).view();
            assertThat(over.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(over.waitsUntil()).isEmpty();
            assertThat(over.entries().stream().map(each -> each.entry().type()))
                    .containsSubsequence("timer.set", "run.suspended", "run.resumed", "timer.fired", "run.completed");
        }
    }

    @Test
    void a_run_that_is_resumed_too_early_waits_for_the_same_time() throws Exception {
        try (var orchestrator = orchestrator()) {
            start(orchestrator, sleeps).await();
        }
        time.moveOn(Duration.ofMinutes(40));
        try (var orchestrator = orchestrator()) {
            Run run = orchestrator.resume(RUN, sleeps);
            assertThat(((Outcome.Suspended) run.await()).view().waitsUntil()).contains(AN_HOUR_LATER);

            time.moveOn(Duration.ofMinutes(20));

            assertThat(result(end(run))).isEqualTo("slept");
            assertThat(run.view().facts(Fact.TimerSet.class)).hasSize(1);
        }
    }

    @Test
    void is_recovered_when_its_time_has_come_and_not_before() throws Exception {
        try (var orchestrator = orchestrator()) {
            start(orchestrator, sleeps).await();
        }
        try (var orchestrator = orchestrator(sleeps)) {
            assertThat(orchestrator.recover()).isEmpty();
            time.moveOn(Duration.ofHours(2));
            List<Run> taken = orchestrator.recover();
            assertThat(taken).hasSize(1);
            assertThat(result(end(taken.getFirst()))).isEqualTo("slept");
        }
    }

    @Test
    void branches_beside_the_one_that_waits_go_on() throws Exception {
        var worked = new CountDownLatch(1);
        Node sleeper = (state, context) -> {
            context.sleep(Duration.ofHours(1));
            return Update.none();
        };
        var graph = Graph.builder("test")
                .channels(OUT)
                .node("begin", (state, context) -> Update.none())
                .node("sleeps", sleeper)
                .node("works", (state, context) -> {
                    worked.await();
                    return Update.of(OUT, "worked");
                })
                .start("begin")
                .edge("begin", "sleeps")
                .edge("begin", "works")
                .build();
        try (var orchestrator = orchestrator()) {
            Run run = orchestrator.start(graph, State.empty());
            worked.countDown();
            RunView waiting = ((Outcome.Suspended) run.await()).view();
            assertThat(waiting.nodes())
                    .filteredOn(node -> node.status() == RunView.NodeStatus.COMPLETED)
                    .extracting(node -> node.path().value())
                    .containsExactly("begin", "works");
        }
    }

    @Test
    void a_time_that_is_near_suspends_nothing() throws Exception {
        Graph naps = graph((state, context) -> {
            context.sleep(Duration.ofSeconds(60));
            return Update.of(OUT, "slept");
        });
        try (var orchestrator = orchestrator()) {
            Run run = orchestrator.start(naps, State.empty());
            time.awaitSleeper();
            time.moveOn(Duration.ofSeconds(60));
            assertThat(result(run.await())).isEqualTo("slept");
            assertThat(run.view().facts(Fact.RunSuspended.class)).isEmpty();
        }
    }

    @Test
    void notes_of_work_that_was_not_finished_are_there_when_it_is_taken_up() throws Exception {
        Graph notes = graph((state, context) -> {
            NodeContext scope = context.scope("in");
            List<String> before = scope.notes("work", String.class);
            scope.note("work", "try " + (before.size() + 1));
            if (before.size() < 2) {
                context.sleep(Duration.ofHours(before.size() + 1));
            }
            return Update.of(OUT, String.join(", ", before));
        });
        try (var orchestrator = orchestrator()) {
            start(orchestrator, notes).await();
        }
        try (var orchestrator = orchestrator()) {
            assertThat(orchestrator.resume(RUN, notes).await()).isInstanceOf(Outcome.Suspended.class);
        }
        try (var orchestrator = orchestrator()) {
            assertThat(result(orchestrator.resume(RUN, notes).await())).isEqualTo("try 1, try 2");
        }
    }
}
