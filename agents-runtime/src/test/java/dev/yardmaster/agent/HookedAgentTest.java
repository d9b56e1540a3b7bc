package dev.yardmaster.agent;

import static dev.yardmaster.agent.Bench.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.AgentReader;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.hook.Hook;
import dev.yardmaster.hook.HookAnswer;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookInput;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HookedAgentTest {

    private static final String WRITING = "- call: {Write: {file_path: new.txt, content: x}}\n- say: done\n";

    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path temporary;

    private Bench bench;

    @BeforeEach
    void here() throws Exception {
        bench = new Bench(temporary.toRealPath());
        Files.writeString(bench.workspace().resolve("a.txt"), "one\n");
    }

    private Hook at(HookEvent event, HookAnswer answer) {
        return Hook.of(event, "test", input -> noted(input, answer));
    }

    private HookAnswer noted(HookInput input, HookAnswer answer) {
        asked.add(input.json().as(JsonNode.class));
        return answer;
    }

    private AgentRuntimeBuilder runtime(String script, Hook... hooks) {
        return bench.runtime(Bench.WORKER).model(Bench.script(script)).hooks(Hooks.of(hooks));
    }

    private Path there(String file) {
        return bench.workspace().resolve(file);
    }

    private static String task(Outcome outcome) {
        return Transcript.lastOf(outcome.view()).orElseThrow().messages().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).text())
                .findFirst()
                .orElseThrow();
    }

    private static String question(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
        return outcome.view().questions().values().iterator().next().text();
    }

    @Nested
    class Before_a_call {

        @Test
        void a_hook_is_told_what_the_format_says() throws Exception {
            bench.run(runtime(WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.none())));
            assertThat(asked).singleElement().satisfies(json -> {
                assertThat(json.path("hook_event_name").asText()).isEqualTo("PreToolUse");
                assertThat(json.path("tool_name").asText()).isEqualTo("Write");
                assertThat(json.path("tool_input").path("file_path").asText())
                        .isEqualTo(there("new.txt").toString());
                assertThat(json.path("tool_use_id").asText()).isEqualTo("call-1-1");
                assertThat(json.path("cwd").asText())
                        .isEqualTo(bench.workspace().toString());
                assertThat(json.path("permission_mode").asText()).isEqualTo("acceptEdits");
                assertThat(json.path("session_id").asText()).isNotEmpty();
                assertThat(json.path("transcript_path").asText()).endsWith(".jsonl");
                assertThat(json.has("agent_id")).isFalse();
            });
        }

        @Test
        void one_that_denies_keeps_it_from_running_and_the_model_hears_why() throws Exception {
            Outcome outcome =
                    bench.run(runtime(WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.deny("not on a Friday"))));
            assertThat(Bench.told(outcome)).containsExactly("Rejected: not permitted (hook, test): not on a Friday");
            assertThat(there("new.txt")).doesNotExist();
        }

        @Test
        void one_that_asks_has_a_person_asked_for_what_the_policy_allows() throws Exception {
            Outcome outcome = bench.run(runtime(WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.ask("look at it"))));
            assertThat(question(outcome)).isEqualTo("worker wants to change " + there("new.txt"));
            assertThat(there("new.txt")).doesNotExist();
        }

        @Test
        void one_that_asks_denies_where_nothing_is_asked_for() throws Exception {
            Policy policy = Policy.of(Mode.DONT_ASK).with(Rule.allow("Edit", "test"));
            Outcome outcome = bench.run(runtime(WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.ask("")))
                    .policy(policy));
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told -> assertThat(told).contains("dontAsk"));
        }

        @Test
        void one_that_allows_is_as_good_as_an_allow_rule() throws Exception {
            Outcome outcome = bench.run(runtime(WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.allow("fine")))
                    .policy(Policy.of(Mode.DEFAULT)));
            Bench.result(outcome);
            assertThat(there("new.txt")).hasContent("x");
        }

        @Test
        void one_that_allows_is_no_better_than_an_allow_rule() throws Exception {
            Hook allowing = at(HookEvent.PRE_TOOL_USE, HookAnswer.allow("fine"));
            Policy denying = Policy.acceptEdits().with(Rule.deny("Edit(new.txt)", "test"));
            assertThat(Bench.told(bench.run(runtime(WRITING, allowing).policy(denying))))
                    .singleElement()
                    .satisfies(told -> assertThat(told).contains("not permitted (Edit(new.txt)"));
            Policy asking = Policy.acceptEdits().with(Rule.ask("Edit(new.txt)", "test"));
            question(bench.run(runtime(WRITING, allowing).policy(asking)));
            assertThat(Bench.told(bench.run(runtime(WRITING, allowing).policy(Policy.of(Mode.PLAN)))))
                    .singleElement()
                    .satisfies(told -> assertThat(told).contains("mode plan"));
            question(bench.run(runtime(WRITING.replace("new.txt", ".git/config"), allowing)));
            question(bench.run(runtime("- call: {Bash: {command: \"rm -rf ~\"}}\n- say: x\n", allowing)));
            assertThat(there("new.txt")).doesNotExist();
        }

        @Test
        void one_that_changes_it_has_the_change_decided_about_and_told() throws Exception {
            Json elsewhere = Json.parse("{\"file_path\": \"b.txt\", \"content\": \"y\"}");
            Outcome outcome = bench.run(runtime(
                    WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.none().withInput(elsewhere))));
            assertThat(there("b.txt")).hasContent("y");
            assertThat(there("new.txt")).doesNotExist();
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told -> assertThat(told)
                            .startsWith(
                                    "A hook changed this call before it ran, to {\"file_path\":\"b.txt\",\"content\":\"y\"}")
                            .contains("Created b.txt"));

            Json outside = Json.parse("{\"file_path\": \"/etc/new.txt\", \"content\": \"y\"}");
            assertThat(question(bench.run(runtime(
                            WRITING,
                            at(HookEvent.PRE_TOOL_USE, HookAnswer.none().withInput(outside))))))
                    .contains("/etc/new.txt");
        }

        @Test
        void what_it_adds_is_told_with_the_result() throws Exception {
            Outcome outcome = bench.run(runtime(
                    WRITING, at(HookEvent.PRE_TOOL_USE, HookAnswer.none().withContext("Mind the style."))));
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told ->
                            assertThat(told).startsWith("Created new.txt").endsWith("\n\nMind the style."));
        }

        @Test
        void one_with_a_condition_is_asked_about_the_calls_that_the_rule_means() throws Exception {
            Hook conditional = new Hook(
                    HookEvent.PRE_TOOL_USE,
                    dev.yardmaster.hook.HookMatcher.of("Bash"),
                    java.util.Optional.of("Bash(rm:*)"),
                    input -> HookAnswer.deny("no rm"),
                    true,
                    "test");
            Outcome outcome = bench.run(runtime("""
                    - call: [{Bash: {command: "cat a.txt"}}, {Bash: {command: "echo x && rm a.txt"}}]
                    - say: done
                    """, conditional));
            assertThat(Bench.told(outcome).getFirst()).startsWith("one");
            assertThat(Bench.told(outcome).getLast()).contains("no rm");
        }
    }

    @Nested
    class After_a_call {

        @Test
        void a_hook_is_told_the_result_and_the_model_what_it_says() throws Exception {
            Outcome outcome = bench.run(runtime(WRITING, at(HookEvent.POST_TOOL_USE, HookAnswer.deny("no newline"))));
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told ->
                            assertThat(told).startsWith("Created new.txt").endsWith("A hook objects: no newline"));
            assertThat(there("new.txt")).exists();
            assertThat(asked).singleElement().satisfies(json -> {
                assertThat(json.path("tool_response").path("type").asText()).isEqualTo("create");
                assertThat(json.path("tool_response").path("filePath").asText())
                        .isEqualTo(there("new.txt").toString());
            });
        }

        @Test
        void none_is_asked_when_the_call_did_not_run() throws Exception {
            bench.run(runtime(
                    "- call: [{Read: {file_path: missing.txt}}, {Nope: {}}]\n- say: done\n",
                    at(HookEvent.POST_TOOL_USE, HookAnswer.none())));
            assertThat(asked).isEmpty();
        }

        @Test
        void a_formatter_that_changes_the_file_is_told_to_the_agent() throws Exception {
            Hook formatting = Hook.of(HookEvent.POST_TOOL_USE, "Write", "fmt", input -> {
                Files.writeString(there("new.txt"), "formatted, and longer\n");
                return HookAnswer.none();
            });
            Outcome outcome = bench.run(runtime(WRITING, formatting));
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told ->
                            assertThat(told).contains("A hook has changed the file after this call; read it again"));
        }
    }

    @Nested
    class When_work_begins_and_ends {

        @Test
        void hooks_add_to_the_task_or_refuse_it() throws Exception {
            Outcome outcome = bench.run(runtime(
                    "- say: done",
                    at(HookEvent.SESSION_START, HookAnswer.none().withContext("It is Monday.")),
                    at(HookEvent.USER_PROMPT_SUBMIT, HookAnswer.none().withContext("On branch main.")),
                    at(HookEvent.SESSION_END, HookAnswer.none())));
            assertThat(task(outcome)).isEqualTo("do it\n\n# Told by hooks\n\nIt is Monday.\nOn branch main.");
            assertThat(asked)
                    .extracting(json -> json.path("hook_event_name").asText())
                    .containsExactly("SessionStart", "UserPromptSubmit", "SessionEnd");
            assertThat(asked.get(0).path("source").asText()).isEqualTo("startup");
            assertThat(asked.get(1).path("prompt").asText()).isEqualTo("do it");
            assertThat(asked.get(2).path("reason").asText()).isEqualTo("other");

            Outcome refused = bench.run(
                    runtime("- say: done", at(HookEvent.USER_PROMPT_SUBMIT, HookAnswer.deny("no secrets please"))));
            assertThat(refused).isInstanceOf(Outcome.Failed.class);
            assertThat(refused.view().failures().getFirst().message())
                    .isEqualTo("a hook refused the task of agent 'worker': no secrets please");
        }

        @Test
        void one_sends_the_agent_on_that_says_it_is_done() throws Exception {
            Hook once = Hook.of(
                    HookEvent.STOP,
                    "test",
                    input -> noted(
                            input,
                            input.json()
                                            .as(JsonNode.class)
                                            .path("stop_hook_active")
                                            .asBoolean()
                                    ? HookAnswer.none()
                                    : HookAnswer.deny("run the tests")));
            Outcome outcome = bench.run(runtime("- say: done\n- say: really done\n", once));
            assertThat(Bench.result(outcome).text()).isEqualTo("really done");
            assertThat(asked)
                    .extracting(json -> json.path("last_assistant_message").asText())
                    .containsExactly("done", "really done");
        }

        @Test
        void none_sends_it_on_for_ever() throws Exception {
            Outcome outcome =
                    bench.run(runtime("- say: done\n".repeat(20), at(HookEvent.STOP, HookAnswer.deny("never enough"))));
            assertThat(Bench.result(outcome).turns()).isEqualTo(9);
            assertThat(asked).hasSize(8);
        }

        @Test
        void one_ends_the_work_at_any_point() throws Exception {
            var ending = new HookAnswer(
                    java.util.Optional.empty(),
                    "",
                    java.util.Optional.empty(),
                    "",
                    java.util.Optional.empty(),
                    java.util.Optional.of("enough"),
                    "",
                    "");
            for (HookEvent event : List.of(HookEvent.SESSION_START, HookEvent.PRE_TOOL_USE, HookEvent.POST_TOOL_USE)) {
                Outcome outcome = bench.run(runtime(WRITING, at(event, ending)));
                assertThat(outcome.view().failures().getFirst().message())
                        .isEqualTo("a hook ended the work of agent 'worker': enough");
            }
        }
    }

    @Test
    void a_colleague_is_hooked_as_one_who_works_for_another() throws Exception {
        var script = ScriptedModel.parse("""
                version: 1
                agents:
                  boss:
                    - call: {Agent: {subagent_type: worker, description: w, prompt: "look"}}
                    - say: done
                  worker:
                    - call: {Read: {file_path: a.txt}}
                    - say: seen
                    - say: seen twice
                """, "t.yaml");
        Hook onceMore = Hook.of(HookEvent.SUBAGENT_STOP, "worker", "test", input -> {
            boolean again =
                    input.json().as(JsonNode.class).path("stop_hook_active").asBoolean();
            return noted(input, again ? HookAnswer.none() : HookAnswer.deny("look again"));
        });
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("boss", "Leads", "You lead."), Bench.WORKER)
                .workspace(bench.workspace())
                .model(script)
                .hooks(Hooks.of(
                        onceMore,
                        at(HookEvent.STOP, HookAnswer.none()),
                        at(HookEvent.SESSION_START, HookAnswer.none()),
                        at(HookEvent.PRE_TOOL_USE, HookAnswer.none())))
                .build();
        Graph graph = Graph.builder("test")
                .channels(TASK, Bench.RESULT)
                .node("work", runtime.agent("boss").reads(TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator.start(graph, State.of(TASK, "x")).await();
            assertThat(Bench.told(outcome)).singleElement().isEqualTo("seen twice");
        }
        assertThat(asked)
                .extracting(json -> json.path("hook_event_name").asText() + " "
                        + json.path("agent_type").asText() + (json.has("agent_id") ? " for another" : ""))
                .containsExactly(
                        "SessionStart boss",
                        "PreToolUse boss",
                        "PreToolUse worker for another",
                        "SubagentStop worker for another",
                        "SubagentStop worker for another",
                        "Stop boss");
    }

    @Nested
    class A_file_with_hooks {

        private AgentDefinition file(String command) {
            String text = "---\nname: worker\ndescription: Works\nhooks:\n  PreToolUse:\n    - matcher: Write\n"
                    + "      hooks:\n        - {type: command, command: \"" + command + "\"}\n---\nYou work.";
            return new AgentReader()
                    .read("worker.md", text.getBytes(StandardCharsets.UTF_8))
                    .definition()
                    .orElseThrow();
        }

        @Test
        void has_them_run_only_where_it_is_trusted() throws Exception {
            AgentDefinition guarded = file("touch ran; exit 2");
            bench.run(bench.runtime(guarded).model(Bench.script(WRITING)));
            assertThat(there("ran")).doesNotExist();
            assertThat(there("new.txt")).exists();
            Files.delete(there("new.txt"));

            bench.run(bench.runtime(guarded).model(Bench.script(WRITING)).trustHooksOf(guarded::equals));
            assertThat(there("ran")).exists();
            assertThat(there("new.txt")).doesNotExist();
        }

        @Test
        void lets_nothing_run_that_its_caller_is_asked_for() throws Exception {
            AgentDefinition helper = file("echo '{\\\"decision\\\": \\\"approve\\\"}'");
            var boss = AgentDefinition.of("boss", "Leads", "You lead.");
            var script = ScriptedModel.parse("""
                    version: 1
                    agents:
                      boss:
                        - call: {Agent: {subagent_type: worker, description: w, prompt: write}}
                        - say: done
                      worker:
                        - call: {Write: {file_path: new.txt, content: x}}
                        - say: done
                    """, "t.yaml");
            var runtime = AgentRuntime.builder()
                    .agents(boss, helper)
                    .workspace(bench.workspace())
                    .model(script)
                    .trustHooksOf(agent -> true)
                    .build();
            Graph graph = Graph.builder("test")
                    .channels(TASK, Bench.RESULT)
                    .node("work", runtime.agent("boss").reads(TASK).writes(Bench.RESULT))
                    .start("work")
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                assertThat(question(
                                orchestrator.start(graph, State.of(TASK, "x")).await()))
                        .startsWith("worker wants to change");
            }
        }
    }

    @Test
    void what_hooks_said_is_not_asked_for_again_when_the_run_goes_on() throws Exception {
        Hook[] all = {
            at(HookEvent.SESSION_START, HookAnswer.none().withContext("Monday")),
            at(HookEvent.PRE_TOOL_USE, HookAnswer.allow("")),
            at(HookEvent.POST_TOOL_USE, HookAnswer.none().withContext("formatted"))
        };
        String script = WRITING.replace("- say", "- call: {Write: {file_path: .git/x, content: x}}\n- say");
        var journal = new MemoryJournal();
        Run run;
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            run = orchestrator.start(graph(script, all), State.of(TASK, "x"));
            question(run.await());
        }
        assertThat(asked).hasSize(4); // the second call's hook has spoken, too: it waits for a person
        journal.lapse();
        try (var orchestrator =
                Orchestrator.builder().journal(journal.another()).build()) {
            // without any hooks: what they said stands, and the transcript is the same
            question(orchestrator.resume(run.id(), graph(script)).await());
        }
        assertThat(asked).hasSize(4);
    }

    private Graph graph(String script, Hook... hooks) {
        return Graph.builder("test")
                .channels(TASK, Bench.RESULT)
                .node(
                        "work",
                        runtime(script, hooks)
                                .build()
                                .agent("worker")
                                .reads(TASK)
                                .writes(Bench.RESULT))
                .start("work")
                .build();
    }
}
