package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.ReplyReset;
import dev.yardmaster.agent.ReplyText;
import dev.yardmaster.agent.RetryPolicy;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent does a small job with real tools; only the model's side of the wire is written down. */
@Timeout(60)
class AgentOverTheWireTest {

    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    private static final Call READ = new Call("c1", "Read", "{\"file_path\":\"greeting.txt\"}");
    private static final Call EDIT =
            new Call("c2", "Edit", "{\"file_path\":\"greeting.txt\",\"old_string\":\"Helo\",\"new_string\":\"Hello\"}");

    @TempDir
    Path workspace;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void hear(RunEvent event) {
        if (event instanceof ReplyText said) {
            heard.add(said.text());
        } else if (event instanceof ReplyReset) {
            heard.add("(reset)");
        }
    }

    private AgentResult work(Wire wire, WireServer server) throws Exception {
        var fixer = AgentDefinition.of("fixer", "Mends spelling", "You mend spelling.")
                .withTools("Read", "Edit");
        var runtime = AgentRuntime.builder()
                .agents(fixer)
                .model(wire.model(server))
                .workspace(workspace)
                .policy(Policy.acceptEdits())
                .retries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO))
                .build();
        var graph = Graph.builder("mend")
                .channels(TASK, RESULT)
                .node("mend", runtime.agent("fixer").reads(TASK).writes(RESULT))
                .start("mend")
                .build();
        try (var orchestrator = Orchestrator.builder().listener(this::hear).build()) {
            Outcome outcome = orchestrator
                    .start(graph, State.of(TASK, "Mend greeting.txt"))
                    .await();
            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            return ((Outcome.Completed) outcome).state().get(RESULT);
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void reads_edits_and_reports(Wire wire) throws Exception {
        Path file = Files.writeString(workspace.resolve("greeting.txt"), "Helo, world\n");
        try (var server = new WireServer(
                wire.streamed(List.of("Let me ", "look."), Finish.CALLS, READ),
                wire.streamed(List.of(), Finish.CALLS, EDIT),
                wire.streamed(List.of("Men", "ded."), Finish.STOP))) {
            AgentResult result = work(wire, server);

            assertThat(file).hasContent("Hello, world\n");
            assertThat(result.text()).isEqualTo("Mended.");
            assertThat(result.turns()).isEqualTo(3);
            assertThat(result.usage()).isEqualTo(new Usage(36, 21));
            assertThat(heard).containsExactly("Let me ", "look.", "Men", "ded.");
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests().get(0).text()).contains("You mend spelling.", "Mend greeting.txt");
            assertThat(server.requests().get(1).text()).contains("Helo, world");
            assertThat(server.requests().get(2).text()).contains("old_string").contains("new_string");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void gets_over_an_overloaded_provider_and_a_cut_stream_and_runs_no_call_of_it(Wire wire) throws Exception {
        Path file = Files.writeString(workspace.resolve("greeting.txt"), "Helo, world\n");
        String[] cut = wire.stream(List.of("I will ", "edit."), wire.finish(Finish.CALLS), EDIT)
                .toArray(String[]::new);
        String[] withoutEnd = List.of(cut)
                .subList(0, cut.length - (wire == Wire.OPENAI ? 3 : 1))
                .toArray(String[]::new);
        try (var server = new WireServer(
                WireServer.status(529, "{\"error\":{\"type\":\"overloaded_error\"}}", "Retry-After: 0"),
                WireServer.cutStream(wire.contentType(), withoutEnd),
                wire.streamed(List.of("Nothing to mend."), Finish.STOP))) {
            AgentResult result = work(wire, server);

            assertThat(result.text()).isEqualTo("Nothing to mend.");
            assertThat(file).hasContent("Helo, world\n");
            assertThat(heard).containsExactly("I will ", "edit.", "(reset)", "Nothing to mend.");
        }
    }
}
