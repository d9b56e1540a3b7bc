package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Probe;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run is taken over from somebody whose lease ran out, and who is not dead: this very process. */
@Timeout(60)
class TakeoverTest {

    private static final Channel<String> OUT = Channel.of("out", String.class);
    private static final RunId RUN = new RunId("run");

    @TempDir
    Path folder;

    private final AtomicInteger written = new AtomicInteger();

    private Journal open() {
        return SqliteJournal.builder(folder.resolve("runs.db")).open();
    }

    private static final Probe<String> FINDS_NOTHING = new Probe<>() {
        @Override
        public Json before() {
            return Json.none();
        }

        @Override
        public Verdict<String> look(Json before) {
            return new Verdict.NotHappened<>();
        }
    };

    private Graph writing(CountDownLatch begun, CountDownLatch wakes) {
        Node node = (state, context) ->
                Update.of(OUT, context.step("write", String.class, "x", Effect.PROBED, FINDS_NOTHING, () -> {
                    begun.countDown();
                    wakes.await();
                    return "written " + written.incrementAndGet();
                }));
        return Graph.builder("g").channels(OUT).node("a", node).start("a").build();
    }

    @Test
    void what_it_had_begun_and_a_probe_does_not_find_is_in_doubt() throws Exception {
        var begun = new CountDownLatch(1);
        var wakes = new CountDownLatch(1);
        try (Journal first = open();
                Journal second = open()) {
            var stands = Orchestrator.builder().journal(first).build();
            stands.start(
                    writing(begun, wakes), State.empty(), RunOptions.defaults().withId(RUN));
            begun.await();
            Sql.run(folder.resolve("runs.db"), "UPDATE owner SET until_wall = 0, until_up = 0");

            var goesOn = Orchestrator.builder().journal(second).build();
            var outcome = goesOn.resume(RUN, writing(new CountDownLatch(1), new CountDownLatch(0)))
                    .await();

            assertThat(outcome.view().status()).isEqualTo(RunStatus.FAILED);
            assertThat(outcome.view().failures().getFirst().kind()).isEqualTo("step-in-doubt");
            assertThat(outcome.view().facts(Fact.RunResumed.class))
                    .singleElement()
                    .matches(Fact.RunResumed::formerMayLive);
            wakes.countDown();
        }
        assertThat(written).as("by the one that stood still, when it woke").hasValueLessThan(2);
    }

    @Test
    void one_that_gave_the_run_up_is_known_to_do_nothing_more() {
        try (Journal journal = open()) {
            journal.create(
                            RUN,
                            Entry.ofRun(new Fact.RunAdmitted("g", "f", Json.of(Map.of()), Map.of(), Optional.empty())))
                    .orElseThrow()
                    .close();
            try (var lease = journal.acquire(RUN)) {
                assertThat(lease.formerMayLive()).isFalse();
                lease.append(new Entry(NodePath.of("a"), new Fact.NodeStarted(1)));
            }
        }
    }
}
