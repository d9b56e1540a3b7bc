package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.RunAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code in docs/testing.md is this code. Tests run in the module's folder; docs is beside it. */
@Timeout(60)
class TestingPageTest {

    // spotless:off (the lines between 'page' and 'page' are shown in docs/testing.md)
    // page
    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<String> REPORT = Channel.of("report", String.class);

    @Test
    void the_config_is_mended_and_nothing_else_is_touched() throws Exception {
        var script = ScriptedModel.replies("fixer",
                ScriptedReply.call("Read", Map.of("file_path", "app.conf")),
                ScriptedReply.call("Edit", Map.of("file_path", "app.conf", "old_string", "prot", "new_string", "port")),
                ScriptedReply.call("Bash", Map.of("command", "curl example.org")),
                ScriptedReply.say("It was a typo."));
        try (var workspace = TestWorkspace.temporary().file("app.conf", "prot=80\n");
                var orchestrator = Orchestrator.inMemory()) {
            var runtime = AgentRuntime.builder()
                    .agents(AgentDefinition.of("fixer", "Fixes", "You fix things."))
                    .model(script).workspace(workspace.root()).policy(Policy.acceptEdits())
                    .build();
            var graph = Graph.builder("fix").channels(TASK, REPORT)
                    .node("fix", runtime.agent("fixer").reads(TASK).writes(REPORT)).start("fix").build();

            var run = orchestrator.start(graph, State.of(TASK, "It does not start"));

            assertThat(run).suspended().asks("curl example.org");       // nobody is there to say yes
            assertThat(run).agent("fixer").calledTools("Read", "Edit").didNotCall("Bash").tookTurns(3);
            assertThat(workspace.text("app.conf")).isEqualTo("port=80\n");
        }
    }
    // page

    // spotless:on

    @Test
    void the_page_shows_the_code_above() throws IOException {
        Path source = Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java");
        assertThat(between(Path.of("..", "docs", "testing.md"), "```java", "```"))
                .isEqualTo(between(source, "// page", "// page"));
    }

    private static List<String> between(Path file, String from, String to) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .dropWhile(line -> !line.strip().equals(from))
                .skip(1)
                .takeWhile(line -> !line.strip().equals(to))
                .toList();
        return String.join("\n", lines).stripIndent().lines().toList();
    }
}
