package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.RunAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.replay.Difference;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunFile;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorded run under test: what users do with their own agents. */
@Timeout(60)
class ReplayAssertTest {

    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<String> REPORT = Channel.of("report", String.class);
    private static final AgentDefinition FIXER =
            AgentDefinition.of("fixer", "Fixes", "You fix things.\nAsk first.").withChecklist("It starts");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_recorded_run() throws Exception {
        file = folder.resolve("fix.jsonl");
        var script = ScriptedModel.replies(
                "fixer",
                ScriptedReply.call("Read", Map.of("file_path", "app.conf"))
                        .andCall("Glob", Map.of("pattern", "*.conf"))
                        .andCall("Nope", Map.of()),
                ScriptedReply.call("Edit", Map.of("file_path", "app.conf", "old_string", "prot", "new_string", "port")),
                ScriptedReply.call("Bash", Map.of("command", "curl example.org")),
                ScriptedReply.say("It was a typo."));
        try (var workspace = TestWorkspace.temporary().file("app.conf", "prot=80\n");
                var orchestrator = Orchestrator.inMemory()) {
            Graph graph = graph(FIXER, script, workspace.root());
            RunFile.write(
                    file,
                    orchestrator
                            .start(graph, State.of(TASK, "It does not start"))
                            .await()
                            .view());
        }
    }

    /** Elsewhere, with a model that is never asked. */
    private Graph graph(AgentDefinition fixer) {
        return graph(fixer, Model.silent(), folder);
    }

    private static Graph graph(AgentDefinition fixer, Model model, Path workspace) {
        var runtime = AgentRuntime.builder()
                .agents(fixer)
                .model(model)
                .workspace(workspace)
                .policy(Policy.acceptEdits())
                .build();
        return Graph.builder("fix")
                .channels(TASK, REPORT)
                .node("fix", runtime.agent("fixer").reads(TASK).writes(REPORT))
                .start("fix")
                .build();
    }

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void the_same_agent_does_the_same_in_another_place_without_a_model() throws Exception {
        var replayed = Replay.of(file).through(graph(FIXER));
        assertThat(replayed).isSame();
        fails(
                () -> assertThat(replayed).differsAt("fix"),
                "to differ first at 'fix'",
                "It goes as it was recorded: 1 nodes");
        fails(() -> assertThat(replayed).difference(), "to differ from what was recorded");
    }

    @Test
    void another_prompt_is_shown_line_by_line() throws Exception {
        var changed = AgentDefinition.of("fixer", "Fixes", "You fix things.\nNever ask.")
                .withChecklist("It starts");
        var replayed = Replay.of(file).through(graph(changed));
        assertThat(replayed)
                .differsAt("fix")
                .differsAt("fix:opening")
                .showing("- Ask first.")
                .showing("+ Never ask.");
        assertThat(replayed).difference().extracting(Difference::kind).isEqualTo(Difference.Kind.DERIVED);
        fails(
                () -> assertThat(replayed).isSame(),
                "of graph 'fix' to go as it was recorded",
                "'opening' at 'fix' comes to something else",
                "- Ask first.",
                "+ Never ask.",
                "record the run anew");
        fails(() -> assertThat(replayed).showing("nothing"), "to show 'nothing'");
    }

    @Test
    void fewer_tools_are_named() throws Exception {
        var changed = FIXER.withTools("Read", "Edit", "Glob");
        assertThat(Replay.of(file).through(graph(changed)))
                .differsAt("fix:opening")
                .showing("tools.Bash:\n  - offered");
    }

    @Test
    void another_name_or_description_changes_nothing() throws Exception {
        var described = AgentDefinition.of("fixer", "Mends", "You fix things.\nAsk first.")
                .withChecklist("It starts");
        assertThat(Replay.of(file).through(graph(described))).isSame();
    }
}
