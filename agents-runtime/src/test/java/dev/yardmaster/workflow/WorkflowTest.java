package dev.yardmaster.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Edge;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkflowTest {

    static final String SLOGAN = """
            version: 1
            name: slogan
            channels:
              task: text
              draft: text
              review: text
            nodes:
              write: {agent: writer, reads: [task, draft, review], writes: draft}
              review: {agent: critic, reads: [task, draft], writes: review}
            start: write
            edges:
              - write -> review
              - {edge: review -> write, when: "review != 'accepted'"}
              - {edge: review -> END, when: "review == 'accepted'"}
            """;

    static AgentRuntime runtime(ScriptedModel script, String... agents) {
        var builder = AgentRuntime.builder().model(script);
        for (String agent : agents) {
            builder.agents(AgentDefinition.of(agent, "Does " + agent, "Do it."));
        }
        return builder.build();
    }

    static State run(Workflow workflow, AgentRuntime runtime, Map<String, String> input) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            var outcome = orchestrator
                    .start(workflow.bind(runtime), workflow.input(input))
                    .await();
            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            return ((Outcome.Completed) outcome).state();
        }
    }

    static List<String> problemsOf(String yaml) {
        try {
            Workflow.parse(yaml, "w.yaml");
            return List.of();
        } catch (InvalidWorkflowException e) {
            return e.problems();
        }
    }

    /** A graph's fingerprint follows from this order, and a run is resumed by another process only on the same one. */
    @Test
    void channels_are_in_the_order_of_the_file_in_every_process() {
        var many = IntStream.range(0, 30).mapToObj(i -> "c" + i * 7 % 30).toList();
        String declared = String.join(
                "", many.stream().map(name -> "  " + name + ": text\n").toList());
        Workflow workflow = Workflow.parse(SLOGAN.replace("  task: text\n", declared + "  task: text\n"), "many.yaml");
        assertThat(workflow.channels().keySet().stream().limit(30)).containsExactlyElementsOf(many);
        assertThat(workflow.picture().channels().keySet())
                .containsExactlyElementsOf(workflow.channels().keySet());
    }

    @Test
    void a_hash_tells_a_changed_condition_which_the_fingerprint_does_not() {
        Workflow workflow = Workflow.parse(SLOGAN, "slogan.yaml");
        Workflow changed = Workflow.parse(SLOGAN.replace("review == 'accepted'", "review == 'fine'"), "slogan.yaml");
        assertThat(changed.picture().fingerprint()).isEqualTo(workflow.picture().fingerprint());
        assertThat(changed.hash()).isNotEqualTo(workflow.hash());
        assertThat(Workflow.parse(SLOGAN, "other.yaml").hash()).isEqualTo(workflow.hash());
    }

    @Test
    void runs_as_the_same_graph_in_java_does() throws Exception {
        var script = ScriptedModel.replies("writer", "It does a lot.")
                .and("critic", "Say what.")
                .when("writer", "Say what.", "It routes tasks.")
                .when("critic", "routes", "accepted");
        State state = run(
                Workflow.parse(SLOGAN, "w.yaml"),
                runtime(script, "writer", "critic"),
                Map.of("task", "What does it do?"));
        assertThat(state.get(Channel.of("draft", String.class))).isEqualTo("It routes tasks.");
    }

    @Test
    void runs_an_agent_for_each_text_of_a_list() throws Exception {
        var workflow = Workflow.parse("""
                version: 1
                channels: {files: texts, findings: texts}
                nodes:
                  look: {forEach: files, as: file, agent: reviewer, collect: findings, atOnce: 2}
                start: look
                """, "w.yaml");
        var script = ScriptedModel.replies("reviewer", "?")
                .when("reviewer", "a.txt", "a is fine")
                .when("reviewer", "b.txt", "b is not");
        State state = run(workflow, runtime(script, "reviewer"), Map.of("files", "a.txt, b.txt"));
        assertThat(state.get(Channel.listOf("findings", String.class))).containsExactly("a is fine", "b is not");
    }

    @Test
    void can_be_drawn_without_any_agent() {
        var picture = Workflow.parse(SLOGAN, "w.yaml").picture();
        assertThat(picture.nodes()).containsExactly("write", "review");
        assertThat(picture.kind("write")).isEqualTo("agent");
        assertThat(picture.edges()).extracting(Edge::kind).contains(Edge.Kind.PLAIN, Edge.Kind.WHEN);
    }

    @Test
    void says_what_a_run_needs_for_its_input() {
        assertThat(Workflow.parse(SLOGAN, "w.yaml").required())
                .containsExactly(Map.entry("task", "node 'write' has it for its task"));
    }

    @Nested
    class Problems {

        @Test
        @Timeout(10)
        void in_their_thousands_are_refused_soon_and_the_first_fifty_told() {
            var yaml = new StringBuilder("version: 1\nchannels: {task: text}\nstart: n0\nnodes:\n");
            for (int i = 0; i < 1_500; i++) {
                yaml.append("  n").append(i).append(": {agent: a, reads: [task]}\n");
            }
            yaml.append("edges:\n");
            for (int i = 0; i < 8_000; i++) {
                yaml.append("  - n0 -> nowhere").append(i).append('\n');
            }
            assertThatExceptionOfType(InvalidWorkflowException.class)
                    .isThrownBy(() -> Workflow.parse(yaml.toString(), "w.yaml"))
                    .satisfies(e -> assertThat(e.problems()).hasSize(50))
                    .withMessageContaining("has 8000 problems")
                    .withMessageEndingWith("… and 7950 more");
        }

        @Test
        void are_told_all_at_once_with_their_lines() {
            assertThat(problemsOf("""
                    version: 2
                    channels:
                      task: txet
                      notes: {type: texts, reducer: sum}
                    nodes:
                      write: {agnet: writer, reads: [tsak]}
                    start: wirte
                    edges:
                      - write to END
                      - {edge: write -> rewiev, when: "notes.size >"}
                    """))
                    .containsExactly(
                            "w.yaml:1: version 2 is not known here; 1 is",
                            "w.yaml:3: 'txet' is no type; known: text, number, flag, texts, record, records; did you mean"
                                    + " 'text'?",
                            "w.yaml:4: a channel of texts has no reducer 'sum'; it may have last, append",
                            "w.yaml:6: 'agnet' means nothing in node 'write'; known: agent, as, atOnce, collect,"
                                    + " fallback, forEach, graph, in, out, reads, result, retry, timeout, writes; did"
                                    + " you mean 'agent'?",
                            "w.yaml:6: node 'write' names no agent; write 'agent: NAME', 'graph: …', or 'join' for one"
                                    + " that does nothing",
                            "w.yaml:6: 'tsak' is no channel; declare it under channels; did you mean 'task'?",
                            "w.yaml:9: 'write to END' is no edge; write FROM -> TO",
                            "w.yaml:10: 'rewiev' is no node",
                            "w.yaml:10: the condition 'notes.size >' cannot be read: it ends where a value is expected",
                            "w.yaml:7: start 'wirte' is no node; did you mean 'write'?");
        }

        @Test
        void of_the_shape_are_those_of_the_java_builder() {
            assertThat(problemsOf(SLOGAN.replace("- write -> review", "- write -> END")))
                    .anyMatch(problem -> problem.contains("node 'review' cannot be reached"));
        }

        @Test
        void of_missing_agents_name_all_of_them() {
            assertThatExceptionOfType(InvalidWorkflowException.class)
                    .isThrownBy(() -> Workflow.parse(SLOGAN, "w.yaml")
                            .bind(runtime(ScriptedModel.replies("writer", "x"), "writerr", "x")))
                    .satisfies(e -> assertThat(e.problems())
                            .hasSize(2)
                            .anyMatch(problem -> problem.startsWith("w.yaml:8: node 'write'"))
                            .anyMatch(problem -> problem.startsWith("w.yaml:9: node 'review'")));
        }

        @Test
        void of_a_missing_file_say_so() {
            assertThatExceptionOfType(InvalidWorkflowException.class)
                    .isThrownBy(() -> Workflow.read(Path.of("no-such.yaml")))
                    .withMessageContaining("there is no such file");
            assertThatExceptionOfType(InvalidWorkflowException.class)
                    .isThrownBy(() -> Workflow.read(Path.of("src")))
                    .withMessageContaining("it is a folder");
        }

        @Test
        void of_the_input_name_channel_and_kind() {
            var workflow = Workflow.parse(SLOGAN.replace("review: text", "review: text\n  rounds: number"), "w.yaml");
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> workflow.input(Map.of("tsk", "x")))
                    .withMessageContaining("did you mean 'task'?");
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> workflow.input(Map.of("rounds", "many")))
                    .withMessageContaining("'many' is no number");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "just text", "- a\n- list", "a: [", "a: &x [1]\nb: *x", "!!java.net.URL {a: b}"})
        void of_a_file_that_is_none_are_no_crash(String yaml) {
            assertThat(problemsOf(yaml)).isNotEmpty();
        }
    }

    @Nested
    class A_condition {
        static final ValueType NAME = new ValueType(ChannelKind.TEXT, Map.of(), List.of("ann", "bob"), "");

        static final ValueType REPORT = new ValueType(
                ChannelKind.RECORD,
                Map.of(
                        "failed", ValueType.of(ChannelKind.NUMBER),
                        "final", ValueType.of(ChannelKind.FLAG),
                        "defects", ValueType.of(ChannelKind.TEXTS),
                        "by", new ValueType(ChannelKind.RECORD, Map.of("name", NAME), List.of(), "")),
                List.of(),
                "");

        static final ValueType FINDING = new ValueType(
                ChannelKind.RECORDS,
                Map.of(
                        "severity",
                        new ValueType(ChannelKind.TEXT, Map.of(), List.of("low", "high"), ""),
                        "lines",
                        ValueType.of(ChannelKind.NUMBER),
                        "tags",
                        ValueType.of(ChannelKind.TEXTS),
                        "by",
                        new ValueType(ChannelKind.RECORD, Map.of("name", NAME), List.of(), "")),
                List.of(),
                "");

        static final Map<String, WorkflowChannel> CHANNELS = Map.of(
                "verdict", channel("verdict", ChannelKind.TEXT),
                "score", channel("score", ChannelKind.NUMBER),
                "done", channel("done", ChannelKind.FLAG),
                "notes", channel("notes", ChannelKind.TEXTS),
                "unwritten", channel("unwritten", ChannelKind.TEXT),
                "report", new WorkflowChannel(Channel.of("report", Json.class), REPORT),
                "later", new WorkflowChannel(Channel.of("later", Json.class), REPORT),
                "any", channel("any", ChannelKind.NUMBER),
                "findings", WorkflowChannel.of("findings", FINDING, ""),
                "none", channel("none", ChannelKind.TEXTS));

        static WorkflowChannel channel(String name, ChannelKind kind) {
            return WorkflowChannel.of(name, ValueType.of(kind), "");
        }

        static final State STATE = State.of(Channel.of("verdict", String.class), "it's accepted")
                .with(Channel.of("score", Double.class), 7.5)
                .with(Channel.of("done", Boolean.class), true)
                .with(Channel.listOf("notes", String.class), List.of("a", "b"))
                .with(
                        Channel.of("report", Json.class),
                        Json.parse(
                                "{\"failed\": 2, \"final\": true, \"defects\": [\"x\"], \"by\": {\"name\": \"ann\"}}"))
                .with(Channel.of("any", Double.class), 3.0)
                .with(
                        Channel.listOf("findings", Json.class),
                        List.of(
                                Json.parse(
                                        "{\"severity\": \"low\", \"lines\": 3, \"tags\": [\"sql\", \"db\"], \"by\": {\"name\": \"ann\"}}"),
                                Json.parse(
                                        "{\"severity\": \"high\", \"lines\": 9, \"tags\": [], \"by\": {\"name\": \"bob\"}}")));

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "verdict contains 'accepted' | true",
                    "verdict == \"it's accepted\" | true",
                    "verdict == 'accepted' | false",
                    "score > 7 and score <= 7.5 | true",
                    "score < -1 or done | true",
                    "not done or score >= 8 | false",
                    "not (done and score >= 8) | true",
                    "done == false | false",
                    "notes.size == 2 | true",
                    "notes contains 'b' | true",
                    "unwritten == 'x' | false",
                    "unwritten != 'x' | true",
                    "report.failed == 2 and report.final | true",
                    "report.failed < 1 or report.by.name == 'bob' | false",
                    "report.by.name.size == 3 and report.defects.size == 1 | true",
                    "report.defects contains 'x' and not report.defects contains 'y' | true",
                    "later.failed == 0 or later.final | false",
                    "later.failed != 0 | true",
                    "done or done and score > 100 | true",
                    "any findings (severity == 'high') | true",
                    "any findings (severity == 'low' and lines > 3) | false",
                    "any findings (severity == 'low') and any findings (lines > 3) | true",
                    "all findings (lines > 2 and not by.name.size > 3) | true",
                    "all findings (tags.size > 0) | false",
                    "any findings (any tags (it == 'db')) and not any findings (all tags (it contains 'x') and lines < 9) | true",
                    "any notes (it == 'b') and all notes (it.size == 1) | true",
                    "any report.defects (it == 'x') | true",
                    "any none (it == 'x') or not all none (it == 'x') | false",
                    "any later.defects (it != 'x') | false",
                    "any > 2 and any notes (it == 'a') | true"
                })
        void is_read_and_holds_as_it_says(String text, boolean holds) throws Exception {
            assertThat(Condition.parse(text, CHANNELS).test(STATE)).isEqualTo(holds);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "verdcit == 'x' | did you mean 'verdict'?",
                    "verdict == accepted | write texts in quotes: 'accepted'",
                    "verdict | compared with nothing",
                    "score == 'x' | cannot be compared",
                    "done > true | cannot be compared",
                    "(done | a ')' is missing",
                    "done done | join conditions with",
                    "verdict.length() > 3 | 'verdict', a text, has no 'length'; it has size",
                    "score.size > 3 | 'score', a number, has no 'size'",
                    "report.faild == 0 | 'report', a record, has no 'faild'; it has",
                    "report == 'x' | cannot be compared by == with the text 'x'; compare one of its fields",
                    "report | write report.",
                    "report.by.name == 'anna' | is never the text 'anna'; it is one of ann, bob",
                    "score = 3 | cannot be read",
                    "any verdict (it == 'x') | 'verdict', a text, has no elements",
                    "any findings | what any of 'findings' has to be is missing; write it in brackets: (",
                    "any findings (severty == 'high') | 'severty' is no field of 'findings'; there is",
                    "any findings (score > 3) | 'score' is no field of 'findings'",
                    "any findings (severity == 'hihg') | is never the text 'hihg'",
                    "any findings (severity == 'high' | a ')' is missing",
                    "any notes (note == 'x') | 'note' is no name for what 'notes' holds; there is it",
                    "any notes (it == 'x') and it == 'y' | 'it' is no channel",
                    "findings.severity == 'high' | write any findings (severity",
                    "findings == 'high' | or its elements: any findings (FIELD == …)",
                    "all | 'all' is no channel"
                })
        void that_cannot_be_read_says_why(String text, String why) {
            assertThatExceptionOfType(Condition.Unreadable.class)
                    .isThrownBy(() -> Condition.parse(text, CHANNELS))
                    .withMessageContaining(why);
        }
    }
}
