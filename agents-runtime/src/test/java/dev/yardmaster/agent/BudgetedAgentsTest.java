package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.Price;
import dev.yardmaster.model.Prices;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.ResumeOptions;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.tool.ToolResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that never stop by themselves, stopped by each kind of budget. A reply takes 100 tokens and costs $0.10. */
@Timeout(60)
class BudgetedAgentsTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final RunId RUN = new RunId("run");
    static final AgentDefinition LEAD =
            AgentDefinition.of("lead", "Leads", "You lead.").withTools("Agent", "Probe");
    static final AgentDefinition BUILDER =
            AgentDefinition.of("builder", "Builds things", "You build.").withTools("Probe");
    static final Prices PRICES = Prices.bundled()
            .with(
                    Runaway.NAME,
                    new Price(
                            List.of(new Price.Tier(
                                    Optional.empty(),
                                    new BigDecimal(1000),
                                    new BigDecimal(1000),
                                    Optional.empty(),
                                    Optional.empty())),
                            "a contract",
                            LocalDate.of(2026, 3, 1)));

    @TempDir
    Path workspace;

    final Runaway model = new Runaway();
    final AtomicInteger probed = new AtomicInteger();
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    AgentRuntimeBuilder runtime(AgentDefinition... team) {
        return AgentRuntime.builder()
                .catalog(AgentCatalog.builder().definitions(List.of(team)).build())
                .model(model)
                .prices(PRICES)
                .tools(new Bench.Probe(
                        "Probe", Effect.READ_ONLY, call -> new ToolResult.Text("probe " + probed.incrementAndGet())))
                .workspace(workspace)
                .retries(RetryPolicy.none())
                .policy(Policy.acceptEdits().with(Rule.allow("Probe", "test"), Rule.allow("Agent", "test")));
    }

    static Graph graph(AgentNode worker) {
        return Graph.builder("g")
                .channels(TASK, RESULT)
                .node("work", worker.reads(TASK).writes(RESULT))
                .start("work")
                .build();
    }

    static Graph graph(AgentRuntimeBuilder runtime, String agent) {
        return graph(runtime.build().agent(agent));
    }

    Outcome run(Graph graph, Budget budget) throws InterruptedException {
        try (var orchestrator = Orchestrator.builder().clock(now::get).build()) {
            return orchestrator
                    .start(
                            graph,
                            State.of(TASK, "Do it"),
                            RunOptions.defaults().withId(RUN).withBudget(budget))
                    .await();
        }
    }

    static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return outcome.view().failures().getFirst();
    }

    static AgentResult result(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(RESULT);
    }

    long asked(String agent) {
        return Collections.frequency(model.asked, agent);
    }

    @Nested
    class One_agent {

        Graph builder() {
            return graph(runtime(BUILDER), "builder");
        }

        @Test
        void is_stopped_when_the_tokens_are_used_up_after_the_calls_of_its_last_reply() throws Exception {
            Failure failure = failure(run(builder(), Budget.tokens(1000)));
            assertThat(failure.kind()).isEqualTo("budget.tokens");
            assertThat(failure.message()).contains("budget of 1,000 tokens: 1,000 tokens in 10 turns");
            assertThat(model.asked).hasSize(10);
            assertThat(probed).hasValue(10);
        }

        @Test
        void is_stopped_when_the_dollars_are_used_up() throws Exception {
            Outcome outcome = run(builder(), Budget.dollars("0.55"));
            assertThat(failure(outcome).kind()).isEqualTo("budget.cost");
            assertThat(failure(outcome).message()).contains("budget of $0.55: $0.60 in 6 turns", "--max-cost 1.10");
            assertThat(model.asked).hasSize(6);
            assertThat(outcome.view().spent()).isEqualTo(new Spending(new Usage(540, 60), 6, new BigDecimal("0.6"), 0));
        }

        @Test
        void is_stopped_after_the_turns_of_the_run_which_may_be_more_than_an_agent_takes_otherwise() throws Exception {
            Failure failure = failure(run(builder(), Budget.turns(70)));
            assertThat(failure.kind()).isEqualTo("budget.turns");
            assertThat(model.asked).hasSize(70);
        }

        @Test
        void is_stopped_when_it_has_worked_for_so_long() throws Exception {
            model.meanwhile = () -> now.updateAndGet(time -> time.plusSeconds(60));
            Failure failure = failure(run(builder(), Budget.time(Duration.ofMinutes(5))));
            assertThat(failure.kind()).isEqualTo("budget.time");
            assertThat(failure.message()).contains("budget of 5m: 5m in 5 turns");
            assertThat(model.asked).hasSize(5);
            assertThat(probed).hasValue(5);
        }

        @Test
        void is_stopped_by_its_own_budget_in_its_own_name() throws Exception {
            var own = graph(runtime(BUILDER).build().agent("builder").budget(Budget.tokens(250)));
            Failure failure = failure(run(own, Budget.tokens(1000)));
            assertThat(failure.message())
                    .isEqualTo("agent 'builder' has used up its budget of 250 tokens: 300 tokens in 3 turns; to go on,"
                            + " give it a larger one and resume the run");
            assertThat(failure.details()).containsEntry("of", "agent 'builder'");
        }

        @Test
        void takes_fifty_turns_unless_it_is_told_otherwise() throws Exception {
            Failure failure = failure(run(builder(), Budget.tokens(1_000_000)));
            assertThat(failure.kind()).isEqualTo("agent.max-turns");
            assertThat(failure.message())
                    .isEqualTo("agent 'builder' was stopped after 50 turns without being done; give it a smaller task,"
                            + " or allow it more: maxTurns in its file, or --max-turns 100 for the run");
            assertThat(model.asked).hasSize(50);

            model.asked.clear();
            run(graph(runtime(BUILDER).maxTurns(7), "builder"), Budget.unlimited());
            assertThat(model.asked).hasSize(7);
        }

        @Test
        void never_takes_more_turns_than_its_file_says() throws Exception {
            var strict = Bench.with(BUILDER, OptionalInt.of(3));
            Failure failure = failure(run(graph(runtime(strict), "builder"), Budget.turns(70)));
            assertThat(failure.kind()).isEqualTo("agent.max-turns");
            assertThat(model.asked).hasSize(3);
        }

        @Test
        void is_not_asked_for_dollars_when_nobody_knows_its_price() throws Exception {
            var unpriced = graph(runtime(BUILDER).prices(Prices.bundled()), "builder");
            Failure failure = failure(run(unpriced, Budget.dollars("5")));
            assertThat(failure.kind()).isEqualTo("budget.unpriced");
            assertThat(failure.message()).contains("'builder'", "'test:runaway'", "--max-tokens");
            assertThat(model.asked).isEmpty();

            Outcome outcome = run(unpriced, Budget.turns(4));
            assertThat(failure(outcome).kind()).isEqualTo("budget.turns");
            assertThat(outcome.view().spent().unpriced()).isEqualTo(4);
        }
    }

    @Nested
    class A_colleague {

        Graph team() {
            return graph(runtime(LEAD, BUILDER), "lead");
        }

        A_colleague() {
            model.handingOff("lead", "builder");
        }

        @Test
        void ends_the_run_when_it_uses_up_what_is_the_runs() throws Exception {
            Outcome outcome = run(team(), Budget.turns(20));
            assertThat(failure(outcome).kind()).isEqualTo("budget.turns");
            assertThat(asked("lead")).isEqualTo(1);
            assertThat(asked("builder")).isEqualTo(19);
            assertThat(outcome.view().spent().turns()).isEqualTo(20);
        }

        @Test
        void goes_on_in_the_middle_of_its_work_when_the_run_gets_more() throws Exception {
            try (var orchestrator = Orchestrator.inMemory()) {
                var options = RunOptions.defaults().withId(RUN).withBudget(Budget.tokens(1000));
                orchestrator.start(team(), State.of(TASK, "Do it"), options).await();
                model.asked.clear();
                model.others.put(
                        "builder", request -> Runaway.turn(request) < 12 ? List.of(Runaway.probe(request)) : List.of());
                var larger = ResumeOptions.defaults().withBudget(Budget.tokens(5000));
                AgentResult result =
                        result(orchestrator.resume(RUN, team(), larger).await());
                assertThat(model.asked).containsExactly("builder", "builder", "builder", "lead");
                assertThat(result.spent().turns()).isEqualTo(14);
                assertThat(result.turns()).isEqualTo(2);
                assertThat(probed).hasValue(11);
            }
        }

        @Test
        void that_uses_up_its_own_is_told_to_its_caller_as_a_failed_call_and_what_it_used_counts() throws Exception {
            AgentRuntime each = runtime(LEAD, BUILDER).budget(Budget.turns(5)).build();
            var roomy = graph(each.agent("lead").budget(Budget.turns(50)));
            Outcome outcome = run(roomy, Budget.unlimited());
            AgentResult result = result(outcome);
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .asString()
                    .startsWith("Failed: agent 'builder' did not come to an end: agent 'builder' has used up its budget"
                            + " of 5 turns");
            assertThat(asked("builder")).isEqualTo(5);
            assertThat(result.spent()).isEqualTo(outcome.view().spent());
            assertThat(result.spent().turns()).isEqualTo(7);
        }

        @Test
        void draws_from_its_callers_budget() throws Exception {
            var own = graph(runtime(LEAD, BUILDER).build().agent("lead").budget(Budget.tokens(600)));
            Failure failure = failure(run(own, Budget.unlimited()));
            assertThat(failure.message()).startsWith("agent 'lead' has used up its budget of 600 tokens: 600 tokens");
            assertThat(asked("builder")).isEqualTo(5);
        }
    }

    @Nested
    class Children_at_once {

        Graph team() {
            return graph(runtime(LEAD, BUILDER), "lead");
        }

        Children_at_once() {
            model.handingOff("lead", "builder", "builder", "builder");
        }

        @Test
        void take_no_turn_more_than_there_are() throws Exception {
            assertThat(failure(run(team(), Budget.turns(23))).kind()).isEqualTo("budget.turns");
            assertThat(model.asked).hasSize(23);
        }

        @Test
        void exceed_other_limits_by_no_more_than_a_reply_each() throws Exception {
            Outcome outcome = run(team(), Budget.dollars("2.05"));
            assertThat(failure(outcome).kind()).isEqualTo("budget.cost");
            assertThat(outcome.view().spent().dollars())
                    .isBetween(new BigDecimal("2.05"), new BigDecimal("2.34")); // 2.05 - ε + 3 replies
        }
    }

    @Test
    void nodes_beside_each_other_share_the_runs() throws Exception {
        var graph = Graph.builder("g")
                .channels(TASK)
                .node("begin", (state, context) -> Update.none())
                .node("a", runtime(BUILDER).build().agent("builder").reads(TASK))
                .node("b", runtime(BUILDER).build().agent("builder").reads(TASK))
                .start("begin")
                .edge("begin", "a")
                .edge("begin", "b")
                .build();
        Outcome outcome = run(graph, Budget.turns(31));
        assertThat(outcome.view().failures()).extracting(Failure::kind).containsExactly("budget.turns", "budget.turns");
        assertThat(model.asked).hasSize(31);
    }

    @Test
    void what_a_parked_reply_had_set_aside_is_for_others_meanwhile() throws Exception {
        var parked = new CountDownLatch(1);
        var hour = new ModelException(ModelException.Kind.RATE_LIMITED, "slow down", Duration.ofHours(1));
        AgentNode waits = runtime(BUILDER)
                .model(new FaultyModel("acme:m", hour))
                .retries(new RetryPolicy(2, Duration.ZERO, Duration.ZERO))
                .build()
                .agent("builder")
                .reads(TASK);
        AgentNode works = runtime(BUILDER)
                .model(new FaultyModel("other:m"))
                .build()
                .agent("builder")
                .reads(TASK);
        var graph = Graph.builder("g")
                .channels(TASK)
                .node("begin", (state, context) -> Update.none())
                .node("waits", waits)
                .node("works", (state, context) -> {
                    parked.await();
                    return works.run(state, context);
                })
                .start("begin")
                .edge("begin", "waits")
                .edge("begin", "works")
                .build();
        Consumer<RunEvent> listener = event -> {
            if (event instanceof ModelWait) {
                parked.countDown();
            }
        };
        try (var orchestrator = Orchestrator.builder().listener(listener).build()) {
            var options = RunOptions.defaults().withBudget(Budget.turns(1));
            Outcome outcome =
                    orchestrator.start(graph, State.of(TASK, "Do it"), options).await();
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(outcome.view().spent().turns()).isEqualTo(1);
        }
    }

    @Test
    void a_run_that_is_killed_anywhere_has_what_it_had_and_no_more() throws Exception {
        model.handingOff("lead", "builder", "builder");
        var graph = graph(runtime(LEAD, BUILDER), "lead");
        List<Entry> all = run(graph, Budget.turns(9)).view().entries().stream()
                .map(RunEvent.Recorded::entry)
                .toList();
        for (int end = 2; end < all.size() - 1; end++) {
            var store = new MemoryJournal();
            store.create(RUN, all.subList(0, end));
            store.lapse();
            try (var orchestrator =
                    Orchestrator.builder().journal(store.another()).build()) {
                Outcome outcome = orchestrator.resume(RUN, graph).await();
                assertThat(failure(outcome).kind()).as("after entry " + end).isEqualTo("budget.turns");
                assertThat(outcome.view().spent().turns())
                        .as("after entry " + end)
                        .isEqualTo(9);
            }
        }
    }
}
