package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.AgentRuntimeBuilder;
import dev.yardmaster.agent.Interceptor;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DispatcherTest {

    static final AgentCatalog TEAM = AgentCatalog.builder()
            .definitions(List.of(
                    AgentDefinition.of("database-tuner", "Makes slow SQL queries and indexes fast.", "You tune SQL."),
                    AgentDefinition.of("copy-editor", "Mends spelling and style of prose.", "You edit prose.")))
            .build();
    static final ScriptedModel SCRIPT = ScriptedModel.replies(
                    "database-tuner",
                    ScriptedReply.call("Glob", Map.of("pattern", "*.sql")).usage(10, 2),
                    ScriptedReply.say("An index helps.").usage(20, 3),
                    ScriptedReply.say("It is idx_orders.").usage(30, 4))
            .and("copy-editor", "Mended.");

    @TempDir
    Path workspace;

    AgentRuntimeBuilder runtime() {
        return AgentRuntime.builder().catalog(TEAM).model(SCRIPT).workspace(workspace);
    }

    static Outcome run(Graph graph, State input, RunOptions options) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, input, options).await();
        }
    }

    static Outcome run(Graph graph, String task) throws InterruptedException {
        return run(graph, State.of(Dispatcher.TASK, task), RunOptions.defaults());
    }

    static State completed(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state();
    }

    @Nested
    class A_task {
        @Test
        void goes_to_the_specialist_that_fits_and_the_route_is_recorded() throws Exception {
            var outcome = run(Dispatcher.lexical(runtime().build()).graph(), "this SQL query is slow");

            AgentResult result = completed(outcome).get(Dispatcher.RESULT);
            assertThat(result.agent()).isEqualTo("database-tuner");
            assertThat(result.model()).isEqualTo("script:inline");
            assertThat(result.scripted()).isTrue();
            assertThat(result.usage())
                    .isEqualTo(new Usage(30, 5))
                    .isEqualTo(outcome.view().usage());
            Route recorded = outcome.view().facts(Fact.StepFinished.class).stream()
                    .filter(step -> step.step().equals("route"))
                    .map(step -> step.output().orElseThrow().as(Route.class))
                    .findFirst()
                    .orElseThrow();
            assertThat(recorded).isEqualTo(completed(outcome).get(Dispatcher.ROUTE));
            assertThat(recorded.match().stage()).isEqualTo(Match.Stage.LEXICAL);
            assertThat(recorded.profile().orElseThrow().model()).isEqualTo("script:inline");
        }

        @Test
        void that_fits_nobody_is_declined_and_names_the_way_out() throws Exception {
            var view = run(Dispatcher.lexical(runtime().build()).graph(), "zzz").view();

            assertThat(view.status()).isEqualTo(RunStatus.FAILED);
            assertThat(view.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo("no-specialist");
                assertThat(failure.message()).contains("--agent");
            });
            assertThat(view.visited()).containsExactly("route");
        }

        @Test
        void goes_to_the_agent_that_was_named_whatever_its_words() throws Exception {
            var outcome = run(Dispatcher.lexical(runtime().build()).graph("copy-editor"), "this SQL query is slow");

            assertThat(completed(outcome).get(Dispatcher.ROUTE).match().reason())
                    .isEqualTo("it was named");
            assertThat(completed(outcome).get(Dispatcher.RESULT).text()).isEqualTo("Mended.");
        }

        @Test
        void for_an_unknown_agent_is_refused_with_the_nearest_name() {
            var dispatcher = Dispatcher.lexical(runtime().build());
            assertThatExceptionOfType(UnknownAgentException.class)
                    .isThrownBy(() -> dispatcher.named("x", "copy-editer"))
                    .withMessageContaining("copy-editor");
        }
    }

    @Nested
    class A_follow_up {
        final List<ModelRequest> asked = new CopyOnWriteArrayList<>();

        RunView earlier() throws Exception {
            Files.writeString(workspace.resolve("q.sql"), "select 1");
            return run(Dispatcher.lexical(runtime().build()).graph(), "this SQL query is slow")
                    .view();
        }

        @Test
        void goes_to_the_same_agent_with_the_earlier_conversation_before_its_eyes() throws Exception {
            RunView earlier = earlier();
            var followUp = FollowUp.of(earlier, "what is its name?");
            var recording = runtime().intercept(new Interceptor() {
                @Override
                public ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
                    asked.add(request);
                    return next.proceed(request);
                }
            });

            var outcome = run(Dispatcher.lexical(recording.build()).graph(), followUp.input(), followUp.options());

            assertThat(completed(outcome).get(Dispatcher.RESULT).text()).isEqualTo("It is idx_orders.");
            assertThat(completed(outcome).get(Dispatcher.ROUTE).match().reason())
                    .isEqualTo("it goes on from its earlier work");
            assertThat(outcome.view().labels())
                    .containsEntry(FollowUp.CONTINUES, earlier.id().value());
            assertThat(asked)
                    .singleElement()
                    .satisfies(request -> assertThat(request.messages())
                            .satisfiesExactly(
                                    system -> assertThat(system).isInstanceOf(Message.System.class),
                                    task -> assertThat(((Message.User) task).text())
                                            .isEqualTo("this SQL query is slow"),
                                    call -> assertThat(((Message.Assistant) call).calls())
                                            .hasSize(1),
                                    result -> assertThat(((Message.ToolOutput) result).text())
                                            .contains("q.sql"),
                                    words -> assertThat(((Message.Assistant) words).text())
                                            .isEqualTo("An index helps."),
                                    next -> assertThat(((Message.User) next).text())
                                            .isEqualTo("what is its name?")));
        }

        @Test
        void can_be_followed_itself() throws Exception {
            var first = FollowUp.of(earlier(), "what is its name?");
            var second = FollowUp.of(
                    run(Dispatcher.lexical(runtime().build()).graph(), first.input(), first.options())
                            .view(),
                    "and?");

            assertThat(second.input().get(Dispatcher.EARLIER).messages())
                    .filteredOn(Message.System.class::isInstance)
                    .hasSize(1);
            assertThat(second.input().get(Dispatcher.EARLIER).messages())
                    .filteredOn(Message.User.class::isInstance)
                    .extracting(message -> ((Message.User) message).text())
                    .containsExactly("this SQL query is slow", "what is its name?");
        }

        @Test
        void of_a_run_that_was_cancelled_is_told_what_ended_before_it_was_done() throws Exception {
            var begun = new CountDownLatch(1);
            var stuck = runtime().intercept(new Interceptor() {
                @Override
                public ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
                    begun.countDown();
                    Thread.sleep(Duration.ofHours(1));
                    return next.proceed(call);
                }
            });
            RunView cancelled;
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(
                        Dispatcher.lexical(stuck.build()).graph(), State.of(Dispatcher.TASK, "this SQL query is slow"));
                begun.await();
                orchestrator.cancel(run.id(), "enough");
                cancelled = run.await().view();
            }
            assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(FollowUp.of(cancelled, "go on")
                            .input()
                            .get(Dispatcher.EARLIER)
                            .messages())
                    .last()
                    .isInstanceOfSatisfying(
                            Message.ToolOutput.class,
                            output ->
                                    assertThat(output.text()).contains("ended before it was done", "changes nothing"));
        }

        @Test
        void needs_a_run_in_which_an_agent_worked() throws Exception {
            var graph = Graph.builder("plain")
                    .channels(Dispatcher.TASK)
                    .node("nothing", (state, context) -> Update.none())
                    .start("nothing")
                    .build();
            RunView plain = run(graph, "x").view();
            assertThatExceptionOfType(NothingToFollowException.class)
                    .isThrownBy(() -> FollowUp.of(plain, "go on"))
                    .withMessageContaining("no agent began to work in it");
            assertThat(Optional.of(plain.status())).contains(RunStatus.COMPLETED);
        }
    }
}
