package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.UndeclaredChannelException;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.journal.RunQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OrchestratorTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<List<String>> LOG = Channel.listOf("log", String.class).withReducer(Reducer.append());

    static Node logs(String line) {
        return (state, context) -> Update.of(LOG, List.of(line));
    }

    static Graph single(Node node) {
        return Graph.builder("single")
                .channels(TASK, LOG)
                .node("only", node)
                .start("only")
                .build();
    }

    @Nested
    class A_run {
        @Test
        void completes_with_the_merged_state_and_says_what_it_visited() throws Exception {
            var graph = Graph.builder("diamond")
                    .channels(LOG)
                    .node("a", logs("a"))
                    .node("b", logs("b"))
                    .node("c", logs("c"))
                    .node("d", logs("d"))
                    .start("a")
                    .edge("a", "b")
                    .edge("a", "c")
                    .edge("b", "d")
                    .edge("c", "d")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = (Outcome.Completed)
                        orchestrator.start(graph, State.empty()).await();
                assertThat(outcome.state().get(LOG)).containsExactly("a", "b", "c", "d");
                assertThat(outcome.view().visited()).contains("a", "b", "c", "d");
                assertThat(outcome.view().status()).isEqualTo(RunStatus.COMPLETED);
            }
        }

        @Test
        void runs_branches_in_parallel() throws Exception {
            var both = new CyclicBarrier(2);
            Node meets = (state, context) -> {
                both.await(20, TimeUnit.SECONDS);
                return Update.none();
            };
            var graph = Graph.builder("fork")
                    .node("a", logs("a"))
                    .node("b", meets)
                    .node("c", meets)
                    .channels(LOG)
                    .start("a")
                    .edge("a", "b")
                    .edge("a", "c")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                assertThat(orchestrator.start(graph, State.empty()).await()).isInstanceOf(Outcome.Completed.class);
            }
        }

        @Test
        void goes_on_with_a_chain_on_the_same_thread() throws Exception {
            var threads = new CopyOnWriteArrayList<Thread>();
            Node remembers = (state, context) -> {
                threads.add(Thread.currentThread());
                return Update.none();
            };
            var graph = Graph.builder("chain")
                    .node("a", remembers)
                    .node("b", remembers)
                    .node("c", remembers)
                    .start("a")
                    .edge("a", "b")
                    .edge("b", "c")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                orchestrator.start(graph, State.empty()).await();
            }
            assertThat(threads).hasSize(3).containsOnly(threads.getFirst());
        }

        @Test
        void started_twice_with_one_id_is_one_run() throws Exception {
            var options = RunOptions.defaults().withId(new RunId("order-17"));
            try (var orchestrator = Orchestrator.inMemory()) {
                var first = orchestrator.start(single(logs("x")), State.empty(), options);
                var again = orchestrator.start(single(logs("y")), State.empty(), options);
                assertThat(again.id()).isEqualTo(first.id());
                assertThat(again.await().view().visited())
                        .isEqualTo(first.await().view().visited());
                assertThat(orchestrator.runs()).hasSize(1);
            }
        }

        @Test
        void started_by_many_at_once_with_one_id_is_one_run() throws Exception {
            var options = RunOptions.defaults().withId(new RunId("order-17"));
            var outcomes = new ConcurrentLinkedQueue<Outcome>();
            try (var orchestrator = Orchestrator.inMemory()) {
                var callers = new ArrayList<Thread>();
                for (int i = 0; i < 50; i++) {
                    callers.add(Thread.startVirtualThread(() -> {
                        try {
                            outcomes.add(orchestrator
                                    .start(single(logs("x")), State.empty(), options)
                                    .await());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }));
                }
                for (Thread caller : callers) {
                    caller.join();
                }
                assertThat(outcomes).hasSize(50).hasOnlyElementsOfType(Outcome.Completed.class);
                assertThat(orchestrator.runs()).hasSize(1);
            }
        }

        @Test
        void that_has_ended_is_found_until_it_is_deleted() throws Exception {
            var journal = new MemoryJournal();
            try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
                var run = orchestrator.start(single(logs("x")), State.empty());
                var ended = run.await();
                assertThat(orchestrator
                                .find(run.id())
                                .orElseThrow()
                                .await()
                                .view()
                                .visited())
                        .isEqualTo(ended.view().visited());
                journal.prune(RunQuery.all());
                assertThat(orchestrator.find(run.id())).isEmpty();
            }
        }

        @Test
        void refuses_input_for_channels_the_graph_does_not_declare() {
            try (var orchestrator = Orchestrator.inMemory()) {
                assertThatExceptionOfType(UndeclaredChannelException.class)
                        .isThrownBy(() ->
                                orchestrator.start(single(logs("x")), State.of(Channel.of("tsak", String.class), "?")))
                        .withMessageContaining("did you mean 'task'?");
            }
        }
    }

    @Test
    void a_node_is_told_where_it_was_reached_from() throws Exception {
        Node tells = (state, context) ->
                Update.of(LOG, List.of(context.scope("within").arrivedFrom().toString()));
        var graph = Graph.builder("g")
                .channels(LOG)
                .node("a", tells)
                .node("b", tells)
                .start("a")
                .edge("a", "b")
                .build();
        var twice = Graph.builder("g")
                .channels(LOG)
                .node("sub", (state, context) -> graph.run(state, context))
                .start("sub")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            for (Graph each : List.of(graph, twice)) {
                var outcome = (Outcome.Completed)
                        orchestrator.start(each, State.empty()).await();
                assertThat(outcome.state().get(LOG)).containsExactly("[]", "[a]");
            }
        }
    }

    @Nested
    class A_failing_node {
        @Test
        void fails_the_run_with_kind_message_and_place() throws Exception {
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(
                        single((state, context) -> Update.of(LOG, List.of(state.get(TASK)))), State.empty());
                var outcome = (Outcome.Failed) run.await();
                assertThat(outcome.view().failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo("missing-value");
                    assertThat(failure.at().value()).isEqualTo("only");
                    assertThat(failure.message()).contains("channel 'task' has no value");
                });
            }
        }

        @Test
        void lets_its_siblings_finish() throws Exception {
            var failed = new CountDownLatch(1);
            var graph = Graph.builder("fork")
                    .channels(LOG)
                    .node("a", logs("a"))
                    .node("fails", (state, context) -> {
                        throw new IllegalStateException("on purpose");
                    })
                    .node("goes-on", (state, context) -> {
                        failed.await();
                        return Update.of(LOG, List.of("done"));
                    })
                    .start("a")
                    .edge("a", "fails")
                    .edge("a", "goes-on")
                    .build();
            try (var orchestrator = Orchestrator.builder()
                    .listener(event -> countDownOnFailure(event, failed))
                    .build()) {
                var view = orchestrator.start(graph, State.empty()).await().view();
                assertThat(view.status()).isEqualTo(RunStatus.FAILED);
                assertThat(view.nodes())
                        .filteredOn(node -> node.path().value().equals("goes-on"))
                        .singleElement()
                        .satisfies(node -> assertThat(node.status()).isEqualTo(RunView.NodeStatus.COMPLETED));
            }
        }

        @Test
        void interrupts_its_siblings_when_asked_to_fail_fast() throws Exception {
            var waiting = new CountDownLatch(1);
            var graph = Graph.builder("fork")
                    .channels(LOG)
                    .node("a", logs("a"))
                    .node("fails", (state, context) -> {
                        waiting.await();
                        throw new IllegalStateException("on purpose");
                    })
                    .node("waits", (state, context) -> {
                        waiting.countDown();
                        new CountDownLatch(1).await();
                        return Update.none();
                    })
                    .start("a")
                    .edge("a", "fails")
                    .edge("a", "waits")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = orchestrator
                        .start(graph, State.empty(), RunOptions.defaults().withFailFast())
                        .await();
                assertThat(outcome).isInstanceOf(Outcome.Failed.class);
                assertThat(outcome.view().failures()).hasSize(1);
            }
        }

        @Test
        void fails_fast_also_when_branches_exclude_each_other() throws Exception {
            var waiting = new CountDownLatch(1);
            Node writes = (state, context) -> {
                waiting.await();
                return Update.of(TASK, context.path().value());
            };
            var graph = Graph.builder("fork")
                    .channels(LOG, TASK)
                    .node("a", logs("a"))
                    .node("left", writes)
                    .node("right", writes)
                    .node("join", logs("join"))
                    .node("waits", (state, context) -> {
                        waiting.countDown();
                        new CountDownLatch(1).await();
                        return Update.none();
                    })
                    .start("a")
                    .edge("a", "left")
                    .edge("a", "right")
                    .edge("a", "waits")
                    .edge("left", "join")
                    .edge("right", "join")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = orchestrator
                        .start(graph, State.empty(), RunOptions.defaults().withFailFast())
                        .await();
                assertThat(outcome.view().failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.kind()).isEqualTo("state.conflict"));
            }
        }

        private static void countDownOnFailure(RunEvent event, CountDownLatch latch) {
            if (event instanceof RunEvent.Recorded recorded && recorded.entry().fact() instanceof Fact.NodeFailed) {
                latch.countDown();
            }
        }
    }

    @Nested
    class Steps_of_a_node {
        @Test
        void are_recorded_before_and_after_with_key_effect_input_and_output() throws Exception {
            Node node = (state, context) -> {
                context.step("charge", Integer.class, List.of("order", 17), Effect.ONCE, () -> 42);
                context.scope("child").step("charge", Integer.class, "x", Effect.READ_ONLY, () -> 1);
                context.step("charge", Integer.class, "y", Effect.READ_ONLY, () -> 2);
                return Update.none();
            };
            try (var orchestrator = Orchestrator.inMemory()) {
                var view =
                        orchestrator.start(single(node), State.empty()).await().view();
                assertThat(view.facts(Fact.StepStarted.class))
                        .extracting(Fact.StepStarted::step)
                        .containsExactly("charge", "child/charge", "charge#2");
                assertThat(view.facts(Fact.StepStarted.class).getFirst()).satisfies(started -> {
                    assertThat(started.effect()).isEqualTo(Effect.ONCE);
                    assertThat(started.input().text()).isEqualTo("[\"order\",17]");
                });
                assertThat(view.facts(Fact.StepFinished.class)
                                .getFirst()
                                .output()
                                .orElseThrow()
                                .text())
                        .isEqualTo("42");
                assertThat(view.entries())
                        .extracting(recorded -> recorded.entry().type())
                        .startsWith("run.admitted", "node.started", "step.started", "step.finished")
                        .endsWith("node.completed", "run.completed");
            }
        }

        @Test
        void that_fail_are_recorded_as_failed_and_throw_what_the_body_threw() throws Exception {
            Node node = (state, context) -> {
                try {
                    context.step("fetch", String.class, "x", Effect.READ_ONLY, () -> {
                        throw new java.io.IOException("unreachable");
                    });
                } catch (java.io.IOException e) {
                    return Update.of(LOG, List.of(e.getMessage()));
                }
                return Update.none();
            };
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = (Outcome.Completed)
                        orchestrator.start(single(node), State.empty()).await();
                assertThat(outcome.state().get(LOG)).containsExactly("unreachable");
                assertThat(outcome.view()
                                .facts(Fact.StepFinished.class)
                                .getFirst()
                                .failure())
                        .isPresent();
            }
        }
    }

    @Nested
    class A_question {
        final Node asks = (state, context) -> Update.of(
                LOG, List.of(context.ask(Question.of("deploy?", "yes", "no")).choice()));

        @Test
        void suspends_the_run_until_it_is_answered() throws Exception {
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(single(asks), State.empty());
                var view = ((Outcome.Suspended) run.await()).view();
                var id = view.questions().keySet().iterator().next();
                assertThatExceptionOfType(AnswerRefusedException.class)
                        .isThrownBy(() -> orchestrator.answer(run.id(), new Answer(id, "maybe", "", "test")))
                        .withMessageContaining("answer one of yes, no");
                orchestrator.answer(run.id(), new Answer(id, "yes", "", "test"));
                var outcome = (Outcome.Completed) run.await();
                assertThat(outcome.state().get(LOG)).containsExactly("yes");
                assertThat(outcome.view().questions()).isEmpty();
                assertThatExceptionOfType(AnswerRefusedException.class)
                        .isThrownBy(() -> orchestrator.answer(run.id(), new Answer(id, "no", "", "test")));
            }
        }

        @Test
        void is_answered_at_once_by_a_responder() throws Exception {
            try (var orchestrator = Orchestrator.builder()
                    .responder((run, id, question) -> Optional.of(new Answer(id, "no", "never", "test")))
                    .build()) {
                var outcome = (Outcome.Completed)
                        orchestrator.start(single(asks), State.empty()).await();
                assertThat(outcome.state().get(LOG)).containsExactly("no");
                assertThat(outcome.view().facts(Fact.RunSuspended.class)).isEmpty();
            }
        }

        @Test
        void does_not_suspend_a_run_in_which_something_else_still_works() throws Exception {
            var release = new CountDownLatch(1);
            var graph = Graph.builder("fork")
                    .channels(LOG)
                    .node("a", logs("a"))
                    .node("asks", asks)
                    .node("works", (state, context) -> {
                        release.await();
                        return Update.none();
                    })
                    .start("a")
                    .edge("a", "asks")
                    .edge("a", "works")
                    .build();
            var asked = new CountDownLatch(1);
            try (var orchestrator = Orchestrator.builder()
                    .listener(event -> {
                        if (event instanceof RunEvent.Recorded recorded
                                && recorded.entry().fact() instanceof Fact.QuestionAsked) {
                            asked.countDown();
                        }
                    })
                    .build()) {
                var run = orchestrator.start(graph, State.empty());
                asked.await();
                assertThat(run.view().status()).isEqualTo(RunStatus.RUNNING);
                release.countDown();
                assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
            }
        }
    }

    @Nested
    class Cancelling {
        @Test
        void interrupts_nodes_and_records_why() throws Exception {
            var begun = new CountDownLatch(1);
            Node waits = (state, context) -> {
                begun.countDown();
                new CountDownLatch(1).await();
                return Update.none();
            };
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(single(waits), State.empty());
                begun.await();
                orchestrator.cancel(run.id(), "not needed any more");
                var view = ((Outcome.Cancelled) run.await()).view();
                assertThat(view.facts(Fact.RunCancelled.class))
                        .containsExactly(new Fact.RunCancelled("not needed any more"));
                assertThat(view.facts(Fact.NodeFailed.class)).isEmpty();
            }
        }
    }

    @Nested
    class Closing {
        @Test
        void interrupts_without_recording_a_failure() throws Exception {
            var begun = new CountDownLatch(1);
            Node waits = (state, context) -> {
                begun.countDown();
                new CountDownLatch(1).await();
                return Update.none();
            };
            var orchestrator = Orchestrator.inMemory();
            var run = orchestrator.start(single(waits), State.empty());
            begun.await();
            orchestrator.close();
            assertThatExceptionOfType(OrchestratorClosedException.class).isThrownBy(run::await);
            assertThat(run.view().status()).isEqualTo(RunStatus.RUNNING);
        }
    }
}
