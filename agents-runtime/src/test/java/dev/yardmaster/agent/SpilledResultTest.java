package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.Bench.Probe;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are too long to be told. */
class SpilledResultTest {

    private static final String LONG = IntStream.rangeClosed(1, 5_000)
            .mapToObj(i -> "line " + i + " of many")
            .collect(Collectors.joining("\n"));

    @TempDir
    Path temporary;

    private Outcome run(ToolResult result, String script, Orchestrator orchestrator) throws Exception {
        Path workspace = Files.createDirectories(temporary.resolve("workspace"));
        var runtime = new Bench(workspace)
                .runtime(Bench.WORKER)
                .tools(new Probe("Probe", Effect.READ_ONLY, call -> result))
                .commandRecords(temporary.resolve("commands"))
                .model(Bench.script(script));
        var graph = Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", runtime.build().agent("worker").reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        try (orchestrator) {
            return orchestrator.start(graph, State.of(Bench.TASK, "do it")).await();
        }
    }

    private Path kept() throws Exception {
        try (Stream<Path> all = Files.walk(temporary.resolve("commands"))) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void are_told_by_their_beginning_and_their_end_and_the_agent_may_read_the_rest() throws Exception {
        Outcome outcome = run(new ToolResult.Text(LONG), """
                - call: {Probe: {n: 1}}
                  capture: {path: 'is in (.+?): look'}
                - call: {Read: {file_path: "${path}", offset: 2500, limit: 2}}
                - call: {Grep: {pattern: "line 4321 of", path: "${path}", output_mode: content}}
                - say: Done.
                """, Orchestrator.inMemory());

        assertThat(Bench.result(outcome).text()).isEqualTo("Done.");
        List<String> told = Bench.told(outcome);
        assertThat(told.get(0))
                .hasSizeLessThan(13_000)
                .startsWith("line 1 of many\nline 2 of many\n")
                .contains("left out to save room")
                .contains("line 5000 of many\n[The whole of this, 5000 lines with ")
                .endsWith("characters, is in " + kept()
                        + ": look at what you need of it by Read with offset and limit, or by Grep.]");
        assertThat(told.get(1))
                .contains("line 2500 of many", "line 2501 of many")
                .doesNotContain("line 2502 of many");
        assertThat(told.get(2)).contains("line 4321 of many");
        assertThat(kept()).hasContent(LONG);
    }

    @Test
    void are_kept_without_the_secrets_that_are_not_recorded_either() throws Exception {
        Outcome outcome = run(
                new ToolResult.Text(LONG + "\nthe key is s3cr3t\n" + LONG),
                "- call: {Probe: {n: 1}}\n- say: Done.\n",
                Orchestrator.builder()
                        .redact(text -> text.replace("s3cr3t", "[redacted]"))
                        .build());

        assertThat(Bench.told(outcome).getFirst()).doesNotContain("s3cr3t");
        assertThat(Files.readString(kept())).contains("the key is [redacted]").doesNotContain("s3cr3t");
    }

    @Test
    void stay_when_a_colleague_runs_commands_meanwhile() throws Exception {
        Path workspace = Files.createDirectories(temporary.resolve("workspace"));
        var runtime = new Bench(workspace)
                .runtime(Bench.WORKER)
                .agents(AgentDefinition.of("peer", "Runs commands", "Run it.").withTools("Bash", "Read"))
                .policy(Policy.acceptEdits()
                        .with(Rule.allow("Probe", "test"))
                        .with(Rule.allow("Agent", "test"))
                        .with(Rule.allow("Bash(true)", "test")))
                .tools(new Probe("Probe", Effect.READ_ONLY, call -> new ToolResult.Text(LONG)))
                .commandRecords(temporary.resolve("commands"))
                .model(ScriptedModel.parse("""
                        version: 1
                        agents:
                          worker:
                            - call: {Probe: {n: 1}}
                              capture: {path: 'is in (.+?): look'}
                            - call: {Agent: {description: a command, prompt: "Run it; see ${path}", subagent_type: peer}}
                            - call: {Read: {file_path: "${path}", offset: 2500, limit: 1}}
                            - say: Done.
                          peer:
                            - call: {Bash: {command: "true"}}
                            - say: Ran.
                        """, "test.yaml"));

        Outcome outcome = new Bench(workspace).run(runtime);

        assertThat(Bench.told(outcome).get(1)).contains("Ran.");
        assertThat(Bench.told(outcome).get(2)).contains("line 2500 of many");
    }

    @Test
    void that_are_failures_are_told_in_short() throws Exception {
        Outcome outcome =
                run(new ToolResult.Failed(LONG), "- call: {Probe: {n: 1}}\n- say: Done.\n", Orchestrator.inMemory());

        assertThat(Bench.told(outcome).getFirst())
                .startsWith("Failed: line 1 of many")
                .hasSizeLessThan(13_000);
        assertThat(temporary.resolve("commands")).doesNotExist();
    }

    @Test
    void that_are_hardly_too_long_are_told_whole() throws Exception {
        String text = "x".repeat(31_000);

        assertThat(Bench.told(run(
                        new ToolResult.Text(text), "- call: {Probe: {n: 1}}\n- say: Done.\n", Orchestrator.inMemory())))
                .containsExactly(text);
    }
}
