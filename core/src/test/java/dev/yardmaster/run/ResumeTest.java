package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.journal.RunOwnedException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run goes on in another process: another orchestrator on another journal of the same store. */
@Timeout(120)
class ResumeTest extends ResumeScene {

    @Nested
    class A_run {

        @Test
        void goes_on_after_every_entry_at_which_its_process_can_die() throws Exception {
            var graph = Graph.builder("g")
                    .channels(OUT, Channel.of("left", String.class), Channel.of("right", String.class))
                    .node("a", (state, context) -> Update.of(OUT, "a"))
                    .node("left", stepping("left"))
                    .node("right", stepping("right"))
                    .node("end", (state, context) -> Update.of(OUT, "end"))
                    .start("a")
                    .edge("a", "left")
                    .edge("a", "right")
                    .edge("left", "end")
                    .edge("right", "end")
                    .build();
            List<RunEvent.Recorded> all;
            State expected;
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = (Outcome.Completed) start(orchestrator, graph).await();
                all = outcome.view().entries();
                expected = outcome.state();
            }
            for (int end = 1; end < all.size(); end++) {
                var store = new MemoryJournal();
                List<Entry> left = all.subList(0, end).stream()
                        .map(RunEvent.Recorded::entry)
                        .toList();
                store.create(RUN, left);
                store.lapse();
                did.clear();
                var outcome = (Outcome.Completed) resume(store, graph);
                assertThat(outcome.state().json())
                        .as("died after %d entries", end)
                        .isEqualTo(expected.json());
                long finished = left.stream()
                        .filter(entry -> entry.type().equals("step.finished"))
                        .count();
                assertThat(did).hasSize(2 - (int) finished);
                long completed = outcome.view().facts(Fact.NodeCompleted.class).size();
                assertThat(completed).isEqualTo(4);
            }
        }

        private Node stepping(String channel) {
            return (state, context) -> Update.of(
                    Channel.of(channel, String.class),
                    context.step("s", String.class, channel, Effect.IDEMPOTENT, () -> does(channel)));
        }

        @Test
        void that_failed_tries_again_what_failed_and_nothing_else() throws Exception {
            var broken = new AtomicBoolean(true);
            Node fails = (state, context) -> Update.of(OUT, context.step("s", String.class, "", Effect.ONCE, () -> {
                if (broken.get()) {
                    throw new IllegalStateException("not yet");
                }
                return does("second");
            }));
            var graph = Graph.builder("g")
                    .channels(OUT, Channel.of("first", String.class))
                    .node("first", (state, context) -> Update.of(Channel.of("first", String.class), does("first")))
                    .node("second", fails)
                    .start("first")
                    .edge("first", "second")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                assertThat(start(orchestrator, graph).await()).isInstanceOf(Outcome.Failed.class);
                broken.set(false);
                assertThat(result(orchestrator.resume(RUN, graph).await())).isEqualTo("second done");
                assertThat(did).containsExactly("first", "second");
                assertThat(orchestrator.runs().getFirst().failures()).isEmpty();
            }
        }

        @Test
        void that_has_ended_is_not_resumed_and_is_found_by_starting_it_again() throws Exception {
            var store = new MemoryJournal();
            var graph = twoSteps(Effect.ONCE);
            try (var orchestrator = on(store.another())) {
                start(orchestrator, graph).await();
            }
            did.clear();
            try (var orchestrator = on(store.another())) {
                assertThatExceptionOfType(RunEndedException.class)
                        .isThrownBy(() -> orchestrator.resume(RUN, graph))
                        .withMessageContaining("completed");
                assertThat(result(start(orchestrator, graph).await())).isEqualTo("first done, second done");
                assertThat(did).isEmpty();
            }
        }

        @Test
        void is_not_resumed_with_another_graph_unless_that_is_allowed() throws Exception {
            var store = diedAfter(twoSteps(Effect.ONCE), "step.finished", 1);
            var other = Graph.builder("g")
                    .channels(OUT)
                    .node("a", (state, context) -> Update.none())
                    .node("b", (state, context) -> Update.of(OUT, "other"))
                    .start("a")
                    .edge("a", "b")
                    .build();
            try (var orchestrator = on(store.another())) {
                assertThatExceptionOfType(GraphChangedException.class)
                        .isThrownBy(() -> orchestrator.resume(RUN, other))
                        .withMessageContaining("allowChanged");
                var options = ResumeOptions.defaults().allowChanged();
                assertThat(result(orchestrator.resume(RUN, other, options).await()))
                        .isEqualTo("other");
            }
        }

        @Test
        void has_one_owner_however_many_want_to_resume_it() throws Exception {
            var store = diedAfter(twoSteps(Effect.ONCE), "node.started", 1);
            var release = new CountDownLatch(1);
            var graph = graph((state, context) -> {
                release.await();
                return Update.of(OUT, does("it"));
            });
            var options = ResumeOptions.defaults().allowChanged();
            try (var one = on(store.another());
                    var two = on(store.another())) {
                Run run = one.resume(RUN, graph, options);
                assertThatExceptionOfType(RunOwnedException.class).isThrownBy(() -> two.resume(RUN, graph, options));
                assertThat(one.resume(RUN, graph, options)).isSameAs(run);
                release.countDown();
                assertThat(result(run.await())).isEqualTo("it done");
                assertThat(did).hasSize(1);
            }
        }

        @Test
        void that_another_process_took_over_ends_here_without_doing_more() throws Exception {
            var store = new MemoryJournal();
            MemoryJournal stopped = store.another();
            var begun = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var graph = graph((state, context) -> {
                begun.countDown();
                goOn.await();
                return Update.of(OUT, context.step("s", String.class, "", Effect.ONCE, () -> does("zombie")));
            });
            try (var orchestrator = on(stopped)) {
                Run run = start(orchestrator, graph);
                begun.await();
                stopped.lapse();
                try (Lease owner = store.another().acquire(RUN)) {
                    goOn.countDown();
                    assertThatExceptionOfType(dev.yardmaster.event.YardmasterException.class)
                            .isThrownBy(run::await)
                            .withMessageContaining("taken over");
                    assertThat(owner.epoch()).isEqualTo(2);
                }
                assertThat(did).isEmpty();
                assertThat(store.read(RUN, 0)).noneMatch(each -> each.entry().fact() instanceof Fact.StepStarted);
            }
        }

        @Test
        void whose_orchestrator_closes_goes_on_in_the_next_without_a_failure() throws Exception {
            var store = new MemoryJournal();
            var begun = new CountDownLatch(1);
            var never = new CountDownLatch(1);
            var patient = new AtomicBoolean(true);
            var graph = graph((state, context) -> {
                begun.countDown();
                if (patient.get()) {
                    never.await();
                }
                return Update.of(OUT, does("it"));
            });
            try (var orchestrator = on(store.another())) {
                start(orchestrator, graph);
                begun.await();
            }
            patient.set(false);
            Outcome outcome = resume(store, graph);
            assertThat(result(outcome)).isEqualTo("it done");
            assertThat(outcome.view().facts(Fact.NodeFailed.class)).isEmpty();
            assertThat(outcome.view().nodes().getFirst().attempts()).isEqualTo(2);
        }
    }

    @Nested
    class Recovering {

        private Orchestrator knowing(MemoryJournal store, Graph graph) {
            return Orchestrator.builder()
                    .journal(store.another())
                    .graphs(graph)
                    .mostRecoveries(3)
                    .build();
        }

        @Test
        void takes_over_what_was_interrupted_and_leaves_what_waits() throws Exception {
            var graph = twoSteps(Effect.ONCE);
            var store = diedAfter(graph, "step.finished", 1);
            try (var orchestrator = knowing(store, graph)) {
                List<Run> taken = orchestrator.recover();
                assertThat(taken).extracting(Run::id).containsExactly(RUN);
                assertThat(result(taken.getFirst().await())).isEqualTo("first done, second done");
                assertThat(orchestrator.recover()).isEmpty();
            }
        }

        @Test
        void goes_on_with_a_suspended_run_once_its_answer_has_come() throws Exception {
            var graph =
                    graph((state, context) -> Update.of(OUT, context.ask(WELL).choice()));
            var store = new MemoryJournal();
            RunView view;
            try (var orchestrator = on(store.another())) {
                view = start(orchestrator, graph).await().view();
            }
            try (var orchestrator = knowing(store, graph)) {
                assertThat(orchestrator.recover()).isEmpty();
                orchestrator.answer(RUN, yes(view));
                assertThat(result(orchestrator.recover().getFirst().await())).isEqualTo("yes");
            }
        }

        @Test
        void gives_a_run_up_to_a_person_when_it_never_gets_further() throws Exception {
            var graph = twoSteps(Effect.ONCE);
            var store = diedAfter(graph, "node.started", 1);
            for (int i = 0; i < 3; i++) {
                try (Lease dying = store.acquire(RUN)) {
                    dying.append(Entry.ofRun(new Fact.RunResumed(dying.epoch())));
                }
            }
            try (var orchestrator = knowing(store, graph)) {
                assertThat(orchestrator.recover()).isEmpty();
                RunView view = orchestrator.runs().getFirst();
                assertThat(view.status()).isEqualTo(RunStatus.SUSPENDED);
                assertThat(view.facts(Fact.RunSuspended.class).getLast().reason())
                        .contains("needs attention", "3 times");
                assertThat(orchestrator.recover()).isEmpty();
                assertThat(result(orchestrator.resume(RUN, graph).await())).isEqualTo("first done, second done");
            }
        }
    }

    @Nested
    class A_fork {

        @Test
        void goes_another_way_from_some_point_and_leaves_the_first_run_as_it_is() throws Exception {
            var store = new MemoryJournal();
            try (var orchestrator = on(store.another())) {
                RunView first =
                        start(orchestrator, twoSteps(Effect.IDEMPOTENT)).await().view();
                long offset = first.entries().stream()
                        .filter(each -> each.entry().fact() instanceof Fact.StepFinished)
                        .findFirst()
                        .orElseThrow()
                        .offset();
                did.clear();
                var graph = graph((state, context) -> {
                    String a = context.step("first", String.class, "1", Effect.IDEMPOTENT, () -> does("first"));
                    return Update.of(OUT, a + " and another way");
                });
                Run fork = orchestrator.fork(RUN, offset, graph);
                assertThat(result(fork.await())).isEqualTo("first done and another way");
                assertThat(did).isEmpty();
                assertThat(fork.view().facts(Fact.RunForked.class)).containsExactly(new Fact.RunForked(RUN, offset));
                assertThat(store.read(RUN, 0)).isEqualTo(first.entries());
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> orchestrator.fork(RUN, 1000, graph))
                        .withMessageContaining("1000");
            }
        }
    }

    @Test
    void a_run_that_nobody_runs_is_cancelled_at_once() throws Exception {
        var store = diedAfter(twoSteps(Effect.ONCE), "step.finished", 1);
        try (var orchestrator = on(store.another())) {
            orchestrator.cancel(RUN, "enough");
            assertThat(orchestrator.runs().getFirst().status()).isEqualTo(RunStatus.CANCELLED);
            orchestrator.cancel(RUN, "again");
            assertThatExceptionOfType(RunEndedException.class)
                    .isThrownBy(() -> orchestrator.resume(RUN, twoSteps(Effect.ONCE)));
        }
    }
}
