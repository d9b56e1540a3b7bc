package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.endpoint.EndpointLimits;
import dev.yardmaster.endpoint.ModelEndpoints;
import dev.yardmaster.endpoint.VirtualTime;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents whose models do not answer at once. */
@Timeout(60)
class ResilienceTest {

    private static final RunId RUN = new RunId("run");

    @TempDir
    Path workspace;

    private final VirtualTime time = new VirtualTime();
    private final MemoryJournal store = new MemoryJournal(time);
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

    private static ModelException fault(Kind kind) {
        return new ModelException(kind, kind + "!");
    }

    private static ModelException[] faults(Kind kind, int count) {
        var faults = new ModelException[count];
        Arrays.setAll(faults, i -> fault(kind));
        return faults;
    }

    private static ModelException told(Duration wait) {
        return new ModelException(Kind.RATE_LIMITED, "slow down", wait);
    }

    /** A runtime of a process of its own. */
    private AgentRuntimeBuilder runtime(Model model) {
        return AgentRuntime.builder()
                .agents(AgentTest.WORKER)
                .workspace(workspace)
                .model(model)
                .retries(new RetryPolicy(6, Duration.ZERO, Duration.ZERO))
                .endpoints(ModelEndpoints.defaults().in(time));
    }

    private static Graph graph(AgentRuntimeBuilder runtime, String... fallback) {
        AgentNode agent = runtime.build().agent("worker");
        return Graph.builder("test")
                .channels(AgentTest.TASK, AgentTest.RESULT)
                .node(
                        "work",
                        (fallback.length == 0 ? agent : agent.fallback(fallback))
                                .reads(AgentTest.TASK)
                                .writes(AgentTest.RESULT))
                .start("work")
                .build();
    }

    private Orchestrator orchestrator() {
        return Orchestrator.builder()
                .journal(store.another())
                .clock(time)
                .listener(heard::add)
                .build();
    }

    private Run start(Orchestrator orchestrator, Graph graph) {
        return orchestrator.start(
                graph, State.of(AgentTest.TASK, "speak"), RunOptions.defaults().withId(RUN));
    }

    private Outcome run(AgentRuntimeBuilder runtime) throws Exception {
        try (var orchestrator = orchestrator()) {
            return start(orchestrator, graph(runtime)).await();
        }
    }

    private static List<ModelAttempt> attempts(RunView view) {
        return view.facts(Fact.Noted.class).stream()
                .peek(noted -> assertThat(noted.about()).isEqualTo("turn/1/model"))
                .map(noted -> noted.note().as(ModelAttempt.class))
                .toList();
    }

    @Nested
    class A_wait_of_an_hour {

        private final Instant open = time.now().plus(Duration.ofHours(1));

        @Test
        void parks_the_run_which_survives_a_restart_and_goes_on_then() throws Exception {
            var model = new FaultyModel("acme:m", fault(Kind.TRANSIENT), told(Duration.ofHours(1)));
            try (var orchestrator = orchestrator()) {
                RunView parked = ((Outcome.Suspended)
                                start(orchestrator, graph(runtime(model))).await())
                        .view();
                assertThat(parked.waitsUntil()).contains(open);
                assertThat(heard)
                        .contains(new ModelWait(
                                parked.nodes().getFirst().path(),
                                "turn/1/model",
                                "acme:m",
                                Optional.of(open),
                                "acme asked for a pause",
                                true));
            }
            time.moveOn(Duration.ofMinutes(30));
            try (var orchestrator = orchestrator()) { // too early
                Outcome outcome =
                        orchestrator.resume(RUN, graph(runtime(model))).await();
                assertThat(((Outcome.Suspended) outcome).view().waitsUntil()).contains(open);
            }
            assertThat(model.requests).as("asked before its time").hasSize(2);

            time.moveOn(Duration.ofMinutes(30));
            try (var orchestrator = orchestrator()) {
                Outcome outcome =
                        orchestrator.resume(RUN, graph(runtime(model))).await();
                assertThat(AgentTest.result(outcome).text()).isEqualTo("acme:m says so");
                assertThat(attempts(outcome.view()))
                        .extracting(each -> each.number() + " " + each.outcome())
                        .containsExactly("1 model.transient", "2 model.rate-limited");
                assertThat(outcome.view().facts(Fact.TimerSet.class)).hasSize(1);
            }
            assertThat(model.requests).hasSize(3);
        }

        @Test
        void counts_the_attempts_of_the_process_before() throws Exception {
            var model = new FaultyModel(
                    "acme:m",
                    fault(Kind.TRANSIENT),
                    fault(Kind.TRANSIENT),
                    told(Duration.ofHours(1)),
                    fault(Kind.TRANSIENT),
                    fault(Kind.TRANSIENT),
                    fault(Kind.TRANSIENT),
                    fault(Kind.TRANSIENT));
            try (var orchestrator = orchestrator()) {
                start(orchestrator, graph(runtime(model))).await();
            }
            time.moveOn(Duration.ofHours(1));
            try (var orchestrator = orchestrator()) {
                Outcome outcome =
                        orchestrator.resume(RUN, graph(runtime(model))).await();
                assertThat(outcome.view().failures())
                        .extracting(Failure::message)
                        .containsExactly("TRANSIENT! (6 attempts)");
            }
            assertThat(model.requests).hasSize(6);
        }

        @Test
        void leads_to_another_model_where_there_is_one() throws Exception {
            var model = new FaultyModel("acme:m", told(Duration.ofHours(1)));

            Outcome outcome = run(runtime(model).fallback(new FaultyModel("other:n")));

            assertThat(AgentTest.result(outcome).text()).isEqualTo("other:n says so");
        }

        @Test
        void is_broken_off_by_a_cancellation() throws Exception {
            try (var orchestrator = orchestrator()) {
                Run run = start(orchestrator, graph(runtime(new FaultyModel("acme:m", told(Duration.ofHours(1))))));
                run.await();
                orchestrator.cancel(RUN, "enough");
                Outcome outcome = run.await();
                while (outcome instanceof Outcome.Suspended) {
                    outcome = run.await();
                }
                assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            }
        }
    }

    @Test
    void a_short_wait_keeps_the_run_going_and_is_told() throws Exception {
        var model = new FaultyModel("acme:m", told(Duration.ofSeconds(60)));
        try (var orchestrator = orchestrator()) {
            Run run = start(orchestrator, graph(runtime(model)));
            time.awaitSleepers(1);
            time.moveOn(Duration.ofSeconds(59));
            time.awaitSleepers(1);
            assertThat(model.requests).hasSize(1);
            time.moveOn(Duration.ofSeconds(1));
            assertThat(AgentTest.result(run.await()).text()).isEqualTo("acme:m says so");
            ModelAttempt attempt = attempts(run.view()).getFirst();
            assertThat(attempt.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(attempt.next()).contains(Instant.parse("2026-01-01T12:01:00Z"));
            assertThat(attempt.request()).hasSize(64);
            assertThat(run.view().facts(Fact.RunSuspended.class)).isEmpty();
        }
    }

    @Test
    void a_cancellation_ends_a_short_wait() throws Exception {
        try (var orchestrator = orchestrator()) {
            Run run = start(orchestrator, graph(runtime(new FaultyModel("acme:m", told(Duration.ofSeconds(60))))));
            time.awaitSleepers(1);
            orchestrator.cancel(RUN, "enough");
            assertThat(run.await()).isInstanceOf(Outcome.Cancelled.class);
        }
    }

    @Test
    void a_reply_that_comes_at_once_leaves_no_notes() throws Exception {
        assertThat(run(runtime(new FaultyModel("acme:m"))).view().facts(Fact.Noted.class))
                .isEmpty();
    }

    @Test
    void runtimes_that_share_endpoints_share_what_a_server_asked_for() throws Exception {
        ModelEndpoints shared = ModelEndpoints.of(EndpointLimits.defaults()).in(time);
        var second = new FaultyModel("acme:small");
        try (var orchestrator = orchestrator()) {
            Run first = start(
                    orchestrator,
                    graph(runtime(new FaultyModel("acme:m", told(Duration.ofSeconds(50))))
                            .endpoints(shared)));
            time.awaitSleepers(1);
            Run other = orchestrator.start(graph(runtime(second).endpoints(shared)), State.of(AgentTest.TASK, "speak"));
            time.awaitSleepers(2);
            assertThat(second.requests).isEmpty();
            time.moveOn(Duration.ofSeconds(50));
            assertThat(first.await()).isInstanceOf(Outcome.Completed.class);
            assertThat(other.await()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Nested
    class Another_model {

        private final FaultyModel other = new FaultyModel("other:n");

        @Test
        void is_asked_after_three_attempts_and_the_reply_says_that_it_answered() throws Exception {
            var model = new FaultyModel("acme:m", faults(Kind.OVERLOADED, 3));

            Outcome outcome = run(runtime(model).fallback(other));

            assertThat(AgentTest.result(outcome).text()).isEqualTo("other:n says so");
            assertThat(model.requests).hasSize(3);
            assertThat(reply(outcome.view()).model()).contains("other:n");
            assertThat(attempts(outcome.view()).getLast().instead()).contains("other:n");
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"QUOTA_EXHAUSTED", "UNKNOWN_MODEL", "FAILED"})
        void is_asked_at_once_where_asking_again_is_no_use(Kind kind) throws Exception {
            var model = new FaultyModel("acme:m", fault(kind));

            assertThat(AgentTest.result(run(runtime(model).fallback(other))).text())
                    .isEqualTo("other:n says so");
            assertThat(model.requests).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"BAD_REQUEST", "CONTENT_FILTERED", "CONTEXT_TOO_LONG", "NOT_AUTHORIZED"})
        void is_not_asked_what_is_wrong_in_itself(Kind kind) throws Exception {
            Outcome outcome =
                    run(runtime(new FaultyModel("acme:m", fault(kind))).fallback(other));

            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(other.requests).isEmpty();
        }

        @Test
        void is_not_sent_what_the_first_provider_wants_back() throws Exception {
            var model = new FaultyModel("acme:m", fault(Kind.UNKNOWN_MODEL));
            var sibling = new FaultyModel("acme:n");
            var request = new ModelRequest(
                    "a",
                    List.of(
                            Message.User.of("go"),
                            new Message.Assistant("went", List.of(), java.util.Map.of("signature", "\"x\"")),
                            Message.User.of("on")),
                    List.of());

            ModelReply reply = of(model, other).of(request);
            of(new FaultyModel("acme:m", fault(Kind.UNKNOWN_MODEL)), sibling).of(request);

            assertThat(attributes(other.requests.getFirst())).isEmpty();
            assertThat(reply.message().attributes()).isEmpty();
            assertThat(attributes(sibling.requests.getFirst())).containsKey("signature");
        }

        private static java.util.Map<String, String> attributes(ModelRequest request) {
            return ((Message.Assistant) request.messages().get(1)).attributes();
        }

        private ReplyAttempts of(Model... chain) {
            var context = new ResumedAgentTest.Replaying(null, "", new java.util.LinkedHashMap<>());
            var line =
                    new ModelLine(RetryPolicy.none(), ModelEndpoints.defaults().in(time), List.of());
            return new ReplyAttempts(
                    List.of(chain), line, context, "turn/1/model", new LiveReply(context, "turn/1/model", false));
        }

        @Test
        void is_the_first_ones_turn_again_with_the_next_reply() throws Exception {
            var model = new FaultyModel("acme:m", faults(Kind.OVERLOADED, 3));
            var runtime = runtime(model).fallback(other);
            try (var orchestrator = orchestrator()) {
                Graph graph = graph(runtime);
                start(orchestrator, graph).await();
                Outcome second = orchestrator
                        .start(graph, State.of(AgentTest.TASK, "again"))
                        .await();
                assertThat(AgentTest.result(second).text()).isEqualTo("acme:m says so");
            }
        }

        @Test
        void of_one_agent_takes_the_place_of_the_runtimes() throws Exception {
            var runtime = runtime(new FaultyModel("acme:m", fault(Kind.UNKNOWN_MODEL)))
                    .models(dev.yardmaster.model.ModelCatalog.builder()
                            .defaultModel(new FaultyModel("acme:m", fault(Kind.UNKNOWN_MODEL)))
                            .model("mine", new FaultyModel("mine:x"))
                            .build())
                    .fallback(other);
            try (var orchestrator = orchestrator()) {
                Outcome outcome = start(orchestrator, graph(runtime, "mine")).await();
                assertThat(AgentTest.result(outcome).text()).isEqualTo("mine:x says so");
            }
        }

        @Test
        void goes_on_being_asked_by_a_process_that_takes_the_reply_up() throws Exception {
            var model = new FaultyModel("acme:m", faults(Kind.UNKNOWN_MODEL, 9));
            var slow = new FaultyModel("other:n", told(Duration.ofHours(1)));
            try (var orchestrator = orchestrator()) {
                start(orchestrator, graph(runtime(model).fallback(slow))).await();
            }
            time.moveOn(Duration.ofHours(1));
            try (var orchestrator = orchestrator()) {
                Outcome outcome = orchestrator
                        .resume(RUN, graph(runtime(model).fallback(slow)))
                        .await();
                assertThat(AgentTest.result(outcome).text()).isEqualTo("other:n says so");
            }
            assertThat(model.requests).hasSize(1);
        }
    }

    @Test
    void an_empty_account_fails_the_run_at_once_and_a_resumed_one_goes_on() throws Exception {
        var model = new FaultyModel("acme:m", fault(Kind.QUOTA_EXHAUSTED));

        assertThat(run(runtime(model)).view().failures())
                .extracting(Failure::kind)
                .containsExactly("model.quota-exhausted");
        assertThat(model.requests).hasSize(1);
        try (var orchestrator = orchestrator()) {
            assertThat(orchestrator.resume(RUN, graph(runtime(model))).await()).isInstanceOf(Outcome.Completed.class);
        }
    }

    private static ModelReply reply(RunView view) {
        return view.facts(Fact.StepFinished.class).stream()
                .filter(step -> step.step().equals("turn/1/model"))
                .findFirst()
                .orElseThrow()
                .output()
                .orElseThrow()
                .as(ModelReply.class);
    }
}
