package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InterceptorTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final ScriptedModel READING = ScriptedModel.replies(
            "worker", ScriptedReply.call("Read", Map.of("file_path", "a.txt")), ScriptedReply.say("done"));

    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path workspace;

    Outcome run(ScriptedModel model, Interceptor... interceptors) throws Exception {
        return run(AgentRuntime.builder().model(model), interceptors);
    }

    Outcome run(AgentRuntimeBuilder runtime, Interceptor... interceptors) throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "token=s3cret\n");
        var agent = runtime.agents(AgentDefinition.of("worker", "Works", "You work."))
                .workspace(workspace)
                .policy(Policy.acceptEdits().with(Rule.allow("Bash(touch ok)", "test"), Rule.allow("Order", "test")))
                .retries(RetryPolicy.none())
                .intercept(interceptors)
                .build()
                .agent("worker");
        var graph = Graph.builder("test")
                .channels(TASK, RESULT)
                .node("work", agent.reads(TASK).writes(RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, State.of(TASK, "do it")).await();
        }
    }

    /** Looks on, and says so. */
    Interceptor watching(String name) {
        return new Interceptor() {
            @Override
            public ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
                seen.add(name + " before " + next.model());
                ModelReply reply = next.proceed(request);
                seen.add(name + " after " + next.model());
                return reply;
            }

            @Override
            public ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
                seen.add(name + " before " + next.agent() + " " + next.tool() + " " + next.effect());
                ToolResult result = next.proceed(call);
                seen.add(name + " after " + next.tool());
                return result;
            }
        };
    }

    @FunctionalInterface
    interface AroundCall extends Interceptor {
        ToolResult around(ToolCall call, NextCall next) throws Exception;

        @Override
        default ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
            return around(call, next);
        }
    }

    @FunctionalInterface
    interface AroundReply extends Interceptor {
        ModelReply around(ModelRequest request, NextReply next) throws Exception;

        @Override
        default ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
            return around(request, next);
        }
    }

    static void completed(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
    }

    static String journal(RunView view) {
        return view.entries().stream()
                .map(recorded -> recorded.entry().json())
                .reduce("", (all, each) -> all + "\n" + each);
    }

    @Test
    void the_first_is_the_outermost() throws Exception {
        completed(run(READING, watching("outer"), watching("inner")));
        assertThat(seen)
                .startsWith(
                        "outer before script:inline",
                        "inner before script:inline",
                        "inner after script:inline",
                        "outer after script:inline",
                        "outer before worker Read READ_ONLY",
                        "inner before worker Read READ_ONLY",
                        "inner after Read",
                        "outer after Read");
    }

    @Nested
    class What_comes_out {
        @Test
        void is_what_is_recorded_and_what_the_model_sees() throws Exception {
            AroundCall redacting = (call, next) -> next.proceed(call) instanceof ToolResult.Text text
                    ? new ToolResult.Text(text.text().replace("s3cret", "•••"))
                    : new ToolResult.Rejected("no text");
            var outcome = run(READING, redacting);
            completed(outcome);
            assertThat(journal(outcome.view())).contains("token=•••").doesNotContain("s3cret");
            assertThat(Transcript.lastOf(outcome.view()).orElseThrow().messages())
                    .anySatisfy(message -> assertThat(message)
                            .isInstanceOfSatisfying(
                                    Message.ToolOutput.class,
                                    output -> assertThat(output.text()).contains("token=•••")));
        }

        @Test
        void of_a_changed_request_is_for_this_reply_only() throws Exception {
            AroundReply adding = (request, next) -> {
                seen.add(request.messages().size() + " messages");
                var more = new ArrayList<>(request.messages());
                more.add(Message.User.of("be brief"));
                return next.proceed(new ModelRequest(request.agent(), more, request.tools()));
            };
            completed(run(READING, adding));
            assertThat(seen).containsExactly("2 messages", "4 messages");
        }

        @Test
        void may_be_an_answer_of_its_own_and_then_nothing_is_called_or_measured() throws Exception {
            var meters = new SimpleMeterRegistry();
            AroundReply answering = (request, next) ->
                    new ModelReply(Message.Assistant.of("from the cache"), Usage.none(), ModelReply.Finish.STOP);
            var outcome = run(AgentRuntime.builder().model(READING).meters(meters), answering);
            completed(outcome);
            assertThat(((Outcome.Completed) outcome).state().get(RESULT).text()).isEqualTo("from the cache");
            assertThat(meters.find("gen_ai.client.operation.duration").timers()).isEmpty();
        }

        @Test
        void may_be_a_refusal_that_the_model_is_told() throws Exception {
            AroundCall refusing = (call, next) -> new ToolResult.Rejected("not on Sundays");
            var outcome = run(READING, refusing);
            completed(outcome);
            assertThat(journal(outcome.view())).contains("not on Sundays").doesNotContain("s3cret");
        }
    }

    @Nested
    class A_changed_call {
        static final ScriptedModel TOUCHING = ScriptedModel.replies(
                "worker", ScriptedReply.call("Bash", Map.of("command", "touch ok")), ScriptedReply.say("done"));

        AroundCall to(String tool, Map<String, String> arguments) {
            return (call, next) -> next.proceed(new ToolCall(call.id(), tool, Json.of(arguments)));
        }

        String told(Outcome outcome) {
            completed(outcome);
            return AgentTest.results(outcome.view()).getFirst().forModel();
        }

        @Test
        void runs_when_the_policy_allows_it_as_well() throws Exception {
            Files.writeString(workspace.resolve("b.txt"), "the other one\n");
            assertThat(told(run(READING, to("Read", Map.of("file_path", "b.txt")))))
                    .contains("the other one");
        }

        @Test
        void does_not_run_when_somebody_would_have_to_be_asked() throws Exception {
            assertThat(told(run(TOUCHING, to("Bash", Map.of("command", "echo hi | tee other")))))
                    .contains("not run", "interceptor", "not allowed without asking");
            assertThat(workspace.resolve("other")).doesNotExist();
        }

        @Test
        void does_not_run_as_another_tool() throws Exception {
            assertThat(told(run(READING, to("Bash", Map.of("command", "touch ok")))))
                    .contains("made it a call of 'Bash'");
            assertThat(workspace.resolve("ok")).doesNotExist();
        }

        @Test
        void does_not_run_when_it_does_more_than_was_recorded() throws Exception {
            var looking = ScriptedModel.replies(
                    "worker", ScriptedReply.call("Order", Map.of("do", "look")), ScriptedReply.say("done"));
            var shop = AgentRuntime.builder().model(looking).tools(new OrderTool());
            assertThat(told(run(shop, to("Order", Map.of("do", "cancel")))))
                    .contains("does more than what was permitted");
            assertThat(told(run(shop, to("Order", Map.of("do", "look"))))).isEqualTo("did look");
        }

        /** Reads when it is told to look, and changes something otherwise. */
        static final class OrderTool implements Tool {
            @Override
            public String name() {
                return "Order";
            }

            @Override
            public String description() {
                return "Orders";
            }

            @Override
            public Json parameters() {
                return Json.parse("{\"type\":\"object\",\"properties\":{\"do\":{\"type\":\"string\"}}}");
            }

            @Override
            public Effect effect(ToolCall call) {
                return call.arguments().text().contains("look") ? Effect.READ_ONLY : Effect.ONCE;
            }

            @Override
            public List<Access> accesses(ToolCall call, Workspace workspace) {
                return List.of(new Access.Unknown());
            }

            @Override
            public ToolResult run(ToolCall call, ToolContext context) {
                return new ToolResult.Text("did " + Arguments.of(this, call).text("do"));
            }
        }

        @Test
        void whose_effect_is_not_repeatable_runs_once() throws Exception {
            AroundCall twice = (call, next) -> {
                next.proceed(call);
                return next.proceed(call);
            };
            var view = run(TOUCHING, twice).view();
            assertThat(view.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.message()).contains("twice"));
        }
    }

    @Nested
    class An_interceptor_that_fails {
        @Test
        void ends_the_work_with_its_name_and_its_reason() throws Exception {
            AroundCall broken = (call, next) -> {
                throw new java.io.IOException("vault is sealed");
            };
            var view = run(READING, broken).view();
            assertThat(view.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo("interceptor");
                assertThat(failure.message())
                        .contains("around a call of Read by agent 'worker'", "vault is sealed", "take it out");
            });
            assertThat(journal(view)).doesNotContain("s3cret");
        }

        @Test
        void by_returning_nothing_is_told_so() throws Exception {

            AroundReply nothing = (request, next) -> nothing();
            assertThat(run(READING, nothing).view().failures().getFirst().message())
                    .contains("around a reply of script:inline to agent 'worker'", "returned null");
        }

        private static ModelReply nothing() {
            return null;
        }

        @Test
        void is_not_blamed_for_what_the_model_threw() throws Exception {
            var view = run(ScriptedModel.replies("worker", new ScriptedReply[0]), watching("w"))
                    .view();
            assertThat(view.failures().getFirst().kind()).isEqualTo("model.bad-request");
            AroundReply answering = (request, next) -> {
                try {
                    return next.proceed(request);
                } catch (ModelException e) {
                    return new ModelReply(Message.Assistant.of("fallback"), Usage.none(), ModelReply.Finish.STOP);
                }
            };
            completed(run(ScriptedModel.replies("worker", new ScriptedReply[0]), answering));
        }
    }
}
