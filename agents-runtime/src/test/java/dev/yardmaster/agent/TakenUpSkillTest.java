package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.event.Answer;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.knowledge.Knowledge;
import dev.yardmaster.knowledge.SkillTool;
import dev.yardmaster.knowledge.Skills;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a skill says besides its text holds while the agent that has taken it up is at work. */
@Timeout(60)
class TakenUpSkillTest {

    private static final String TAKE = "- call: {Skill: {skill: audit}}\n";

    @TempDir
    Path temporary;

    @TempDir
    Path elsewhere;

    private Path root;

    @BeforeEach
    void here() throws IOException {
        root = temporary.toRealPath();
        Files.writeString(root.resolve("a.txt"), "one\n");
    }

    private Knowledge audit(String keys) throws IOException {
        Path file = root.resolve(".claude/skills/audit/SKILL.md");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "---\nname: audit\ndescription: Looks at a part\n" + keys + "---\nLook, in ${CLAUDE_SESSION_ID}.\n");
        return Knowledge.none().with(Skills.in(root.resolve(".claude/skills")));
    }

    private AgentRuntimeBuilder runtime(String keys, String worker) throws IOException {
        return runtime(Bench.WORKER, keys, worker);
    }

    private AgentRuntimeBuilder runtime(AgentDefinition agent, String keys, String worker) throws IOException {
        return new Bench(root).runtime(agent).knowledge(audit(keys)).model(Bench.script(worker));
    }

    private List<String> told(String keys, String worker) throws Exception {
        Outcome outcome = new Bench(root).run(runtime(keys, worker));
        Bench.result(outcome);
        return Bench.told(outcome);
    }

    @Test
    void tools_that_it_does_without_are_gone_until_the_work_is_over() throws Exception {
        String script = "- call: {Write: {file_path: b.txt, content: x}}\n" + TAKE
                + "- call: [{Write: {file_path: c.txt, content: x}}, {Read: {file_path: a.txt}}]\n- say: done\n";
        List<String> told = told("disallowed-tools: Write, Task\n", script);
        assertThat(root.resolve("b.txt")).as("before it was taken up").exists();
        assertThat(root.resolve("c.txt")).doesNotExist();
        assertThat(told.get(1)).endsWith("from now on until your work is over you have to, too: Write, Task)");
        assertThat(told.get(2)).startsWith("Rejected: not permitted (Write, skill audit)");
        assertThat(told.get(3)).contains("one");
        assertThat(told("disallowed-tools: Write\n", "- call: {Write: {file_path: d.txt, content: x}}\n- say: done\n"))
                .as("of work that has not taken it up")
                .singleElement()
                .asString()
                .startsWith("Created");
    }

    @Test
    void a_part_of_a_tool_is_gone_where_it_says_which() throws Exception {
        List<String> told = told(
                "disallowed-tools: [\"Bash(touch *)\"]\n",
                TAKE + "- call: [{Bash: {command: touch b.txt}}, {Bash: {command: cat a.txt}}]\n- say: done\n");
        assertThat(told.get(1)).contains("skill audit");
        assertThat(told.get(2)).isEqualTo("one");
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void what_it_says_nothing_of_is_allowed_as_it_was() throws Exception {
        Path outside = Files.writeString(elsewhere.toRealPath().resolve("b.txt"), "two\n");
        Policy policy = Policy.of(Mode.DEFAULT).with(Rule.allow("Read(/" + outside + ")", "test"));
        Outcome outcome = new Bench(root)
                .run(runtime(
                                "disallowed-tools: Write\n",
                                TAKE + "- call: {Read: {file_path: \"" + outside + "\"}}\n- say: done\n")
                        .policy(policy));
        Bench.result(outcome);
        assertThat(Bench.told(outcome).getLast()).contains("two");
    }

    @Test
    void they_are_gone_for_an_agent_that_is_held_to_a_part_of_another_tool() throws Exception {
        Outcome outcome = new Bench(root)
                .run(runtime(
                        Bench.WORKER.withTools("Skill", "Write", "Read(a.txt)"),
                        "disallowed-tools: Write\n",
                        TAKE + "- call: {Write: {file_path: b.txt, content: x}}\n- say: done\n"));
        Bench.result(outcome);
        assertThat(Bench.told(outcome).getLast()).contains("skill audit");
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void nor_has_them_who_works_for_that_agent() throws Exception {
        var script = ScriptedModel.parse("""
                version: 1
                agents:
                  boss:
                    - call: {Skill: {skill: audit}}
                    - call: {Agent: {subagent_type: worker, description: w, prompt: "write it"}}
                    - say: done
                  worker:
                    - call: {Write: {file_path: b.txt, content: x}}
                    - say: tried
                """, "t.yaml");
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("boss", "Leads", "You lead."), Bench.WORKER)
                .workspace(root)
                .policy(Policy.acceptEdits())
                .knowledge(audit("disallowed-tools: Write\n"))
                .model(script)
                .build();
        Outcome outcome;
        try (var orchestrator = Orchestrator.inMemory()) {
            outcome = orchestrator
                    .start(graph(runtime, "boss"), State.of(Bench.TASK, "x"))
                    .await();
        }
        Bench.result(outcome);
        assertThat(root.resolve("b.txt")).doesNotExist();
        assertThat(Transcript.allOf(outcome.view()).getLast().messages().stream()
                        .filter(Message.ToolOutput.class::isInstance)
                        .map(Message::text))
                .singleElement()
                .asString()
                .contains("Write");
    }

    private static Graph graph(AgentRuntime runtime, String agent) {
        return Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", runtime.agent(agent).reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
    }

    @Test
    void they_are_gone_after_a_resume_too() throws Exception {
        assertThat(resumed("disallowed-tools: Bash\n", Bench.WORKER).getLast())
                .contains("not permitted (Bash, skill audit)");
        assertThat(root.resolve("b.txt")).exists();
        assertThat(root.resolve("c.txt")).doesNotExist();
    }

    @Test
    void they_are_gone_where_a_colleague_was_to_do_it_and_could_not_be_asked() throws Exception {
        String forked = "context: fork\nagent: reviewer\ndisallowed-tools: Bash\n";
        List<String> told = resumed(forked, Bench.WORKER.withTools("Skill", "Write", "Bash"));
        assertThat(told.getFirst())
                .contains("whom you cannot have do it; do it yourself.")
                .endsWith("from now on until your work is over you have to, too: Bash)");
        assertThat(told.getLast()).contains("not permitted (Bash, skill audit)");
        assertThat(root.resolve("c.txt")).doesNotExist();
    }

    @Test
    void they_are_the_agents_still_where_a_colleague_has_done_it() throws Exception {
        List<String> told = resumed("context: fork\nagent: reviewer\ndisallowed-tools: Bash\n", Bench.WORKER);
        assertThat(told.getFirst()).isEqualTo("It is fine.");
        assertThat(root.resolve("c.txt")).exists();
    }

    /** What an agent is told that takes the skill up, writes b.txt when the run was resumed, and has a command make c.txt. */
    private List<String> resumed(String keys, AgentDefinition agent) throws Exception {
        String script = TAKE + "- call: {Write: {file_path: b.txt, content: x}}\n"
                + "- call: {Bash: {command: touch c.txt}}\n- say: done\n";
        var model = ScriptedModel.parse(
                "version: 1\nagents:\n  worker:\n" + script.indent(4) + "  reviewer:\n    - say: It is fine.\n",
                "t.yaml");
        Graph graph = graph(
                runtime(agent, keys, script)
                        .agents(AgentDefinition.of("reviewer", "Reviews", "You review."))
                        .model(model)
                        .policy(Policy.of(Mode.DEFAULT).with(Rule.allow("Bash(touch *)", "test")))
                        .build(),
                "worker");
        var journal = new MemoryJournal();
        Run run;
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            run = orchestrator.start(graph, State.of(Bench.TASK, "x"));
            assertThat(run.await()).as("Write is asked for").isInstanceOf(Outcome.Suspended.class);
        }
        journal.lapse();
        try (var orchestrator =
                Orchestrator.builder().journal(journal.another()).build()) {
            Run resumed = orchestrator.resume(run.id(), graph);
            String question =
                    resumed.await().view().questions().keySet().iterator().next();
            orchestrator.answer(run.id(), new Answer(question, "allow", "", "me"));
            Outcome outcome = resumed.await();
            Bench.result(outcome);
            return Transcript.allOf(outcome.view()).stream()
                    .filter(each -> each.agent().equals("worker"))
                    .findFirst()
                    .orElseThrow()
                    .messages()
                    .stream()
                    .filter(Message.ToolOutput.class::isInstance)
                    .map(Message::text)
                    .toList();
        }
    }

    @Test
    void the_files_that_it_is_for_are_told_with_it_and_the_run_in_its_text() throws Exception {
        Outcome outcome = new Bench(root).run(runtime("paths: docs/**, *.md\n", TAKE + "- say: done\n"));
        Bench.result(outcome);
        assertThat(new SkillTool(Skills.in(root.resolve(".claude/skills"))).description())
                .endsWith("- audit: Looks at a part (for files docs/**, *.md)");
        assertThat(Bench.told(outcome))
                .singleElement()
                .asString()
                .endsWith("Look, in " + outcome.view().id() + ".");
    }

    @Test
    void the_run_is_in_the_text_of_one_that_is_handed_over_from_the_start() throws Exception {
        String file = "---\nname: worker\ndescription: Works\nskills: audit\n---\nYou work.";
        AgentDefinition worker = new dev.yardmaster.definition.AgentReader()
                .read("worker.md", file.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .definition()
                .orElseThrow();
        Outcome outcome = new Bench(root)
                .run(new Bench(root).runtime(worker).knowledge(audit("")).model(Bench.script("- say: done\n")));
        Bench.result(outcome);
        assertThat(Transcript.lastOf(outcome.view())
                        .orElseThrow()
                        .messages()
                        .getFirst()
                        .text())
                .contains("Look, in " + outcome.view().id() + ".");
    }

    @Test
    void what_has_no_effect_is_told() throws IOException {
        Path file = root.resolve(".claude/skills/odd/SKILL.md");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "---\nname: odd\ndescription: d\nhooks: {Stop: []}\ndisallowed-tools: []\npaths: a\n---\n"
                        + "Run ${CLAUDE_PLUGIN_ROOT}/x for ${CLAUDE_SESSION_ID} with ${CLAUDE_EFFORT}.\n");
        assertThat(Skills.in(root.resolve(".claude/skills")).diagnostics())
                .extracting(Diagnostic::message)
                .containsExactlyInAnyOrder(
                        "'hooks' has no effect in a skill here; nobody is held back by it",
                        "'disallowed-tools' names no tool; nobody is held back by it",
                        "left as they are: '${CLAUDE_PLUGIN_ROOT}', '${CLAUDE_EFFORT}'");
    }
}
