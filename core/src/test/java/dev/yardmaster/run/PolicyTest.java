package dev.yardmaster.run;

import static dev.yardmaster.run.OrchestratorTest.LOG;
import static dev.yardmaster.run.OrchestratorTest.logs;
import static dev.yardmaster.run.OrchestratorTest.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.NodePolicy;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How nodes are run: again, in time, otherwise, and how many at once. */
@Timeout(120)
class PolicyTest {

    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

    static Graph under(NodePolicy policy, Node node) {
        return Graph.builder("single")
                .channels(LOG)
                .node("only", node, policy)
                .start("only")
                .build();
    }

    /** Does not wait, and notes how long it would have. */
    Orchestrator noting() {
        return Orchestrator.builder().pause(waits::add).build();
    }

    static Node failing(int times, Exception with) {
        var attempts = new AtomicInteger();
        return (state, context) -> {
            if (attempts.incrementAndGet() <= times) {
                throw with;
            }
            return Update.of(LOG, List.of("attempt " + attempts));
        };
    }

    @Nested
    class A_retry {
        @Test
        void comes_after_a_growing_wait_and_is_recorded() throws Exception {
            try (var orchestrator = noting()) {
                var outcome = (Outcome.Completed) orchestrator
                        .start(under(NodePolicy.retry(3), failing(3, new IOException("no"))), State.empty())
                        .await();
                assertThat(outcome.state().get(LOG)).containsExactly("attempt 4");
                assertThat(outcome.view().facts(Fact.NodeStarted.class))
                        .extracting(Fact.NodeStarted::attempt)
                        .containsExactly(1, 2, 3, 4);
                assertThat(outcome.view().facts(Fact.NodeFailed.class))
                        .hasSize(3)
                        .allMatch(Fact.NodeFailed::retried);
                assertThat(waits).hasSize(3);
                for (int i = 0; i < 3; i++) {
                    long full = 500L << i;
                    assertThat(waits.get(i).toMillis()).isBetween(full / 2, full);
                }
            }
        }

        @Test
        void is_not_made_for_what_would_come_again_nor_more_often_than_allowed() throws Exception {
            Node asksForNothing = (state, context) -> Update.of(LOG, List.of(state.get(OrchestratorTest.TASK)));
            try (var orchestrator = noting()) {
                var mistaken = orchestrator
                        .start(under(NodePolicy.retry(3), asksForNothing), State.empty())
                        .await();
                assertThat(mistaken.view().facts(Fact.NodeStarted.class)).hasSize(1);
                var broken = orchestrator
                        .start(under(NodePolicy.retry(2), failing(9, new IOException("no"))), State.empty())
                        .await();
                assertThat(broken).isInstanceOf(Outcome.Failed.class);
                assertThat(broken.view().facts(Fact.NodeStarted.class)).hasSize(3);
            }
        }

        @Test
        void does_not_do_again_what_a_step_has_done() throws Exception {
            var charged = new AtomicInteger();
            var attempts = new AtomicInteger();
            Node charges = (state, context) -> {
                int sum = context.scope("shop")
                        .step("charge", Integer.class, "order", Effect.ONCE, charged::incrementAndGet);
                if (attempts.incrementAndGet() == 1) {
                    throw new IOException("after the charge");
                }
                return Update.of(LOG, List.of("charged " + sum));
            };
            try (var orchestrator = noting()) {
                var outcome = (Outcome.Completed) orchestrator
                        .start(under(NodePolicy.retry(1), charges), State.empty())
                        .await();
                assertThat(outcome.state().get(LOG)).containsExactly("charged 1");
                assertThat(charged).hasValue(1);
            }
        }
    }

    @Nested
    class A_timeout {
        static final Node WAITS = (state, context) -> {
            new CountDownLatch(1).await();
            return Update.none();
        };

        @Test
        void interrupts_the_node_and_says_how_long_it_had() throws Exception {
            try (var orchestrator = noting()) {
                var outcome = orchestrator
                        .start(under(NodePolicy.timeout(Duration.ofSeconds(90)), WAITS), State.empty())
                        .await();
                assertThat(outcome.view().failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo("node-timeout");
                    assertThat(failure.message()).startsWith("'only' took longer than 1m30s");
                });
                assertThat(waits).containsExactly(Duration.ofSeconds(90));
            }
        }

        @Test
        void leads_to_the_fallback() throws Exception {
            try (var orchestrator = noting()) {
                var outcome = (Outcome.Completed) orchestrator
                        .start(
                                under(NodePolicy.timeout(Duration.ofSeconds(1)).orElse(logs("instead")), WAITS),
                                State.empty())
                        .await();
                assertThat(outcome.state().get(LOG)).containsExactly("instead");
                assertThat(outcome.view().facts(Fact.NodeStarted.class)).hasSize(2);
            }
        }
    }

    /** Both call their step the same; what one did is not what the other did. */
    @Test
    void a_fallback_does_its_own_steps() throws Exception {
        Node first = (state, context) -> {
            context.step("fetch", String.class, "from here", Effect.READ_ONLY, () -> "first");
            throw new IOException("gone");
        };
        Node second = (state, context) -> Update.of(
                LOG, List.of(context.step("fetch", String.class, "from there", Effect.READ_ONLY, () -> "second")));
        try (var orchestrator = noting()) {
            var outcome = (Outcome.Completed) orchestrator
                    .start(under(NodePolicy.once().orElse(second), first), State.empty())
                    .await();
            assertThat(outcome.state().get(LOG)).containsExactly("second");
        }
    }

    @Test
    void a_policy_is_for_nodes_and_not_for_graphs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> under(NodePolicy.retry(1), single(logs("x"))))
                .withMessageContaining("give the policy to its nodes");
    }

    @Nested
    class A_limit {
        /** A fork of {@code width} nodes of a kind; each waits until as many as may run do. */
        static Graph fork(int width, Node body) {
            return fork(width, body, NodePolicy.once());
        }

        static Graph fork(int width, Node body, NodePolicy policy) {
            Node ofKind = new Node() {
                @Override
                public Update run(State state, NodeContext context) throws Exception {
                    return body.run(state, context);
                }

                @Override
                public String kind() {
                    return "heavy";
                }
            };
            var builder = Graph.builder("fork")
                    .channels(LOG)
                    .node("begin", logs("begin"))
                    .start("begin");
            for (int i = 0; i < width; i++) {
                builder.node("n" + i, ofKind, policy).edge("begin", "n" + i);
            }
            return builder.build();
        }

        final AtomicInteger running = new AtomicInteger();
        final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

        Node meeting(int at) {
            var barrier = new CyclicBarrier(at);
            return (state, context) -> {
                seen.add(running.incrementAndGet());
                barrier.await(20, TimeUnit.SECONDS);
                running.decrementAndGet();
                barrier.await(20, TimeUnit.SECONDS);
                return Update.none();
            };
        }

        @Test
        void holds_for_nodes_of_a_kind_in_a_run() throws Exception {
            try (var orchestrator =
                    Orchestrator.builder().limitPerRun("heavy", 3).build()) {
                assertThat(orchestrator
                                .start(fork(9, meeting(3)), State.empty())
                                .await())
                        .isInstanceOf(Outcome.Completed.class);
                assertThat(seen).hasSize(9).allMatch(count -> count <= 3);
            }
        }

        @Test
        void holds_over_all_runs() throws Exception {
            try (var orchestrator = Orchestrator.builder().limit("heavy", 2).build()) {
                var graph = fork(4, meeting(2));
                var one = orchestrator.start(graph, State.empty());
                var other = orchestrator.start(graph, State.empty());
                assertThat(one.await()).isInstanceOf(Outcome.Completed.class);
                assertThat(other.await()).isInstanceOf(Outcome.Completed.class);
                assertThat(seen).hasSize(8).allMatch(count -> count <= 2);
            }
        }

        final Node asks = (state, context) -> {
            context.ask(Question.of("go on?", "yes", "no"));
            seen.add(running.incrementAndGet());
            running.decrementAndGet();
            return Update.none();
        };

        @Test
        void is_for_nodes_at_work_so_that_all_questions_are_asked_at_once() throws Exception {
            try (var orchestrator = Orchestrator.builder()
                    .limitPerRun("heavy", 1)
                    .limit("heavy", 1)
                    .build()) {
                var run = orchestrator.start(fork(5, asks), State.empty());
                var view = ((Outcome.Suspended) run.await()).view();
                assertThat(view.questions()).hasSize(5);
                for (String id : view.questions().keySet()) {
                    orchestrator.answer(run.id(), new Answer(id, "yes", "", "test"));
                }
                assertThat(run.await()).isInstanceOf(Outcome.Completed.class);
                assertThat(seen).containsExactly(1, 1, 1, 1, 1);
            }
        }

        @Test
        void is_not_used_up_by_a_node_that_waits_for_its_next_attempt_or_for_a_time() throws Exception {
            Node retried = failing(1, new IOException("no"));
            Node sleeps = (state, context) -> {
                context.sleep(Duration.ofDays(1));
                return Update.none();
            };
            for (Node waits : List.of(retried, sleeps)) {
                var worked = new CountDownLatch(1);
                var graph = fork(
                        2,
                        (state, context) -> {
                            if (context.path().value().equals("n0")) {
                                return waits.run(state, context);
                            }
                            worked.countDown();
                            return Update.none();
                        },
                        NodePolicy.retry(1));
                try (var orchestrator = Orchestrator.builder()
                        .limit("heavy", 1)
                        .suspendAfter(Duration.ofDays(1))
                        .pause(duration ->
                                assertThat(worked.await(20, TimeUnit.SECONDS)).isTrue())
                        .build()) {
                    assertThat(orchestrator.start(graph, State.empty()).await()).isInstanceOf(Outcome.Completed.class);
                }
            }
        }

        @Test
        void that_is_used_up_by_another_run_does_not_suspend_a_run() throws Exception {
            var begun = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            Node works = (state, context) -> {
                begun.countDown();
                release.await();
                return Update.none();
            };
            try (var orchestrator = Orchestrator.builder().limit("heavy", 1).build()) {
                var other = orchestrator.start(fork(1, works), State.empty());
                begun.await();
                var run = orchestrator.start(fork(1, asks), State.empty());
                assertThat(run.view().status()).isEqualTo(RunStatus.RUNNING);
                release.countDown();
                assertThat(other.await()).isInstanceOf(Outcome.Completed.class);
                assertThat(((Outcome.Suspended) run.await()).view().questions()).hasSize(1);
            }
        }
    }

    @Nested
    class A_deadline {
        @Test
        void interrupts_the_run_and_says_so() throws Exception {
            var limit = Duration.ofMinutes(5);
            try (var orchestrator = noting()) {
                var outcome = orchestrator
                        .start(
                                single(A_timeout.WAITS),
                                State.empty(),
                                RunOptions.defaults().withDeadline(limit))
                        .await();
                assertThat(((Outcome.Failed) outcome).view().failures())
                        .singleElement()
                        .satisfies(failure -> {
                            assertThat(failure.kind()).isEqualTo("limit.deadline");
                            assertThat(failure.message()).contains("reached its deadline of 5m");
                        });
                assertThat(waits).containsExactly(limit);
            }
        }
    }

    @Nested
    class Events {
        @Test
        void can_be_read_and_followed_from_any_offset_without_a_gap() throws Exception {
            var go = new CountDownLatch(1);
            Node waits = (state, context) -> {
                go.await();
                return Update.none();
            };
            var heard = Collections.synchronizedList(new ArrayList<RunEvent>());
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(single(waits), State.empty());
                try (var subscription = run.listen(1, heard::add)) {
                    assertThat(subscription).isNotNull();
                    go.countDown();
                    run.await();
                }
                assertThat(heard).isEqualTo(List.copyOf(run.events(1)));
                assertThat(run.events(0)).extracting(RunEvent.Recorded::offset).containsExactly(0L, 1L, 2L, 3L);
                assertThat(run.events(3)).hasSize(1);
            }
        }
    }

    @Nested
    class Cancelling {
        @Test
        void ends_the_processes_that_nodes_started() throws Exception {
            var started = new CountDownLatch(1);
            var processes = Collections.synchronizedList(new ArrayList<Process>());
            Node shell = (state, context) -> {
                Process process = new ProcessBuilder("sleep", "1000").start();
                processes.add(process);
                try {
                    started.countDown();
                    process.waitFor();
                } finally {
                    process.destroyForcibly().waitFor();
                }
                return Update.none();
            };
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(single(shell), State.empty());
                started.await();
                orchestrator.cancel(run.id(), "enough");
                assertThat(run.await()).isInstanceOf(Outcome.Cancelled.class);
                assertThat(processes)
                        .singleElement()
                        .satisfies(process -> assertThat(process.isAlive()).isFalse());
            }
        }
    }

    @Nested
    class Large_graphs {
        @Test
        void of_ten_thousand_branches_and_of_a_hundred_thousand_nodes_in_a_row_are_run() throws Exception {
            try (var orchestrator = Orchestrator.inMemory()) {
                assertThat(orchestrator
                                .start(A_limit.fork(10_000, (state, context) -> Update.none()), State.empty())
                                .await())
                        .isInstanceOf(Outcome.Completed.class);
                var chain = Graph.builder("chain").channels(LOG).start("n0").node("n0", logs("begin"));
                for (int i = 1; i < 100_000; i++) {
                    chain.node("n" + i, (state, context) -> Update.none()).edge("n" + (i - 1), "n" + i);
                }
                assertThat(orchestrator.start(chain.build(), State.empty()).await())
                        .isInstanceOf(Outcome.Completed.class);
            }
        }
    }

    @Test
    void an_error_is_a_failure_like_any_other() throws Exception {
        Node endless = (state, context) -> {
            throw new StackOverflowError("deep");
        };
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = orchestrator.start(single(endless), State.empty()).await();
            assertThat(outcome.view().failures().getFirst().message()).contains("StackOverflowError");
        }
    }
}
