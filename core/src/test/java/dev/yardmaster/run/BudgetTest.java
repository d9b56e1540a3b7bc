package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Metered;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Allowance;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that use something up, under budgets of the run and of parts of it. */
@Timeout(120)
class BudgetTest extends ResumeScene {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(START);

    /** How long each reply takes. */
    Duration takes = Duration.ZERO;

    /** What a model might have said. */
    record Reply(Usage usage, Optional<BigDecimal> dollars) implements Metered {}

    static Reply reply(long tokens, String dollars) {
        return new Reply(new Usage(tokens, 0), Optional.of(new BigDecimal(dollars)));
    }

    /** Asks once, as agents do: reserved before, in the step. */
    Reply asked(NodeContext context, String name, Reply reply) throws Exception {
        var held = new ArrayList<Allowance.Reservation>();
        try {
            return context.step(name, Reply.class, name, Effect.READ_ONLY, () -> {
                held.add(context.allowance().reserve(0, BigDecimal.ZERO));
                did.add(name);
                now.updateAndGet(time -> time.plus(takes));
                return reply;
            });
        } finally {
            held.forEach(Allowance.Reservation::close);
        }
    }

    /** Never stops by itself. */
    Graph endless(Reply reply) {
        return graph((state, context) -> {
            for (int i = 1; ; i++) {
                asked(context, "reply/" + i, reply);
            }
        });
    }

    Outcome run(Graph graph, Budget budget) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(
                            graph,
                            State.empty(),
                            RunOptions.defaults().withId(RUN).withBudget(budget))
                    .await();
        }
    }

    static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return outcome.view().failures().getFirst();
    }

    @Nested
    class A_run {

        @Test
        void ends_when_its_tokens_are_used_up_and_says_how_to_go_on() throws Exception {
            Failure failure = failure(run(endless(reply(400, "0.1")), Budget.tokens(1000)));
            assertThat(did).hasSize(3);
            assertThat(failure.kind()).isEqualTo("budget.tokens");
            assertThat(failure.message())
                    .isEqualTo("run 'run' has used up its budget of 1,000 tokens: 1,200 tokens in 3 turns; to go on,"
                            + " resume it with a larger one: --max-tokens 2000, or ResumeOptions.withBudget(…)");
            assertThat(failure.details())
                    .containsEntry("budget", "tokens")
                    .containsEntry("limit", "1,000 tokens")
                    .containsEntry("used", "1,200 tokens in 3 turns")
                    .containsEntry("of", "run 'run'");
        }

        @Test
        void ends_when_its_dollars_are_used_up() throws Exception {
            Failure failure = failure(run(endless(reply(1, "0.75")), Budget.dollars("2")));
            assertThat(did).hasSize(3);
            assertThat(failure.kind()).isEqualTo("budget.cost");
            assertThat(failure.message()).contains("budget of $2.00: $2.25 in 3 turns", "--max-cost 4.00");
        }

        @Test
        void ends_after_exactly_so_many_turns() throws Exception {
            Failure failure = failure(run(endless(reply(1, "0")), Budget.turns(7)));
            assertThat(did).hasSize(7);
            assertThat(failure.kind()).isEqualTo("budget.turns");
            assertThat(failure.message()).contains("budget of 7 turns: 7 turns; ", "--max-turns 14");
        }

        @Test
        void ends_when_it_has_worked_for_so_long() throws Exception {
            takes = Duration.ofMinutes(4);
            var graph = endless(reply(1, "0"));
            try (var orchestrator = Orchestrator.builder().clock(now::get).build()) {
                var options = RunOptions.defaults().withBudget(Budget.time(Duration.ofMinutes(10)));
                Failure failure = failure(
                        orchestrator.start(graph, State.empty(), options).await());
                assertThat(did).hasSize(3);
                assertThat(failure.kind()).isEqualTo("budget.time");
                assertThat(failure.message()).contains("budget of 10m: 12m in 3 turns", "--max-time 20m");
            }
        }

        @Test
        void does_not_work_while_a_person_is_asked() throws Exception {
            var graph = graph((state, context) -> {
                asked(context, "before", reply(1, "0"));
                context.ask(WELL);
                asked(context, "after", reply(1, "0"));
                return Update.none();
            });
            try (var orchestrator = Orchestrator.builder().clock(now::get).build()) {
                var options = RunOptions.defaults().withId(RUN).withBudget(Budget.time(Duration.ofMinutes(10)));
                Run run = orchestrator.start(graph, State.empty(), options);
                Outcome waits = run.await();
                now.set(START.plus(Duration.ofHours(9)));
                String question = waits.view().questions().keySet().iterator().next();
                orchestrator.answer(RUN, new Answer(question, "yes", "", "mia"));
                Outcome outcome = run.await();
                assertThat(outcome).isInstanceOf(Outcome.Completed.class);
                assertThat(outcome.view().worked()).isZero();
            }
        }

        @Test
        void that_is_through_when_the_last_is_used_up_is_completed() throws Exception {
            var graph = graph((state, context) -> {
                asked(context, "only", reply(5000, "9"));
                return Update.of(OUT, "well");
            });
            Outcome outcome = run(graph, Budget.turns(1).withTokens(10).withDollars(BigDecimal.ONE));
            assertThat(outcome).isInstanceOf(Outcome.Completed.class);
            assertThat(outcome.view().spent()).isEqualTo(new Spending(new Usage(5000, 0), 1, new BigDecimal("9"), 0));
        }

        @Test
        void says_what_it_used_and_of_how_many_replies_the_price_is_not_known() throws Exception {
            var graph = graph((state, context) -> {
                asked(context, "known", reply(10, "0.500"));
                asked(context, "unknown", new Reply(new Usage(1, 2), Optional.empty()));
                return Update.none();
            });
            Spending spent = run(graph, Budget.unlimited()).view().spent();
            assertThat(spent).isEqualTo(new Spending(new Usage(11, 2), 2, new BigDecimal("0.5"), 1));
            assertThat(spent.cost()).isEmpty();
        }

        @Test
        void warns_once_when_four_fifths_are_gone() throws Exception {
            var events = Collections.synchronizedList(new ArrayList<RunEvent>());
            try (var orchestrator = Orchestrator.builder().listener(events::add).build()) {
                var options = RunOptions.defaults().withBudget(Budget.tokens(1000));
                orchestrator
                        .start(endless(reply(100, "0")), State.empty(), options)
                        .await();
            }
            assertThat(events)
                    .filteredOn(Budget.Low.class::isInstance)
                    .singleElement()
                    .extracting(event -> ((Budget.Low) event).used())
                    .isEqualTo("800 tokens in 8 turns");
        }
    }

    @Nested
    class After_a_restart {

        @Test
        void what_was_used_before_counts() throws Exception {
            var store = died(endless(reply(400, "0.1")), Budget.tokens(2000), 3);
            Failure failure = failure(resume(store, endless(reply(400, "0.1"))));
            assertThat(did).containsExactly("reply/4", "reply/5");
            assertThat(failure.message()).contains("2,000 tokens in 5 turns");
        }

        @Test
        void a_failed_run_goes_on_with_a_larger_budget_and_only_with_that() throws Exception {
            var store = new MemoryJournal();
            try (var orchestrator = on(store)) {
                orchestrator
                        .start(
                                endless(reply(400, "0.1")),
                                State.empty(),
                                RunOptions.defaults()
                                        .withId(RUN)
                                        .withBudget(Budget.tokens(1000).withTurns(100)))
                        .await();
                did.clear();
                assertThat(failure(orchestrator
                                        .resume(RUN, endless(reply(400, "0.1")))
                                        .await())
                                .kind())
                        .isEqualTo("budget.tokens");
                assertThat(did).isEmpty();

                var larger = ResumeOptions.defaults().withBudget(Budget.tokens(2000));
                Outcome outcome = orchestrator
                        .resume(RUN, endless(reply(400, "0.1")), larger)
                        .await();
                assertThat(did).containsExactly("reply/4", "reply/5");
                assertThat(outcome.view().budget())
                        .isEqualTo(Budget.tokens(2000).withTurns(100));
                assertThat(outcome.view().spent().turns()).isEqualTo(5);
            }
        }

        @Test
        void the_time_in_no_process_does_not_count_and_that_before_does() throws Exception {
            takes = Duration.ofMinutes(4);
            var graph = endless(reply(1, "0"));
            var store = new MemoryJournal(now::get);
            var options = RunOptions.defaults().withId(RUN).withBudget(Budget.time(Duration.ofMinutes(10)));
            try (var orchestrator =
                    Orchestrator.builder().clock(now::get).journal(store).build()) {
                orchestrator.start(graph, State.empty(), options).await();
                did.clear();
                now.updateAndGet(time -> time.plus(Duration.ofDays(3)));
                var larger = ResumeOptions.defaults().withBudget(Budget.time(Duration.ofMinutes(20)));
                Failure failure =
                        failure(orchestrator.resume(RUN, graph, larger).await());
                assertThat(did).containsExactly("reply/4", "reply/5");
                assertThat(failure.message()).contains("budget of 20m: 20m in 5 turns");
            }
        }

        @Test
        void a_part_that_is_run_again_has_no_more_than_before() throws Exception {
            var graph = graph((state, context) -> {
                var own = context.within("part 'a'", Budget.turns(4));
                for (int i = 1; ; i++) {
                    asked(own, "reply/" + i, reply(1, "0"));
                }
            });
            var store = died(graph, Budget.unlimited(), 3);
            Failure failure = failure(resume(store, graph));
            assertThat(did).containsExactly("reply/4");
            assertThat(failure.message())
                    .isEqualTo("part 'a' has used up its budget of 4 turns: 4 turns; to go on, give it a larger one and"
                            + " resume the run");
        }

        @Test
        void a_fork_has_used_what_it_copies_and_no_more() throws Exception {
            try (var orchestrator = Orchestrator.inMemory()) {
                var graph = endless(reply(400, "0.1"));
                Run first = orchestrator.start(
                        graph, State.empty(), RunOptions.defaults().withBudget(Budget.turns(5)));
                RunView view = first.await().view();
                long afterTwo = view.entries().stream()
                        .filter(each -> each.entry().type().equals("step.finished"))
                        .skip(1)
                        .findFirst()
                        .orElseThrow()
                        .offset();
                did.clear();
                Outcome fork = orchestrator.fork(first.id(), afterTwo, graph).await();
                assertThat(did).containsExactly("reply/3", "reply/4", "reply/5");
                assertThat(fork.view().spent().turns()).isEqualTo(5);
            }
        }

        /** What a process leaves that died when so many replies were recorded. */
        MemoryJournal died(Graph graph, Budget budget, int replies) throws InterruptedException {
            RunView whole = run(graph, budget).view();
            var kept = new ArrayList<dev.yardmaster.event.Entry>();
            int seen = 0;
            for (RunEvent.Recorded each : whole.entries()) {
                if (seen < replies) {
                    kept.add(each.entry());
                    seen += each.entry().type().equals("step.finished") ? 1 : 0;
                }
            }
            var store = new MemoryJournal();
            store.create(RUN, kept);
            store.lapse();
            did.clear();
            return store;
        }
    }

    @Nested
    class Parts_of_a_run {

        @Test
        void draw_from_their_own_budget_and_from_those_around_it() throws Exception {
            var graph = graph((state, context) -> {
                NodeContext outer = context.within("outer", Budget.turns(5));
                for (String name : List.of("a", "b", "c")) {
                    NodeContext inner = outer.scope(name).within(name, Budget.turns(2));
                    assertThatThrownBy(() -> {
                                for (int i = 1; ; i++) {
                                    asked(inner, "reply/" + i, reply(1, "0"));
                                }
                            })
                            .hasMessageContaining(name.equals("c") ? "outer has used up" : name + " has used up");
                }
                assertThat(outer.allowance().exhausted()).isPresent();
                assertThat(context.allowance().exhausted()).isEmpty();
                return Update.none();
            });
            assertThat(run(graph, Budget.turns(6))).isInstanceOf(Outcome.Completed.class);
            assertThat(did).hasSize(5);
        }

        @Test
        void wait_for_what_others_have_set_aside_and_get_it_when_it_is_given_back() throws Exception {
            var reserved = new CountDownLatch(1);
            var graph = Graph.builder("g")
                    .channels(OUT)
                    .node("begin", (state, context) -> Update.none())
                    .node("first", (state, context) -> {
                        Allowance.Reservation held = context.allowance().reserve(1000, BigDecimal.ZERO);
                        reserved.countDown();
                        while (context.allowance() instanceof Account account && account.waiting() == 0) {
                            Thread.yield(); // until the other one waits
                        }
                        held.close();
                        return Update.none();
                    })
                    .node("second", (state, context) -> {
                        reserved.await();
                        asked(context, "second", reply(10, "0"));
                        return Update.none();
                    })
                    .start("begin")
                    .edge("begin", "first")
                    .edge("begin", "second")
                    .build();
            assertThat(run(graph, Budget.tokens(1000))).isInstanceOf(Outcome.Completed.class);
            assertThat(did).containsExactly("second");
        }
    }

    @Test
    void a_limit_is_more_than_nothing() {
        assertThatThrownBy(() -> Budget.turns(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Budget.dollars("-1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Budget.unlimited().limitsNothing()).isTrue();
    }
}
