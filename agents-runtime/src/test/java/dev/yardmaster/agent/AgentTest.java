package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Responder;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final AgentDefinition WORKER = AgentDefinition.of("worker", "Works", "You work.");
    static final Responder NOBODY = (run, id, question) -> Optional.empty();

    @TempDir
    Path workspace;

    AgentRuntimeBuilder runtime(AgentDefinition agent) {
        return AgentRuntime.builder().agents(agent).workspace(workspace).policy(Policy.acceptEdits());
    }

    static Model script(String replies) {
        return ScriptedModel.parse("version: 1\nagents:\n  worker:\n" + replies.indent(4), "test.yaml");
    }

    Outcome run(AgentRuntimeBuilder runtime) throws Exception {
        return run(runtime, NOBODY);
    }

    Outcome run(AgentRuntimeBuilder runtime, Responder responder) throws Exception {
        var graph = Graph.builder("test")
                .channels(TASK, RESULT)
                .node("work", runtime.build().agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.builder().responder(responder).build()) {
            return orchestrator.start(graph, State.of(TASK, "do it")).await();
        }
    }

    static AgentResult result(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(RESULT);
    }

    /** The results of all calls, by turn and place in the reply: calls of one reply are recorded as they finish. */
    static List<ToolResult> results(RunView view) {
        var results = new TreeMap<AgentStep, ToolResult>(
                Comparator.comparingInt(AgentStep::turn).thenComparingInt(step -> step.call()));
        for (Fact.StepFinished finished : view.facts(Fact.StepFinished.class)) {
            AgentStep.find(finished.step())
                    .filter(step -> step.kind() == AgentStep.Kind.CALL)
                    .ifPresent(step ->
                            results.put(step, finished.output().orElseThrow().as(ToolResult.class)));
        }
        return List.copyOf(results.values());
    }

    @Nested
    class Its_turns {
        @Test
        void go_on_until_it_calls_no_more_tools() throws Exception {
            Files.writeString(workspace.resolve("a.txt"), "hello\n");
            var outcome = run(runtime(WORKER).model(script("""
                            - say: "Let me look."
                              call: {Read: {file_path: a.txt}}
                              capture: {word: "1\\\\t(\\\\w+)"}
                            - say: "It says ${word}."
                            """)));
            assertThat(result(outcome).text()).isEqualTo("It says hello.");
            assertThat(result(outcome).turns()).isEqualTo(2);
            assertThat(result(outcome).toolCalls()).isEqualTo(1);
        }

        @Test
        void are_recorded_under_names_that_a_resume_finds_again() throws Exception {
            Files.writeString(workspace.resolve("a.txt"), "hello\n");
            var view = run(runtime(WORKER).model(script("""
                                            - call: [{Read: {file_path: a.txt}}, {Glob: {pattern: "*.txt"}}]
                                            - say: done
                                            """))).view();
            assertThat(view.facts(Fact.StepStarted.class))
                    .extracting(Fact.StepStarted::step)
                    .contains(
                            "agent",
                            "turn/1/model",
                            "turn/1/call/1/decision",
                            "turn/1/call/1",
                            "turn/1/call/2/decision",
                            "turn/1/call/2",
                            "turn/2/model");
        }

        @Test
        void end_with_an_error_when_they_run_out() throws Exception {
            var view = run(runtime(WORKER).model((ModelOnly) request -> new ModelReply(
                            Message.Assistant.of(
                                    "again",
                                    new dev.yardmaster.tool.ToolCall(
                                            "x",
                                            "Glob",
                                            dev.yardmaster.event.Json.of(Map.of(
                                                    "pattern",
                                                    "*" + request.messages().size())))),
                            Usage.none(),
                            ModelReply.Finish.TOOL_CALLS)))
                    .view();
            assertThat(view.failures().getFirst().message()).contains("'worker' was stopped after 50 turns");
        }

        @Test
        void end_with_an_error_when_it_makes_the_same_call_over_and_over() throws Exception {
            var view = run(runtime(WORKER).model((ModelOnly) request -> new ModelReply(
                            Message.Assistant.of(
                                    "again",
                                    new dev.yardmaster.tool.ToolCall(
                                            "x", "Glob", dev.yardmaster.event.Json.of(Map.of("pattern", "*")))),
                            Usage.none(),
                            ModelReply.Finish.TOOL_CALLS)))
                    .view();
            assertThat(view.failures().getFirst().message()).contains("same call 6 times in a row (Glob)");
            assertThat(results(view)).filteredOn(ToolResult::succeeded).hasSize(2);
        }
    }

    /** A model without a name of its own. */
    interface ModelOnly extends Model {
        @Override
        default String name() {
            return "test";
        }
    }

    @Nested
    class What_it_may_not_do {
        @Test
        void is_told_to_the_model_and_does_not_end_the_run() throws Exception {
            var outcome = run(runtime(WORKER.withTools("Read", "Bash"))
                    .policy(Policy.of(Mode.DONT_ASK))
                    .model(script("""
                                    - call: [{Wriet: {}}, {Write: {file_path: a, content: x}}, {Read: {path: a}}, {Bash: {command: "touch x"}}]
                                    - say: done
                                    """)));
            assertThat(results(outcome.view()))
                    .extracting(ToolResult::forModel)
                    .satisfiesExactly(
                            unknown -> assertThat(unknown).contains("no tool 'Wriet'", "It has: Read, Bash"),
                            ungranted -> assertThat(ungranted).contains("no tool 'Write'"),
                            malformed ->
                                    assertThat(malformed).contains("no parameter 'path'", "'file_path' is missing"),
                            denied -> assertThat(denied).contains("not permitted", "dontAsk"));
            assertThat(workspace.resolve("x")).doesNotExist();
            assertThat(result(outcome).text()).isEqualTo("done");
        }

        @Test
        void is_read_only_in_plan_mode_whatever_the_runtime_allows() throws Exception {
            var outcome = run(runtime(WORKER.withPermissionMode("plan"))
                    .policy(Policy.of(Mode.BYPASS))
                    .model(script("""
                                    - call: [{Write: {file_path: a, content: x}}, {Bash: {command: "touch x"}}, {Bash: {command: "ls"}}]
                                    - say: done
                                    """)));
            assertThat(results(outcome.view()))
                    .extracting(ToolResult::succeeded)
                    .containsExactly(false, false, true);
            assertThat(workspace).isEmptyDirectory();
        }

        @Test
        void stays_so_when_its_file_asks_for_more_than_the_runtime_allows() throws Exception {
            var outcome = run(runtime(WORKER.withPermissionMode("bypassPermissions"))
                    .policy(Policy.of(Mode.DONT_ASK))
                    .model(script("- call: {Bash: {command: \"touch x\"}}\n- say: done")));
            assertThat(results(outcome.view())).singleElement().matches(each -> !each.succeeded());
        }

        @Test
        void leaves_an_agent_whose_tools_are_all_unknown_unstarted() {
            assertThatExceptionOfType(NoToolsException.class)
                    .isThrownBy(() -> runtime(WORKER.withTools("Grpe"))
                            .model(ScriptedModel.replies("worker", "x"))
                            .build()
                            .agent("worker"))
                    .withMessageContaining("Grpe")
                    .withMessageContaining(
                            "Available: Read, Write, Edit, MultiEdit, NotebookEdit, LS, Glob, Grep, Bash, BashOutput, KillShell");
        }

        @Test
        void includes_all_tools_when_its_list_is_empty() throws Exception {
            var profile = runtime(WORKER.withTools())
                    .model(ScriptedModel.replies("worker", "x"))
                    .build()
                    .profile("worker");
            assertThat(profile.tools()).isEmpty();
        }
    }

    @Nested
    class A_call_that_is_asked_for {
        final String asking = "- call: {Bash: {command: \"echo hi | tee x\"}}\n- say: done";

        @Test
        void suspends_the_run_when_nobody_is_there() throws Exception {
            var graph = Graph.builder("test")
                    .channels(TASK, RESULT)
                    .node(
                            "work",
                            runtime(WORKER)
                                    .model(script(asking))
                                    .build()
                                    .agent("worker")
                                    .reads(TASK))
                    .start("work")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                var run = orchestrator.start(graph, State.of(TASK, "x"));
                var question = ((Outcome.Suspended) run.await())
                        .view()
                        .questions()
                        .entrySet()
                        .iterator()
                        .next();
                assertThat(question.getValue().text()).isEqualTo("worker wants to run: echo hi | tee x");
                assertThat(question.getValue().details()).containsEntry("rule", "mode acceptEdits");
                orchestrator.answer(run.id(), new Answer(question.getKey(), "allow", "", "test"));
                assertThat(run.await()).isInstanceOf(Outcome.Completed.class);
                assertThat(workspace.resolve("x")).exists();
            }
        }

        @Test
        void does_not_run_when_it_is_denied_and_the_model_is_told_why() throws Exception {
            var outcome = run(runtime(WORKER).model(script(asking)), answering("deny", "use Write"));
            assertThat(results(outcome.view()))
                    .singleElement()
                    .satisfies(result -> assertThat(result.forModel()).isEqualTo("Rejected: not approved: use Write"));
            assertThat(workspace.resolve("x")).doesNotExist();
        }

        @Test
        void is_not_asked_for_again_after_always() throws Exception {
            var outcome = run(runtime(WORKER).model(script("""
                                            - call: {Bash: {command: "echo hi | tee x"}}
                                            - call: {Bash: {command: "echo hi | tee x"}}
                                            - say: done
                                            """)), answering("always", ""));
            assertThat(outcome.view().facts(Fact.QuestionAsked.class)).hasSize(1);
            assertThat(results(outcome.view())).hasSize(2).allMatch(ToolResult::succeeded);
        }

        @Test
        void runs_as_a_person_changed_it_and_the_model_is_told() throws Exception {
            Responder editing = (run, id, question) -> Optional.of(
                    new Answer(id, question.choices().isEmpty() ? "echo changed | tee y" : "edit", "", "test"));
            var outcome = run(runtime(WORKER).model(script(asking)), editing);
            assertThat(results(outcome.view()))
                    .singleElement()
                    .satisfies(result -> assertThat(result.forModel())
                            .contains("A person changed this call", "echo changed | tee y"));
            assertThat(workspace.resolve("y")).hasContent("changed");
            assertThat(workspace.resolve("x")).doesNotExist();
        }

        Responder answering(String choice, String reason) {
            return (RunId run, String id, Question question) -> Optional.of(new Answer(id, choice, reason, "test"));
        }
    }

    @Nested
    class Its_checklist {
        final AgentDefinition careful = WORKER.withChecklist("Tests written", "No secrets in logs");

        AgentRuntimeBuilder with(String verdicts) {
            return runtime(careful)
                    .policy(Policy.acceptEdits().with(Rule.allow("Bash(true)", "test")))
                    .model(script("- call: {Bash: {command: \"true\"}}\n- say: I am done.\n" + verdicts));
        }

        @Test
        void is_shown_item_by_item_citing_calls() throws Exception {
            var outcome = run(with("""
                            - say: |
                                ```json
                                {"checklist": [{"item": 1, "verdict": "done", "calls": ["1.1"], "note": "ran"},
                                 {"item": 2, "verdict": "not_applicable", "note": "nothing is logged"}]}
                                ```
                            """));
            assertThat(result(outcome).text()).isEqualTo("I am done.");
            assertThat(result(outcome).isDone()).isTrue();
            assertThat(result(outcome).checklist().orElseThrow().items())
                    .extracting(ChecklistReport.Item::verdict)
                    .containsExactly(ChecklistReport.Verdict.DONE, ChecklistReport.Verdict.NOT_APPLICABLE);
        }

        @Test
        void is_not_believed_without_a_call_that_was_really_made() throws Exception {
            String claim = """
                    - say: '{"checklist": [{"item": 1, "verdict": "done", "calls": ["9.9"]}, {"item": 2, "verdict": "done"}]}'
                    """;
            var outcome = run(with(claim + claim + claim));
            assertThat(result(outcome).isDone()).isFalse();
            assertThat(result(outcome).checklist().orElseThrow().items())
                    .extracting(ChecklistReport.Item::note)
                    .containsExactly(
                            "said to be done, citing calls that were never made: 9.9",
                            "said to be done, but no tool call was cited");
            assertThat(result(outcome).turns()).isEqualTo(5);
        }

        @Test
        void goes_back_to_the_agent_while_items_are_open() throws Exception {
            var outcome = run(with("""
                            - say: '{"checklist": [{"item": 1, "verdict": "open", "note": "later"}, {"item": 2, "verdict": "not_applicable", "note": "no logs"}]}'
                            - call: {Write: {file_path: test.py, content: "x"}}
                            - say: '{"checklist": [{"item": 1, "verdict": "done", "calls": ["4.1"]}, {"item": 2, "verdict": "not_applicable", "note": "no logs"}]}'
                            """));
            assertThat(result(outcome).isDone()).isTrue();
            assertThat(workspace.resolve("test.py")).exists();
        }
    }

    @Nested
    class A_model_that_fails {
        final RetryPolicy quick = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));

        @Test
        void is_asked_again_when_that_may_help_and_every_call_is_measured() throws Exception {
            var attempts = new ArrayList<ModelRequest>();
            var meters = new SimpleMeterRegistry();
            var outcome = run(runtime(WORKER).retries(quick).meters(meters).model((ModelOnly) request -> {
                attempts.add(request);
                if (attempts.size() < 3) {
                    throw new ModelException(ModelException.Kind.TRANSIENT, "cut off");
                }
                return new ModelReply(Message.Assistant.of("ok"), new Usage(10, 5), ModelReply.Finish.STOP);
            }));
            assertThat(result(outcome).text()).isEqualTo("ok");
            assertThat(attempts).hasSize(3);
            assertThat(meters.get("gen_ai.client.operation.duration").timer().count())
                    .isEqualTo(1);
            assertThat(meters.get("gen_ai.client.token.usage")
                            .tag("gen_ai.token.type", "input")
                            .summary()
                            .totalAmount())
                    .isEqualTo(10);
            assertThat(outcome.view().usage()).isEqualTo(new Usage(10, 5));
        }

        @Test
        void is_not_asked_again_when_it_cannot_help() throws Exception {
            var attempts = new ArrayList<ModelRequest>();
            var view = run(runtime(WORKER).retries(quick).model((ModelOnly) request -> {
                        attempts.add(request);
                        throw new ModelException(ModelException.Kind.NOT_AUTHORIZED, "no key");
                    }))
                    .view();
            assertThat(attempts).hasSize(1);
            assertThat(view.failures().getFirst().kind()).isEqualTo("model.not-authorized");
        }

        @Test
        void that_is_a_script_names_agent_and_turn_when_it_runs_out() throws Exception {
            var view = run(runtime(WORKER).model(script("- call: {Bash: {command: \"ls\"}}")))
                    .view();
            assertThat(view.failures().getFirst().message())
                    .contains("test.yaml", "agent 'worker'", "asks for reply 2");
        }
    }
}
