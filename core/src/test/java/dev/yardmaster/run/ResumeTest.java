package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Probe;
import dev.yardmaster.graph.Probe.Verdict;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.journal.RunOwnedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run goes on in another process: another orchestrator on another journal of the same store. */
@Timeout(30)
class ResumeTest {

    private static final Channel<String> OUT = Channel.of("out", String.class);
    private static final RunId RUN = new RunId("run");
    private static final Question WELL = Question.of("well?", "yes", "no");

    private final List<String> did = Collections.synchronizedList(new ArrayList<>());

    private static Orchestrator on(Journal journal) {
        return Orchestrator.builder().journal(journal).build();
    }

    private static Graph graph(Node node) {
        return Graph.builder("g").channels(OUT).node("a", node).start("a").build();
    }

    private static Run start(Orchestrator orchestrator, Graph graph) {
        return orchestrator.start(graph, State.empty(), RunOptions.defaults().withId(RUN));
    }

    private String does(String what) {
        did.add(what);
        return what + " done";
    }

    private Graph twoSteps(Effect effect) {
        return graph((state, context) -> {
            String first = context.step("first", String.class, "1", effect, () -> does("first"));
            String second = context.step("second", String.class, first, effect, () -> does("second"));
            return Update.of(OUT, first + ", " + second);
        });
    }

    /** What a process leaves that runs a graph and dies right after the n-th entry of a type was recorded. */
    private MemoryJournal diedAfter(Graph graph, String type, int n) throws InterruptedException {
        List<Entry> all;
        try (var orchestrator = Orchestrator.inMemory()) {
            all = start(orchestrator, graph).await().view().entries().stream()
                    .map(RunEvent.Recorded::entry)
                    .toList();
        }
        int end = 0;
        for (int seen = 0; seen < n; end++) {
            seen += all.get(end).type().equals(type) ? 1 : 0;
        }
        var store = new MemoryJournal();
        store.create(RUN, all.subList(0, end));
        store.lapse();
        did.clear();
        return store;
    }

    private static Outcome resume(MemoryJournal store, Graph graph) throws InterruptedException {
        try (var orchestrator = on(store.another())) {
            return orchestrator.resume(RUN, graph).await();
        }
    }

    private static String result(Outcome outcome) {
        return outcome instanceof Outcome.Completed completed
                ? completed.state().get(OUT)
                : outcome.view().failures().getFirst().kind();
    }

    private static Answer yes(RunView view) {
        return new Answer(view.questions().keySet().iterator().next(), "yes", "", "me");
    }

    @Nested
    class A_step {

        @ParameterizedTest
        @EnumSource
        void that_had_finished_never_runs_again(Effect effect) throws Exception {
            var store = diedAfter(twoSteps(effect), "step.finished", 1);
            assertThat(result(resume(store, twoSteps(effect)))).isEqualTo("first done, second done");
            assertThat(did).containsExactly("second");
        }

        @ParameterizedTest
        @EnumSource(names = {"READ_ONLY", "IDEMPOTENT"})
        void that_had_begun_runs_again_where_that_does_no_harm(Effect effect) throws Exception {
            var store = diedAfter(twoSteps(effect), "step.started", 2);
            Outcome outcome = resume(store, twoSteps(effect));
            assertThat(result(outcome)).isEqualTo("first done, second done");
            assertThat(did).containsExactly("second");
            assertThat(outcome.view().facts(Fact.StepStarted.class))
                    .extracting(Fact.StepStarted::attempt)
                    .containsExactly(1, 1, 2);
        }

        @ParameterizedTest
        @EnumSource(names = {"ONCE", "PROBED"})
        void that_had_begun_is_in_doubt_where_nobody_can_tell_and_stays_so(Effect effect) throws Exception {
            var store = diedAfter(twoSteps(effect), "step.started", 2);
            for (int i = 0; i < 2; i++) {
                assertThat(result(resume(store, twoSteps(effect)))).isEqualTo("step-in-doubt");
            }
            assertThat(did).isEmpty();
        }

        @Test
        void in_doubt_is_something_a_node_can_catch_and_deal_with() throws Exception {
            Node careful = (state, context) -> {
                try {
                    return Update.of(OUT, context.step("pay", String.class, "5 €", Effect.ONCE, () -> does("pay")));
                } catch (StepInDoubtException e) {
                    assertThat(e.step()).hasToString("a:pay");
                    return Update.of(
                            OUT, context.step("check", String.class, "5 €", Effect.READ_ONLY, () -> does("check")));
                }
            };
            var store = diedAfter(graph(careful), "step.started", 1);
            assertThat(result(resume(store, graph(careful)))).isEqualTo("check done");
            assertThat(did).containsExactly("check");
        }

        @Test
        void that_can_be_probed_comes_to_what_its_probe_finds() throws Exception {
            var world = new AtomicReference<>("before");
            var verdict = new AtomicReference<Verdict<String>>(new Verdict.Unknown<>());
            var probe = new Probe<String>() {
                @Override
                public Json before() {
                    return Json.of(world.get());
                }

                @Override
                public Verdict<String> look(Json before) {
                    assertThat(before.as(String.class)).isEqualTo("before");
                    return verdict.get();
                }
            };
            var graph = graph((state, context) -> Update.of(
                    OUT, context.step("write", String.class, "x", Effect.PROBED, probe, () -> does("write"))));

            verdict.set(new Verdict.Happened<>("found done"));
            var happened = diedAfter(graph, "step.started", 1);
            assertThat(result(resume(happened, graph))).isEqualTo("found done");
            assertThat(did).isEmpty();

            verdict.set(new Verdict.NotHappened<>());
            assertThat(result(resume(diedAfter(graph, "step.started", 1), graph)))
                    .isEqualTo("write done");
            assertThat(did).containsExactly("write");

            verdict.set(new Verdict.Unknown<>());
            assertThat(result(resume(diedAfter(graph, "step.started", 1), graph)))
                    .isEqualTo("step-in-doubt");
            assertThat(did).isEmpty();
        }

        @Test
        void that_is_given_something_else_than_before_fails_the_run_unless_that_is_allowed() throws Exception {
            var input = new AtomicReference<>("then");
            var graph = graph((state, context) -> {
                String first = context.step("first", String.class, input.get(), Effect.ONCE, () -> does("first"));
                return Update.of(OUT, context.step("second", String.class, "", Effect.ONCE, () -> does(first)));
            });
            var store = diedAfter(graph, "step.finished", 1);
            input.set("now");
            Outcome refused = resume(store, graph);
            assertThat(refused.view().failures().getFirst().message())
                    .contains("step 'a:first'", Json.of("then").sha256().substring(0, 12))
                    .contains(Json.of("now").sha256().substring(0, 12), "Fork the run", "allowChanged");
            assertThat(did).isEmpty();
            try (var orchestrator = on(store.another())) {
                var options = ResumeOptions.defaults().allowChanged();
                assertThat(result(orchestrator.resume(RUN, graph, options).await()))
                        .isEqualTo("first done done");
            }
        }

        @Test
        void whose_failure_was_handled_fails_in_the_same_way_again() throws Exception {
            Node handles = (state, context) -> {
                String how;
                try {
                    how = context.step("try", String.class, "", Effect.ONCE, () -> {
                        does("try");
                        throw new IllegalStateException("no");
                    });
                } catch (IllegalStateException | StepFailedException e) {
                    how = "failed";
                }
                return Update.of(OUT, context.step("then", String.class, how, Effect.ONCE, () -> does("then")));
            };
            var store = diedAfter(graph(handles), "step.finished", 2);
            assertThat(result(resume(store, graph(handles)))).isEqualTo("then done");
            assertThat(did).isEmpty();
        }
    }

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
    class A_question {

        private final Graph asks = graph((state, context) -> {
            does("before");
            Answer first = context.scope("x").ask(WELL);
            Answer second = context.ask(WELL);
            return Update.of(OUT, first.choice() + " " + second.choice() + second.reason());
        });

        @Test
        void is_not_asked_twice_and_its_answer_counts_across_restarts() throws Exception {
            var store = new MemoryJournal();
            try (var orchestrator = on(store.another())) {
                Run run = start(orchestrator, asks);
                assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
                orchestrator.answer(RUN, yes(run.view()));
                assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
            }
            try (var orchestrator = on(store.another())) {
                Run run = orchestrator.resume(RUN, asks);
                assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
                assertThat(run.view().facts(Fact.QuestionAsked.class)).hasSize(2);
                orchestrator.answer(RUN, yes(run.view()));
                Outcome outcome = run.await();
                assertThat(result(outcome)).isEqualTo("yes yes");
                assertThat(outcome.view().facts(Fact.QuestionAsked.class)).hasSize(2);
                assertThat(outcome.view().facts(Fact.QuestionAnswered.class)).hasSize(2);
            }
        }

        @Test
        void that_was_answered_while_nobody_ran_it_goes_on_with_that() throws Exception {
            var store = new MemoryJournal();
            String question;
            try (var orchestrator = on(store.another())) {
                Run run = start(orchestrator, asks);
                question = run.await().view().questions().keySet().iterator().next();
            }
            try (var orchestrator = on(store.another())) {
                orchestrator.answer(RUN, new Answer(question, "no", "", "me"));
                assertThatExceptionOfType(AnswerRefusedException.class)
                        .isThrownBy(() -> orchestrator.answer(RUN, new Answer(question, "yes", "", "you")));
                assertThatExceptionOfType(AnswerRefusedException.class)
                        .isThrownBy(() -> orchestrator.answer(RUN, new Answer("other", "yes", "", "you")));
                Run run = orchestrator.resume(RUN, asks);
                RunView view = await(run, 1);
                orchestrator.answer(RUN, yes(view));
                assertThat(result(run.await())).isEqualTo("no yes");
            }
        }

        /** Waits until a run has taken so many answers and waits for the next. */
        private RunView await(Run run, int answers) throws InterruptedException {
            var arrived = new CountDownLatch(1);
            Run.Subscription listening = run.listen(0, event -> {
                RunView view = run.view();
                if (view.facts(Fact.QuestionAnswered.class).size() == answers
                        && view.questions().size() == 1) {
                    arrived.countDown();
                }
            });
            arrived.await();
            listening.close();
            return run.view();
        }

        @Test
        void can_be_answered_and_its_run_cancelled_from_another_process() throws Exception {
            var store = new MemoryJournal();
            try (var owner = on(store.another());
                    var other = on(store.another())) {
                Run run = start(owner, asks);
                Outcome waiting = run.await();
                other.answer(RUN, yes(waiting.view()));
                await(run, 1);
                other.cancel(RUN, "enough");
                Outcome outcome = run.await();
                while (outcome instanceof Outcome.Suspended) {
                    outcome = run.await();
                }
                assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            }
        }

        @Test
        void that_became_another_fails_the_run_instead_of_taking_the_answer() throws Exception {
            var text = new AtomicReference<>("delete the log?");
            var graph = graph((state, context) -> Update.of(
                    OUT, context.ask(Question.of(text.get(), "yes", "no")).choice()));
            var store = new MemoryJournal();
            try (var orchestrator = on(store.another())) {
                Run run = start(orchestrator, graph);
                orchestrator.answer(RUN, yes(run.await().view()));
                run.await();
            }
            var entries = store.read(RUN, 0).stream()
                    .map(RunEvent.Recorded::entry)
                    .takeWhile(entry -> !(entry.fact() instanceof Fact.NodeCompleted))
                    .toList();
            var cut = new MemoryJournal();
            cut.create(RUN, entries);
            cut.lapse();
            text.set("delete the database?");
            assertThat(result(resume(cut, graph))).isEqualTo("changed-input");
        }
    }

    @Nested
    class A_timer {

        @Test
        void goes_on_at_the_time_that_was_set_first() throws Exception {
            var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
            InstantSource clock = now::get;
            var waits = Collections.synchronizedList(new ArrayList<Duration>());
            var waiting = new CountDownLatch(1);
            var never = new CountDownLatch(1);
            var graph = graph((state, context) -> {
                context.sleep(Duration.ofHours(10));
                return Update.of(OUT, "slept");
            });
            var store = new MemoryJournal(clock);
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .clock(clock)
                    .pause(duration -> {
                        waits.add(duration);
                        waiting.countDown();
                        never.await();
                    })
                    .build()) {
                start(orchestrator, graph);
                waiting.await();
            }
            now.set(now.get().plus(Duration.ofHours(7)));
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .clock(clock)
                    .pause(waits::add)
                    .build()) {
                assertThat(result(orchestrator.resume(RUN, graph).await())).isEqualTo("slept");
            }
            assertThat(waits).containsExactly(Duration.ofHours(10), Duration.ofHours(3));
            assertThat(store.read(RUN, 0).stream().filter(each -> each.entry().fact() instanceof Fact.TimerSet))
                    .hasSize(1);
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
