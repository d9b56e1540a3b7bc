package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.hook.Hook;
import dev.yardmaster.hook.HookAnswer;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookInput;
import dev.yardmaster.hook.HookReader;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.KnownSecrets;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hooks get to see of an agent's work, and the points beside calls and ends. */
@Timeout(60)
class HookEventsTest {

    private static final String TEAM = """
            version: 1
            agents:
              boss:
                - say: "I ask."
                  call: {Agent: {subagent_type: worker, description: w, prompt: "look"}}
                - say: "All done."
              worker:
                - call: {Read: {file_path: a.txt}}
                - say: seen
            """;

    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path temporary;

    private Bench bench;
    private Path records;

    @BeforeEach
    void here() throws Exception {
        bench = new Bench(Files.createDirectory(temporary.toRealPath().resolve("work")));
        records = temporary.toRealPath().resolve("records");
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
        return bench.runtime(Bench.WORKER)
                .model(Bench.script(script))
                .commandRecords(records)
                .hooks(Hooks.of(hooks));
    }

    private Hooks settings(String event, Object... handlers) {
        var read = HookReader.read(
                Map.of(event, List.of(Map.of("hooks", List.of(handlers)))), "settings.json", Optional.empty());
        assertThat(read.problems()).isEmpty();
        return read.hooks();
    }

    private Hooks command(String event, String line) {
        return settings(event, Map.of("type", "command", "command", line));
    }

    private Path there(String file) {
        return bench.workspace().resolve(file);
    }

    private Outcome team(Hooks hooks) throws Exception {
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("boss", "Leads", "You lead."), Bench.WORKER)
                .workspace(bench.workspace())
                .commandRecords(records)
                .model(ScriptedModel.parse(TEAM, "t.yaml"))
                .hooks(hooks)
                .build();
        Graph graph = Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", runtime.agent("boss").reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, State.of(Bench.TASK, "x")).await();
        }
    }

    @Nested
    class The_transcript {

        /** As scripts in the wild find the last words. */
        private static final String LAST_WORDS = "path=$(sed 's/.*\"transcript_path\":\"\\([^\"]*\\)\".*/\\1/');"
                + " grep '\"type\":\"assistant\"' \"$path\" | tail -1 > last.json; cp \"$path\" all.jsonl; ls -ld \"$(dirname \"$path\")\" > mode";

        private List<JsonNode> lines() throws Exception {
            return Files.readAllLines(there("all.jsonl")).stream()
                    .map(line -> Json.parse(line).as(JsonNode.class))
                    .toList();
        }

        @Test
        void is_a_file_in_which_a_command_finds_the_last_words_of_the_agent() throws Exception {
            bench.run(runtime("- say: I look\n  call: {Read: {file_path: a.txt}}\n- say: it says one\n")
                    .hooks(command("Stop", LAST_WORDS)));

            JsonNode last = Json.parse(Files.readString(there("last.json"))).as(JsonNode.class);
            assertThat(last.path("message").path("content").path(0).path("text").asText())
                    .isEqualTo("it says one");
            List<JsonNode> lines = lines();
            assertThat(lines)
                    .extracting(line -> line.path("type").asText() + " "
                            + line.path("message")
                                    .path("content")
                                    .path(0)
                                    .path("type")
                                    .asText())
                    .containsExactly(
                            "user ", "assistant text", "assistant tool_use", "user tool_result", "assistant text");
            assertThat(lines.get(0).path("message").path("content").asText()).isEqualTo("do it");
            JsonNode use = lines.get(2).path("message").path("content").path(0);
            JsonNode result = lines.get(3).path("message").path("content").path(0);
            assertThat(use.path("name").asText()).isEqualTo("Read");
            assertThat(use.path("input").path("file_path").asText()).isEqualTo("a.txt");
            assertThat(result.path("tool_use_id").asText())
                    .isEqualTo(use.path("id").asText());
            assertThat(result.path("content").asText()).contains("one");
            assertThat(lines.get(4).path("parentUuid").asText())
                    .isEqualTo(lines.get(3).path("uuid").asText());
        }

        @Test
        void is_for_this_user_alone_and_gone_when_the_work_is_over() throws Exception {
            bench.run(runtime("- say: done\n").hooks(command("Stop", LAST_WORDS)));
            assertThat(Files.readString(there("mode"))).startsWith("drwx------");
            assertThat(records).doesNotExist();
        }

        @Test
        void is_written_only_where_somebody_is_asked() throws Exception {
            bench.run(runtime("- say: done\n", Hook.of(HookEvent.PRE_TOOL_USE, "Bash", "test", input -> {
                throw new AssertionError();
            })));
            assertThat(records).doesNotExist();
        }

        @Test
        void holds_no_secrets() throws Exception {
            Files.writeString(there("a.txt"), "token hunter2hunter2\n");
            var graph = Graph.builder("test")
                    .channels(Bench.TASK, Bench.RESULT)
                    .node(
                            "work",
                            runtime("- call: {Read: {file_path: a.txt}}\n- say: ok\n")
                                    .hooks(command("Stop", LAST_WORDS))
                                    .build()
                                    .agent("worker")
                                    .reads(Bench.TASK)
                                    .writes(Bench.RESULT))
                    .start("work")
                    .build();
            try (var orchestrator = Orchestrator.builder()
                    .redact(KnownSecrets.of(Map.of("MY_TOKEN", "hunter2hunter2")))
                    .build()) {
                orchestrator
                        .start(graph, State.of(Bench.TASK, "is it hunter2hunter2?"))
                        .await();
            }
            assertThat(Files.readString(there("all.jsonl")))
                    .contains("[redacted: MY_TOKEN]")
                    .doesNotContain("hunter2");
        }

        @Test
        void of_an_agent_that_works_for_another_is_its_own_beside_that_of_the_first() throws Exception {
            Outcome outcome = team(Hooks.of(Hook.of(HookEvent.SUBAGENT_STOP, "test", input -> {
                        JsonNode json = input.json().as(JsonNode.class);
                        Files.copy(Path.of(json.path("transcript_path").asText()), there("boss.jsonl"));
                        Files.copy(Path.of(json.path("agent_transcript_path").asText()), there("worker.jsonl"));
                        return HookAnswer.none();
                    }))
                    .and(command("Stop", LAST_WORDS)));
            Bench.result(outcome);
            assertThat(there("boss.jsonl")).content().contains("I ask.").doesNotContain("seen");
            assertThat(there("worker.jsonl")).content().contains("seen").contains("\"isSidechain\":true");
            assertThat(there("all.jsonl")).content().contains("I ask.").contains("All done.");
        }
    }

    @Nested
    class A_person_who_is_to_be_asked {

        private static final String WRITING = "- call: {Write: {file_path: new.txt, content: x}}\n- say: done\n";

        private Outcome asking(Hook... hooks) throws Exception {
            return bench.run(runtime(WRITING, hooks).policy(Policy.of(Mode.DEFAULT)));
        }

        @Test
        void is_not_when_a_hook_says_yes_or_no_in_their_place() throws Exception {
            Outcome denied = asking(at(HookEvent.PERMISSION_REQUEST, HookAnswer.deny("never new.txt")));
            assertThat(Bench.told(denied)).containsExactly("Rejected: not permitted (hook, test): never new.txt");
            assertThat(there("new.txt")).doesNotExist();

            Bench.result(asking(at(HookEvent.PERMISSION_REQUEST, HookAnswer.allow("fine"))));
            assertThat(there("new.txt")).hasContent("x");
            assertThat(asked).hasSize(2).allSatisfy(json -> {
                assertThat(json.path("hook_event_name").asText()).isEqualTo("PermissionRequest");
                assertThat(json.path("tool_name").asText()).isEqualTo("Write");
            });
        }

        @Test
        void is_all_the_same_where_a_rule_wants_it_and_about_protected_files() throws Exception {
            Hook allowing = at(HookEvent.PERMISSION_REQUEST, HookAnswer.allow("fine"));
            Policy asks = Policy.of(Mode.DEFAULT).with(Rule.ask("Edit(new.txt)", "test"));
            assertThat(bench.run(runtime(WRITING, allowing).policy(asks))).isInstanceOf(Outcome.Suspended.class);
            assertThat(bench.run(runtime(WRITING.replace("new.txt", ".git/config"), allowing)))
                    .isInstanceOf(Outcome.Suspended.class);
            assertThat(there("new.txt")).doesNotExist();
        }

        @Test
        void has_what_a_hook_changed_run_once_it_is_allowed() throws Exception {
            Json elsewhere = Json.parse("{\"file_path\": \"b.txt\", \"content\": \"y\"}");
            Bench.result(
                    asking(at(HookEvent.PERMISSION_REQUEST, HookAnswer.allow("").withInput(elsewhere))));
            assertThat(there("b.txt")).hasContent("y");
            assertThat(there("new.txt")).doesNotExist();
        }

        @Test
        void answers_as_the_format_has_it() throws Exception {
            Hooks deny = command("PermissionRequest", """
                    echo '{"hookSpecificOutput": {"hookEventName": "PermissionRequest", "decision":
                      {"behavior": "deny", "message": "ask Mia first"}}}'""");
            Outcome outcome =
                    bench.run(runtime(WRITING).policy(Policy.of(Mode.DEFAULT)).hooks(deny));
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told -> assertThat(told).contains("ask Mia first"));
        }

        @Test
        void is_told_of_once_also_over_a_resume() throws Exception {
            Hook telling = at(HookEvent.NOTIFICATION, HookAnswer.none());
            var journal = new MemoryJournal();
            Graph graph = Graph.builder("test")
                    .channels(Bench.TASK, Bench.RESULT)
                    .node(
                            "work",
                            runtime(WRITING, telling)
                                    .policy(Policy.of(Mode.DEFAULT))
                                    .build()
                                    .agent("worker")
                                    .reads(Bench.TASK)
                                    .writes(Bench.RESULT))
                    .start("work")
                    .build();
            Run run;
            try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
                run = orchestrator.start(graph, State.of(Bench.TASK, "x"));
                assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
            }
            journal.lapse();
            try (var orchestrator =
                    Orchestrator.builder().journal(journal.another()).build()) {
                Run resumed = orchestrator.resume(run.id(), graph);
                String question =
                        resumed.await().view().questions().keySet().iterator().next();
                orchestrator.answer(run.id(), new Answer(question, "allow", "", "me"));
                Bench.result(resumed.await());
            }
            assertThat(asked).singleElement().satisfies(json -> {
                assertThat(json.path("notification_type").asText()).isEqualTo("permission_prompt");
                assertThat(json.path("message").asText()).isEqualTo("worker needs your permission to use Write");
            });
        }

        @Test
        void is_told_of_what_the_agent_asks() throws Exception {
            String script = """
                    - call: {AskUserQuestion: {questions: [{question: "Which?", header: h, multiSelect: false,
                        options: [{label: a, description: a}, {label: b, description: b}]}]}}
                    - say: done
                    """;
            Outcome outcome = bench.run(runtime(script, at(HookEvent.NOTIFICATION, HookAnswer.none())));
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(asked).singleElement().satisfies(json -> {
                assertThat(json.path("notification_type").asText()).isEqualTo("elicitation_dialog");
                assertThat(json.path("message").asText()).contains("Which?");
            });
        }
    }

    @Test
    void a_call_that_does_not_work_has_hooks_of_its_own() throws Exception {
        Outcome outcome = bench.run(runtime(
                "- call: {Read: {file_path: missing.txt}}\n- say: done\n",
                at(HookEvent.POST_TOOL_USE, HookAnswer.none()),
                at(HookEvent.POST_TOOL_USE_FAILURE, HookAnswer.none().withContext("Look in docs/ instead."))));
        assertThat(asked).singleElement().satisfies(json -> {
            assertThat(json.path("hook_event_name").asText()).isEqualTo("PostToolUseFailure");
            assertThat(json.path("error").asText()).contains("missing.txt");
        });
        assertThat(Bench.told(outcome))
                .singleElement()
                .satisfies(told -> assertThat(told).startsWith("Failed: ").endsWith("\n\nLook in docs/ instead."));
    }

    @Test
    void an_agent_that_works_for_another_is_told_something_when_it_begins() throws Exception {
        Outcome outcome = team(Hooks.of(Hook.of(
                HookEvent.SUBAGENT_START,
                "worker",
                "test",
                input -> noted(input, HookAnswer.none().withContext("It is Monday.")))));
        assertThat(Transcript.allOf(outcome.view()).getLast().messages())
                .anySatisfy(
                        message -> assertThat(message.text()).isEqualTo("look\n\n# Told by hooks\n\nIt is Monday."));
        assertThat(asked)
                .singleElement()
                .satisfies(json -> assertThat(json.path("agent_type").asText()).isEqualTo("worker"));
    }

    @Nested
    class A_question_to_a_model {

        private static final String SCRIPT = """
                version: 1
                agents:
                  worker:
                    - call: {Write: {file_path: new.txt, content: x}}
                    - say: done
                  hook-judge:
                    - say: '%s'
                usage: {input: 100, output: 10}
                """;

        private final Hooks asking =
                settings("PreToolUse", Map.of("type", "prompt", "prompt", "Is that safe? $ARGUMENTS"));

        private AgentRuntimeBuilder judged(String answer) {
            return runtime("- say: x\n")
                    .model(ScriptedModel.parse(SCRIPT.formatted(answer), "t.yaml"))
                    .hooks(asking);
        }

        @Test
        void is_answered_by_the_runs_model_and_counted() throws Exception {
            Outcome outcome = bench.run(judged("{\"ok\": false, \"reason\": \"x is not safe\"}"));
            AgentResult result = Bench.result(outcome);
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told -> assertThat(told).contains("not permitted (hook, settings.json): x is not safe"));
            assertThat(there("new.txt")).doesNotExist();
            assertThat(result.usage().inputTokens()).isEqualTo(300);
            assertThat(outcome.view().usage()).isEqualTo(result.usage());
            assertThat(result.turns()).isEqualTo(2);
            Transcript judge = Transcript.allOf(outcome.view()).stream()
                    .filter(each -> each.agent().equals("hook-judge"))
                    .findFirst()
                    .orElseThrow();
            assertThat(judge.messages().get(1).text())
                    .startsWith("Is that safe? {")
                    .contains("\"tool_name\":\"Write\"");
        }

        /** By its place in the order in which hooks were asked, a resumed run would take the answer of one for that of the other. */
        @Test
        void is_recorded_apart_from_the_same_question_to_another_model() throws Exception {
            Object[] asks = List.of("alpha", "beta").stream()
                    .map(model -> Map.of("type", "prompt", "prompt", "Is that safe?", "model", model))
                    .toArray();
            var models = ModelCatalog.builder()
                    .defaultModel(Bench.script("- call: {Write: {file_path: new.txt, content: x}}\n- say: done\n"));
            List.of("alpha", "beta")
                    .forEach(name -> models.model(
                            name,
                            ScriptedModel.replies("hook-judge", "{\"ok\": true}")
                                    .named(name)));
            Outcome outcome =
                    bench.run(runtime("- say: x\n").models(models.build()).hooks(settings("PreToolUse", asks)));
            Bench.result(outcome);
            assertThat(Transcript.allOf(outcome.view()).stream()
                            .filter(each -> each.agent().equals("hook-judge")))
                    .hasSize(2)
                    .extracting(Transcript::scope)
                    .doesNotHaveDuplicates()
                    .allSatisfy(scope -> assertThat(scope).doesNotContain("#"));
        }

        @Test
        void lets_the_call_run_when_it_is_all_right() throws Exception {
            Bench.result(bench.run(judged("{\"ok\": true}")));
            assertThat(there("new.txt")).exists();
        }

        @Test
        void that_is_answered_with_nonsense_has_failed() throws Exception {
            Bench.result(bench.run(judged("maybe")));
            assertThat(there("new.txt")).exists();
            Files.delete(there("new.txt"));
            bench.run(judged("maybe").hooks(Hooks.none().failClosed()));
            assertThat(there("new.txt")).doesNotExist();
        }
    }

    /** Of a run, in the order of its entries: {@code EVENT SOURCE: WHAT}. */
    private static List<String> shown(Outcome outcome) {
        return outcome.view().entries().stream()
                .flatMap(each -> each.entry().fact() instanceof Fact.StepFinished step
                                && step.output().isPresent()
                        ? AgentStep.find(step.step())
                                .flatMap(found -> found.hooks(step.output().get()))
                                .stream()
                        : Stream.empty())
                .flatMap(verdict -> verdict.ran().stream())
                .map(ran -> ran.event() + " " + ran.source() + ": " + ran.told())
                .toList();
    }

    @Test
    void files_that_cannot_be_made_for_hooks_are_told_once_and_hooks_are_asked_all_the_same() throws Exception {
        Files.writeString(records, "in the way");
        Outcome outcome = bench.run(runtime("- call: {Read: {file_path: a.txt}}\n- say: done\n")
                .hooks(command("SessionStart", "echo \"export A=${CLAUDE_ENV_FILE:-none}\" > variables.txt"))
                .hooks(command("PreToolUse", "touch asked"))
                .hooks(command("Stop", "touch stopped")));
        Bench.result(outcome);
        assertThat(there("variables.txt")).hasContent("export A=none");
        assertThat(there("asked")).exists();
        assertThat(there("stopped")).exists();
        assertThat(shown(outcome))
                .hasSize(2)
                .anySatisfy(told -> assertThat(told)
                        .startsWith("SessionStart CLAUDE_ENV_FILE: commands were given none, as it cannot be made: "))
                .anySatisfy(told -> assertThat(told)
                        .startsWith("SessionStart transcript_path: hooks are asked without a transcript, as it cannot")
                        .contains(records.toString()));
    }

    @Nested
    class Variables_that_a_command_leaves_at_the_start {

        private final Hooks leaving = command(
                "SessionStart",
                "echo 'export STAGE=test DEPLOY_TOKEN=abc123abc PATH=\"'$PWD'/bin:$PATH\"' >> \"$CLAUDE_ENV_FILE\"");

        @Test
        void are_there_for_the_commands_of_the_agent_but_no_secrets() throws Exception {
            Outcome outcome =
                    bench.run(runtime("""
                    - call: {Bash: {command: "touch x; echo $STAGE-$DEPLOY_TOKEN; echo $PATH"}}
                    - say: done
                    """).policy(Policy.of(Mode.BYPASS)).hooks(leaving));
            assertThat(Bench.told(outcome))
                    .singleElement()
                    .satisfies(told -> assertThat(told).startsWith("test-\n" + bench.workspace() + "/bin:"));
            assertThat(outcome.view().entries().toString()).doesNotContain("abc123abc");
        }

        @Test
        void are_not_there_for_commands_that_run_unasked_because_they_only_read() throws Exception {
            Path fake = Files.createDirectory(there("bin")).resolve("cat");
            Files.writeString(fake, "#!/bin/sh\ntouch " + there("ran") + "\n");
            Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
            Outcome outcome = bench.run(runtime("- call: {Bash: {command: \"cat a.txt\"}}\n- say: done\n")
                    .hooks(leaving));
            assertThat(Bench.told(outcome)).containsExactly("one");
            assertThat(there("ran")).doesNotExist();
        }

        @Test
        void are_there_for_colleagues_and_after_a_resume() throws Exception {
            var script = ScriptedModel.parse("""
                    version: 1
                    agents:
                      boss:
                        - call: {Agent: {subagent_type: worker, description: w, prompt: "look"}}
                        - say: "All done."
                      worker:
                        - call: {Bash: {command: "echo $STAGE > stage.txt"}}
                        - say: seen
                    """, "t.yaml");
            var journal = new MemoryJournal();
            Run run;
            try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
                run = orchestrator.start(graph(script, leaving), State.of(Bench.TASK, "x"));
                assertThat(run.await()).isInstanceOf(Outcome.Suspended.class);
            }
            journal.lapse();
            try (var orchestrator =
                    Orchestrator.builder().journal(journal.another()).build()) {
                Graph graph = graph(script, Hooks.none());
                Run resumed = orchestrator.resume(run.id(), graph);
                String question =
                        resumed.await().view().questions().keySet().iterator().next();
                orchestrator.answer(run.id(), new Answer(question, "allow", "", "me"));
                Bench.result(resumed.await());
            }
            assertThat(there("stage.txt")).hasContent("test\n");
        }

        private Graph graph(ScriptedModel script, Hooks hooks) {
            var runtime = AgentRuntime.builder()
                    .agents(AgentDefinition.of("boss", "Leads", "You lead."), Bench.WORKER)
                    .workspace(bench.workspace())
                    .commandRecords(records)
                    .model(script)
                    .hooks(hooks)
                    .build();
            return Graph.builder("test")
                    .channels(Bench.TASK, Bench.RESULT)
                    .node("work", runtime.agent("boss").reads(Bench.TASK).writes(Bench.RESULT))
                    .start("work")
                    .build();
        }
    }
}
