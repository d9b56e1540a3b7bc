package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Probe;
import dev.yardmaster.graph.Probe.Verdict;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Lease;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of a run that goes on in another process: another orchestrator on another journal of the same store. */
@Timeout(120)
class ResumedStepsTest extends ResumeScene {

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
        void that_was_not_found_done_is_in_doubt_while_who_began_it_may_wake_and_do_it() throws Exception {
            Probe<String> finds = new Probe<>() {
                @Override
                public Json before() {
                    return Json.none();
                }

                @Override
                public Verdict<String> look(Json before) {
                    return new Verdict.NotHappened<>();
                }
            };
            var graph = graph((state, context) -> Update.of(
                    OUT, context.step("write", String.class, "x", Effect.PROBED, finds, () -> does("write"))));
            var store = diedAfter(graph, "step.started", 1);
            Lease second = store.another().acquire(RUN);
            second.append(Entry.ofRun(new Fact.RunResumed(second.epoch(), Optional.empty(), Optional.empty(), true)));
            second.close();

            assertThat(result(resume(store, graph))).isEqualTo("step-in-doubt");
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
        void that_follows_from_a_file_is_computed_again_and_told_when_it_is_another() throws Exception {
            var file = new AtomicReference<>("You fix things.\nRun the tests.\n");
            var graph = graph((state, context) -> {
                String prompt = context.derived("prompt", String.class, "fix", words -> words, file::get);
                return Update.of(OUT, context.step("work", String.class, prompt, Effect.ONCE, () -> prompt));
            });
            var store = diedAfter(graph, "step.finished", 1);
            file.set("You fix things.\nNever run the tests.\n");
            assertThat(resume(store, graph).view().failures().getFirst().message())
                    .contains("step 'a:prompt' comes to something else than was recorded")
                    .contains("  You fix things.\n  - Run the tests.\n  + Never run the tests.\n")
                    .contains("--allow-changed");
            try (var orchestrator = on(store.another())) {
                var options = ResumeOptions.defaults().allowChanged();
                assertThat(result(orchestrator.resume(RUN, graph, options).await()))
                        .isEqualTo("You fix things.\nRun the tests.\n");
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
}
