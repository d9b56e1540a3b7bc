package dev.yardmaster.workflow;

import static dev.yardmaster.workflow.WorkflowTest.problemsOf;
import static dev.yardmaster.workflow.WorkflowTest.run;
import static dev.yardmaster.workflow.WorkflowTest.runtime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.run.Orchestrator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records, graphs in graphs, joins and how nodes are run: what a workflow has in common with a graph in Java. */
@Timeout(60)
class WorkflowGraphsTest {

    static final String BUILD = """
            version: 1
            channels:
              task: text
              changes: text
              tests:
                fields:
                  failed: {type: number, about: how many tests failed}
                  defects: texts
              audit:
                type: record
                fields:
                  findings: {type: records, fields: {where: text, severity: {oneOf: [low, high]}}}
            nodes:
              build: {agent: builder, reads: [task, tests, audit], writes: changes}
              test: {agent: tester, reads: [task, changes], writes: tests}
              audit: {agent: auditor, reads: changes, writes: audit}
              report: join
            start: build
            edges:
              - build -> test
              - build -> audit
              - test -> report
              - audit -> report
              - {edge: report -> END, when: "tests.failed == 0 and audit.findings.size == 0"}
              - {edge: report -> build, when: otherwise}
            """;

    static ScriptedModel building() {
        return ScriptedModel.replies("builder", "first")
                .when("builder", "## tests", "second")
                .and("tester", "{\"failed\": 1, \"defects\": [\"empty list\"]}")
                .when("tester", "second", "{\"failed\": 0, \"defects\": []}")
                .and(
                        "auditor",
                        "{\"findings\": [{\"where\": \"a.py\", \"severity\": \"hihg\"}]}",
                        "{\"findings\": [{\"where\": \"a.py\", \"severity\": \"high\"}]}")
                .when("auditor", "second", "{\"findings\": []}");
    }

    @Nested
    class A_record {
        @Test
        void is_what_agents_answer_and_conditions_look_into() throws Exception {
            State state = run(
                    Workflow.parse(BUILD, "w.yaml"),
                    runtime(building(), "builder", "tester", "auditor"),
                    Map.of("task", "an endpoint"));
            assertThat(state.get(Channel.of("changes", String.class))).isEqualTo("second");
            assertThat(state.get(Channel.of("tests", Json.class)))
                    .isEqualTo(Json.parse("{\"failed\": 0, \"defects\": []}"));
        }

        @Test
        void is_described_to_the_agent_as_a_schema_in_the_order_of_the_file() {
            var lines = new WorkflowReader("w.yaml", new WorkflowFiles()).read(BUILD);
            assertThat(lines.channels().get("tests").type().schema().text())
                    .isEqualTo(
                            "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"failed\":{\"type\":"
                                    + "\"number\",\"description\":\"how many tests failed\"},\"defects\":{\"type\":\"array\","
                                    + "\"items\":{\"type\":\"string\"}}},\"required\":[\"failed\",\"defects\"]}");
        }

        @Test
        void may_be_given_as_input_and_has_to_fit() {
            var workflow = Workflow.parse(BUILD, "w.yaml");
            State input = workflow.input(Map.of("tests", "{\"failed\": 2, \"defects\": []}"));
            assertThat(input.get(Channel.of("tests", Json.class)).text()).contains("2");
            assertThatExceptionOfType(YardmasterException.class)
                    .isThrownBy(() -> workflow.input(Map.of("tests", "{\"faild\": 2, \"defects\": []}")))
                    .withMessageContaining("which channel 'tests' holds; 'failed' is missing")
                    .withMessageContaining("did you mean 'failed'?");
        }
    }

    @Nested
    class A_graph_in_a_graph {
        static final String REVIEWING = """
                version: 1
                channels: {task: text, draft: text, style: text, facts: text, verdict: text}
                nodes:
                  write: {agent: writer, reads: task, writes: draft}
                  review:
                    graph:
                      nodes:
                        begin: join
                        style: {agent: stylist, reads: draft, writes: style}
                        facts: {agent: checker, reads: draft, writes: facts}
                      start: begin
                      edges:
                        - begin -> style
                        - begin -> facts
                  judge:
                    in: {question: style}
                    out: {verdict: answer}
                    graph:
                      channels: {question: text, answer: text}
                      nodes:
                        decide: {agent: judge, reads: question, writes: answer}
                      start: decide
                start: write
                edges:
                  - write -> review
                  - review -> judge
                """;

        static final ScriptedModel SCRIPT = ScriptedModel.replies("writer", "a draft")
                .and("stylist", "fine style")
                .and("checker", "true")
                .and("judge", "accepted");

        @Test
        void shares_channels_or_has_its_own() throws Exception {
            var workflow = Workflow.parse(REVIEWING, "w.yaml");
            State state =
                    run(workflow, runtime(SCRIPT, "writer", "stylist", "checker", "judge"), Map.of("task", "a page"));
            assertThat(state.get(Channel.of("verdict", String.class))).isEqualTo("accepted");
            assertThat(state.get(Channel.of("facts", String.class))).isEqualTo("true");
            assertThat(state.json()).doesNotContainKeys("question", "answer");
            assertThat(workflow.agents())
                    .containsExactly(
                            Map.entry("write", "writer"),
                            Map.entry("review/style", "stylist"),
                            Map.entry("review/facts", "checker"),
                            Map.entry("judge/decide", "judge"));
            assertThat(workflow.required()).containsOnlyKeys("task");
        }

        @Test
        void is_run_for_each_element_of_a_list_too() throws Exception {
            var workflow = Workflow.parse("""
                    version: 1
                    channels:
                      cases: {type: records, fields: {name: text, size: number}}
                      notes: {type: texts, reducer: append}
                      verdicts: texts
                    nodes:
                      look:
                        forEach: cases
                        as: case
                        result: verdict
                        collect: verdicts
                        graph:
                          nodes:
                            judge: {agent: judge, reads: case, writes: verdict}
                            again: {agent: second, reads: [verdict, case], writes: verdict}
                          start: judge
                          edges:
                            - {edge: judge -> again, when: "case.size > 5 and verdict contains 'maybe'"}
                    start: look
                    """, "w.yaml");
            var script = ScriptedModel.replies("judge", "maybe").and("second", "yes, all of it");
            State state = run(
                    workflow,
                    runtime(script, "judge", "second"),
                    Map.of("cases", "[{\"name\": \"a\", \"size\": 3}, {\"name\": \"b\", \"size\": 9}]"));
            assertThat(state.get(Channel.listOf("verdicts", String.class))).containsExactly("maybe", "yes, all of it");
        }

        @Test
        void has_its_problems_told_with_the_others() {
            assertThat(problemsOf(REVIEWING
                            .replace("reads: question", "reads: qestion")
                            .replace("out: {verdict: answer}", "out: {verdct: answer}")
                            .replace("start: begin", "start: style")
                            .replace("channels: {task: text,", "channels: {task: txt,")))
                    .containsExactly(
                            "w.yaml:2: 'txt' is no type; known: text, number, flag, texts, record, records; did you mean"
                                    + " 'text'?",
                            "w.yaml:21: 'qestion' is no channel; declare it under channels; did you mean 'question'?",
                            "w.yaml:17: 'verdct' is no channel to be written to; did you mean 'verdict'?",
                            "w.yaml:8: node 'begin' cannot be reached from the start 'style'; add an edge to it or"
                                    + " remove it",
                            "w.yaml:10: node 'facts' cannot be reached from the start 'style'; add an edge to it or"
                                    + " remove it");
        }
    }

    @Nested
    class A_node {
        @Test
        void that_fails_is_replaced_by_its_fallback() throws Exception {
            var workflow = Workflow.parse("""
                    version: 1
                    channels: {task: text, draft: text}
                    nodes:
                      write: {agent: absent, fallback: writer, retry: {times: 2, first: 1ms}, timeout: 5m,
                              reads: task, writes: draft}
                    start: write
                    """, "w.yaml");
            var graph = workflow.bind(runtime(ScriptedModel.replies("writer", "a draft"), "absent", "writer"));
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = orchestrator
                        .start(graph, workflow.input(Map.of("task", "a page")))
                        .await();
                assertThat(outcome.view().facts(Fact.NodeCompleted.class)).hasSize(1);
                assertThat(outcome.view().facts(Fact.NodeFailed.class))
                        .isNotEmpty()
                        .allMatch(Fact.NodeFailed::retried);
            }
            assertThat(workflow.agents())
                    .containsExactly(Map.entry("write", "absent"), Map.entry("write (fallback)", "writer"));
        }

        @Test
        void says_what_is_wrong_with_how_it_is_run() {
            assertThat(problemsOf("""
                    version: 1
                    channels: {task: text}
                    nodes:
                      write: {agent: a, reads: task, retry: many, timeout: 5 minutes}
                      inner: {graph: {nodes: {x: join}, start: x}, retry: 2}
                    start: write
                    edges: [write -> inner]
                    """))
                    .containsExactly(
                            "w.yaml:4: 'many' is no whole number of 1 or more",
                            "w.yaml:4: '5 minutes' is no duration; write 500ms, 30s, 5m or 1h",
                            "w.yaml:5: 'retry' belongs to a node that is an agent; the nodes of a graph have their own");
        }
    }

    @Nested
    class The_shape {
        @Test
        void has_its_problems_told_with_lines_and_with_all_others() {
            assertThat(problemsOf(BUILD.replace("reads: changes", "reads: chnges")
                            .replace("  - audit -> report\n", "  - audit -> END\n")
                            .replace("report: join", "report: join\n  lost: join")
                            .replace("severity: {oneOf: [low, high]}", "severity: {type: txt}")))
                    .containsExactly(
                            "w.yaml:12: 'txt' is no type; known: text, number, flag, texts, record, records; did you"
                                    + " mean 'text'?",
                            "w.yaml:16: 'chnges' is no channel; declare it under channels; did you mean 'changes'?",
                            "w.yaml:18: node 'lost' cannot be reached from the start 'build'; add an edge to it or"
                                    + " remove it",
                            "w.yaml:22: edge 'build' → 'audit' always leaves the loop that starts at 'build', so the loop"
                                    + " could never go round; lead the branch back into the loop, with an edge from"
                                    + " 'audit' to a node that leads to 'report', or make the edge conditional");
        }

        @Test
        void does_not_let_branches_write_one_channel() {
            assertThat(problemsOf(BUILD.replace("reads: changes, writes: audit", "reads: changes, writes: tests")))
                    .anyMatch(problem -> problem.startsWith(
                                    "w.yaml:16: nodes 'test' and 'audit' run in parallel and both write channel 'tests'")
                            && problem.endsWith("give the channel a reducer ('last' if any will do), or write to two"
                                    + " channels"));
        }

        @Test
        void may_have_one_arrow_once_and_unusable_names_are_told() {
            assertThat(problemsOf("""
                    version: 1
                    nodes: {a: join, b.c: join}
                    start: a
                    edges:
                      - a -> b.c
                      - {edge: a -> b.c, when: otherwise}
                    """))
                    .containsExactly(
                            "w.yaml:2: node name 'b.c' is not usable: no blanks and none of # . / [ ]",
                            "w.yaml:6: edge 'a' → 'b.c' is declared twice; one arrow has one condition: remove one, or"
                                    + " combine the conditions");
        }
    }

    @Test
    void an_edge_marked_otherwise_is_taken_when_no_condition_holds_and_with_plain_ones() throws Exception {
        var workflow = Workflow.parse("""
                version: 1
                channels: {task: text, how: text, much: text}
                nodes:
                  begin: join
                  short: {agent: brief, reads: task, writes: how}
                  long: {agent: verbose, reads: task, writes: how}
                  always: {agent: other, reads: task, writes: much}
                start: begin
                edges:
                  - {edge: begin -> short, when: "task.size < 10"}
                  - {edge: begin -> long, when: otherwise}
                  - begin -> always
                """, "w.yaml");
        var runtime = runtime(
                ScriptedModel.replies("brief", "short").and("verbose", "long").and("other", "yes"),
                "brief",
                "verbose",
                "other");
        for (var each : List.of(Map.entry("tiny", "short"), Map.entry("a long story", "long"))) {
            State state = run(workflow, runtime, Map.of("task", each.getKey()));
            assertThat(state.get(Channel.of("how", String.class))).isEqualTo(each.getValue());
            assertThat(state.get(Channel.of("much", String.class))).isEqualTo("yes");
        }
    }
}
