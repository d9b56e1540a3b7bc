package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.hook.HookReader;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.knowledge.Knowledge;
import dev.yardmaster.knowledge.Skills;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of the type agent: somebody looks before the agent may stop, or a call may run. */
@Timeout(60)
class LookingHookTest {

    private static final String LOOKS = """
            - call: {Read: {file_path: a.txt}}
            - say: '{"ok": true}'
            """;

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void here() throws Exception {
        bench = new Bench(folder.toRealPath());
        Files.writeString(folder.resolve("a.txt"), "one\n");
    }

    private static Hooks looking(String event) {
        var read = HookReader.read(
                Map.of(event, List.of(Map.of("hooks", List.of(Map.of("type", "agent", "prompt", "Is it so?"))))),
                "settings.json",
                Optional.empty());
        assertThat(read.problems()).isEmpty();
        return read.hooks();
    }

    private AgentRuntimeBuilder runtime(String worker, String verifier) {
        return runtime(worker, verifier, "");
    }

    private AgentRuntimeBuilder runtime(String worker, String verifier, String tasks) {
        String script =
                "version: 1\nagents:\n  worker:\n" + worker.indent(4) + "  hook-verifier:\n" + verifier.indent(4)
                        + (tasks.isEmpty() ? "" : "tasks:\n" + tasks.indent(2))
                        + "usage: {input: 100, output: 10}\n";
        return bench.runtime(Bench.WORKER).model(ScriptedModel.parse(script, "t.yaml"));
    }

    private static List<Transcript> verifiers(Outcome outcome) {
        return Transcript.allOf(outcome.view()).stream()
                .filter(each -> each.agent().equals("hook-verifier"))
                .toList();
    }

    private static List<String> told(Transcript transcript) {
        return transcript.messages().stream()
                .filter(Message.ToolOutput.class::isInstance)
                .map(Message::text)
                .toList();
    }

    @Test
    void an_agent_goes_on_until_whoever_looks_is_content() throws Exception {
        Outcome outcome = bench.run(runtime("""
                - say: Done.
                - call: {Write: {file_path: b.txt, content: two}}
                - say: Now it is.
                """, """
                - call: {Read: {file_path: "b.txt"}}
                - say: '{"ok": true}'
                """, """
                - agent: hook-verifier
                  holds: '"stop_hook_active":false'
                  replies:
                    - call: {Glob: {pattern: "b.txt"}}
                    - say: '{"ok": false, "reason": "there is no b.txt"}'
                """).hooks(looking("Stop")));

        AgentResult result = Bench.result(outcome);
        assertThat(result.text()).isEqualTo("Now it is.");
        assertThat(Transcript.lastOf(outcome.view()).orElseThrow().messages())
                .anySatisfy(message -> assertThat(message.text()).contains("there is no b.txt"));
        assertThat(verifiers(outcome)).hasSize(2);
        assertThat(told(verifiers(outcome).getLast()))
                .singleElement()
                .asString()
                .contains("two");
        assertThat(result.usage().inputTokens())
                .as("what looking took is the agent's")
                .isEqualTo(700);
    }

    @Test
    void whoever_looks_changes_nothing_and_asks_nobody() throws Exception {
        Outcome outcome =
                bench.run(runtime("""
                - say: Done.
                """, """
                - call: [{Write: {file_path: c.txt, content: x}}, {Bash: {command: touch c.txt}}, {Bash: {command: cat a.txt}}]
                - say: '{"ok": true}'
                """).policy(Policy.of(Mode.DEFAULT)).hooks(looking("Stop")));

        assertThat(outcome.view().questions()).isEmpty();
        Bench.result(outcome);
        assertThat(folder.resolve("c.txt")).doesNotExist();
        List<String> told = told(verifiers(outcome).getFirst());
        assertThat(told.get(0)).contains("there is no tool 'Write' for this agent. It has: Read, LS, Glob, Grep, Bash");
        assertThat(told.get(1)).contains("nobody is asked in the name of 'hook-verifier'");
        assertThat(told.get(2)).contains("one");
    }

    @Test
    void whoever_looks_runs_what_the_agent_may_run_unasked_and_no_commands_where_that_has_none() throws Exception {
        String verifier = """
                - call: {Bash: {command: touch c.txt}}
                - say: '{"ok": true}'
                """;
        Policy allows = Policy.of(Mode.DEFAULT).with(Rule.allow("Bash(touch c.txt)", "test"));
        Bench.result(
                bench.run(runtime("- say: Done.\n", verifier).policy(allows).hooks(looking("Stop"))));
        assertThat(folder.resolve("c.txt")).exists();
        Files.delete(folder.resolve("c.txt"));

        var reader = Bench.WORKER.withTools("Read");
        Outcome outcome = bench.run(AgentRuntime.builder()
                .agents(reader)
                .workspace(bench.workspace())
                .policy(allows)
                .model(ScriptedModel.parse(
                        "version: 1\nagents:\n  worker:\n    - say: Done.\n  hook-verifier:\n" + verifier.indent(4),
                        "t.yaml"))
                .hooks(looking("Stop")));
        Bench.result(outcome);
        assertThat(told(verifiers(outcome).getFirst()))
                .singleElement()
                .asString()
                .contains("there is no tool 'Bash'");
        assertThat(folder.resolve("c.txt")).doesNotExist();
    }

    @Test
    void whoever_looks_is_without_what_the_agent_has_lost_to_a_skill() throws Exception {
        Path file = folder.resolve(".claude/skills/audit/SKILL.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "---\nname: audit\ndescription: d\ndisallowed-tools: Bash\n---\nLook.\n");
        Outcome outcome = bench.run(runtime("""
                - call: {Skill: {skill: audit}}
                - say: Done.
                """, """
                - call: {Bash: {command: touch c.txt}}
                - say: '{"ok": true}'
                """)
                .policy(Policy.of(Mode.DEFAULT).with(Rule.allow("Bash(touch c.txt)", "test")))
                .knowledge(Knowledge.none().with(Skills.in(folder.resolve(".claude/skills"))))
                .hooks(looking("Stop")));

        Bench.result(outcome);
        assertThat(told(verifiers(outcome).getFirst()))
                .singleElement()
                .asString()
                .contains("there is no tool 'Bash'");
        assertThat(folder.resolve("c.txt")).doesNotExist();
    }

    @Test
    void a_call_is_denied_by_what_was_found() throws Exception {
        Outcome outcome = bench.run(runtime("""
                - call: {Write: {file_path: b.txt, content: x}}
                - say: Done.
                """, """
                - call: {Read: {file_path: a.txt}}
                - say: '{"ok": false, "reason": "a.txt says one"}'
                """).hooks(looking("PreToolUse")));
        assertThat(Bench.told(outcome))
                .containsExactly("Rejected: not permitted (hook, settings.json): a.txt says one");
        assertThat(folder.resolve("b.txt")).doesNotExist();
    }

    @Test
    void what_was_found_is_recorded_so_that_a_replay_looks_at_nothing() throws Exception {
        AgentRuntimeBuilder builder = runtime("- say: Done.\n", LOOKS).hooks(looking("Stop"));
        Graph graph = Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", builder.build().agent("worker").reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        Outcome outcome;
        try (var orchestrator = Orchestrator.inMemory()) {
            outcome = orchestrator.start(graph, State.of(Bench.TASK, "x")).await();
        }
        Bench.result(outcome);
        Files.delete(folder.resolve("a.txt"));
        var replayed = Replay.of(outcome.view()).through(graph);
        assertThat(replayed.isSame()).as(replayed::toString).isTrue();
    }
}
