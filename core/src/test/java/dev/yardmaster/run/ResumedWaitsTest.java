package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions and timers of a run that goes on in another process. */
@Timeout(120)
class ResumedWaitsTest extends ResumeScene {

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
        void that_was_answered_while_nobody_ran_it_is_answered_before_its_node_runs_again() throws Exception {
            var store = new MemoryJournal();
            Graph once =
                    graph((state, context) -> Update.of(OUT, context.ask(WELL).choice()));
            RunView waiting;
            try (var orchestrator = on(store.another())) {
                waiting = start(orchestrator, once).await().view();
            }
            try (var orchestrator = on(store.another())) {
                orchestrator.answer(RUN, yes(waiting));
                Outcome outcome = orchestrator.resume(RUN, once).await();
                assertThat(result(outcome)).isEqualTo("yes");
                assertThat(outcome.view().entries().stream()
                                .map(each -> each.entry().type()))
                        .containsSubsequence("run.resumed", "question.answered", "node.started");
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
    class A_deadline {

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        private final Graph asks =
                graph((state, context) -> Update.of(OUT, context.ask(WELL).choice()));

        /** What is left of it when a run goes on after a time. */
        private Duration left(MemoryJournal store, Duration later, ResumeOptions options) throws Exception {
            now.set(now.get().plus(later));
            var left = new AtomicReference<Duration>();
            var waiting = new CountDownLatch(1);
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .clock(now::get)
                    .pause(duration -> {
                        left.set(duration);
                        waiting.countDown();
                        new CountDownLatch(1).await();
                    })
                    .build()) {
                orchestrator.resume(RUN, asks, options);
                waiting.await();
            }
            return left.get();
        }

        @Test
        void goes_on_from_the_start_of_the_run_until_it_is_given_longer() throws Exception {
            var store = new MemoryJournal(now::get);
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .clock(now::get)
                    .pause(duration -> new CountDownLatch(1).await())
                    .build()) {
                var options = RunOptions.defaults().withId(RUN).withDeadline(Duration.ofHours(5));
                orchestrator.start(asks, State.empty(), options).await();
            }
            var asBefore = ResumeOptions.defaults();
            assertThat(left(store, Duration.ofHours(2), asBefore)).isEqualTo(Duration.ofHours(3));
            assertThat(left(store, Duration.ofHours(1), asBefore.withDeadline(Duration.ofHours(10))))
                    .isEqualTo(Duration.ofHours(10));
            assertThat(left(store, Duration.ofHours(4), asBefore)).isEqualTo(Duration.ofHours(6));
        }

        @Test
        void that_is_over_when_a_run_is_resumed_ends_it_and_says_how_to_give_it_longer() throws Exception {
            var store = new MemoryJournal(now::get);
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .clock(now::get)
                    .pause(duration -> new CountDownLatch(1).await())
                    .build()) {
                var options = RunOptions.defaults().withId(RUN).withDeadline(Duration.ofHours(5));
                orchestrator.start(asks, State.empty(), options).await();
            }
            now.set(now.get().plus(Duration.ofHours(6)));
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .clock(now::get)
                    .build()) {
                Run run = orchestrator.resume(RUN, asks);
                Outcome outcome = run.await();
                while (outcome instanceof Outcome.Suspended) {
                    outcome = run.await();
                }
                assertThat(outcome.view().failures().getFirst().message())
                        .contains("reached its deadline of 5h", "ResumeOptions.withDeadline");
            }
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
                    .suspendAfter(Duration.ofHours(10))
                    .build()) {
                assertThat(result(orchestrator.resume(RUN, graph).await())).isEqualTo("slept");
            }
            assertThat(waits).containsExactly(Duration.ofHours(10), Duration.ofHours(3));
            assertThat(store.read(RUN, 0).stream().filter(each -> each.entry().fact() instanceof Fact.TimerSet))
                    .hasSize(1);
        }
    }
}
