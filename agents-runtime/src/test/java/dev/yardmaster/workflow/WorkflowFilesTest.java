package dev.yardmaster.workflow;

import static dev.yardmaster.workflow.WorkflowTest.run;
import static dev.yardmaster.workflow.WorkflowTest.runtime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that stand in files of their own. */
@Timeout(60)
class WorkflowFilesTest {

    static final String CHECKS = """
            version: 1
            name: checks
            channels: {code: text, style: text, verdict: text}
            nodes:
              style: {agent: stylist, reads: code, writes: style}
              judge: {agent: judge, reads: [style, code], writes: verdict}
            start: style
            edges: [style -> judge]
            """;

    static final String MAIN = """
            version: 1
            channels: {task: text, draft: text, answer: text}
            nodes:
              write: {agent: writer, reads: task, writes: draft}
              check: {graph: parts/checks.yaml, in: {code: draft}, out: {answer: verdict}}
            start: write
            edges: [write -> check]
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> problems(Path file) {
        return catchThrowableOfType(InvalidWorkflowException.class, () -> Workflow.read(file)).problems().stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void a_node_has_its_graph_from_a_file_beside_it() throws Exception {
        file("parts/checks.yaml", CHECKS);
        var workflow = Workflow.read(file("main.yaml", MAIN));
        assertThat(workflow.agents())
                .containsExactly(
                        Map.entry("write", "writer"),
                        Map.entry("check/style", "stylist"),
                        Map.entry("check/judge", "judge"));
        var script = ScriptedModel.replies("writer", "a draft")
                .and("stylist", "fine")
                .and("judge", "accepted");
        State state = run(workflow, runtime(script, "writer", "stylist", "judge"), Map.of("task", "a page"));
        assertThat(state.get(Channel.of("answer", String.class))).isEqualTo("accepted");
    }

    @Test
    void a_change_of_any_of_the_files_is_another_workflow() throws Exception {
        Path checks = file("parts/checks.yaml", CHECKS);
        Path main = file("main.yaml", MAIN);
        String before = Workflow.read(main).hash();
        assertThat(Workflow.read(main).hash()).isEqualTo(before);
        Files.writeString(checks, CHECKS.replace("[style, code]", "[style]"));
        assertThat(Workflow.read(main).hash()).isNotEqualTo(before);
    }

    @Test
    void what_is_wrong_in_a_file_is_told_with_the_line_there() throws Exception {
        file("parts/checks.yaml", CHECKS.replace("agent: judge, reads: [style", "agent: judge, reads: [stile"));
        assertThat(problems(file("main.yaml", MAIN.replace("reads: task", "reads: tsak"))))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("main.yaml:4: 'tsak' is no channel"),
                        second -> assertThat(second).startsWith("parts/checks.yaml:6: 'stile' is no channel"));
    }

    @Test
    void a_shape_that_is_wrong_is_told_with_the_line_there() throws Exception {
        file("parts/checks.yaml", CHECKS.replace("edges: [style -> judge]", "edges: []"));
        assertThat(problems(file("main.yaml", MAIN)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).startsWith("parts/checks.yaml:6:").contains("judge"));
    }

    @Test
    void agents_that_are_missing_are_told_with_the_file_that_names_them() throws Exception {
        file("parts/checks.yaml", CHECKS);
        var workflow = Workflow.read(file("main.yaml", MAIN));
        var runtime = runtime(ScriptedModel.replies("writer", "x"), "writer", "stylist");
        assertThat(catchThrowableOfType(InvalidWorkflowException.class, () -> workflow.bind(runtime))
                        .getMessage())
                .contains("parts/checks.yaml:6: node 'judge'");
    }

    @Test
    void what_its_graph_needs_has_to_be_given() throws Exception {
        file("parts/checks.yaml", CHECKS);
        assertThat(problems(file("main.yaml", MAIN.replace("in: {code: draft}", "in: {}"))))
                .containsExactly(
                        "main.yaml:5: the graph of 'check' is not given 'code', and its node 'style' has it for its task; write"
                                + " 'in: {code: CHANNEL}'");
    }

    @Test
    void a_file_has_channels_of_its_own() throws Exception {
        file("parts/checks.yaml", CHECKS);
        assertThat(problems(file("main.yaml", MAIN.replace(", in: {code: draft}, out: {answer: verdict}", ""))))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("main.yaml:5: a graph in a file has channels of its own; write 'in:"));
    }

    @Test
    void files_that_cannot_be_used_are_told() throws Exception {
        Path main = file("main.yaml", MAIN);
        assertThat(problems(main))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("main.yaml:5: graph 'parts/checks.yaml': there is no such file"));
        file("parts/checks.yaml", MAIN.replace("parts/checks.yaml", "../main.yaml"));
        assertThat(problems(main))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("parts/checks.yaml:5: graph '../main.yaml': it would be in itself"));
    }

    @Test
    void no_more_files_are_read_than_somebody_can_have_meant() throws Exception {
        for (int i = 0; i < 9; i++) {
            String next = (i + 1) + ".yaml, in: {task: task}, out: {answer: answer}}";
            file(i + ".yaml", """
                    version: 1
                    channels: {task: text, answer: text}
                    nodes: {a: {graph: %s, b: {graph: %s}
                    start: a
                    edges: [a -> b]
                    """.formatted(next, next));
        }
        file("9.yaml", """
                version: 1
                channels: {task: text, answer: text}
                nodes: {a: {agent: writer, reads: task, writes: answer}}
                start: a
                """);
        assertThat(problems(folder.resolve("0.yaml")))
                .anySatisfy(problem -> assertThat(problem).contains("no more than 50 files"))
                .hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void a_text_has_no_files_beside_it() {
        assertThat(catchThrowableOfType(InvalidWorkflowException.class, () -> Workflow.parse(MAIN, "w.yaml"))
                        .problems())
                .anySatisfy(problem -> assertThat(problem).contains("write the graph here"));
    }
}
