package dev.yardmaster.agent;

import static dev.yardmaster.agent.AgentTest.RESULT;
import static dev.yardmaster.agent.AgentTest.TASK;
import static dev.yardmaster.agent.AgentTest.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.undo.Originals;
import dev.yardmaster.undo.Undo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent's process dies in the middle of a tool call, and the run is resumed by another. */
@Timeout(60)
class InterruptedCallTest {

    private static final RunId RUN = new RunId("run");

    @TempDir
    Path workspace;

    @TempDir
    Path kept;

    private Path log() {
        return workspace.resolve("log.txt");
    }

    private Graph graph() {
        var runtime = AgentRuntime.builder()
                .agents(WORKER)
                .workspace(workspace)
                .originals(Originals.in(kept))
                .policy(Policy.acceptEdits().with(Rule.allow("Bash(echo hello >> log.txt)", "test")))
                .model(AgentTest.script("""
                        - call: {Write: {file_path: new.txt, content: "new"}}
                        - call: {Bash: {command: "echo hello >> log.txt"}}
                        - say: "Done."
                        """))
                .build();
        return Graph.builder("test")
                .channels(TASK, RESULT)
                .node("work", runtime.agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
    }

    /** Runs it all and leaves a journal that ends with the start of the n-th call. */
    private MemoryJournal diedInCall(int n) throws Exception {
        List<RunEvent.Recorded> all;
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator
                    .start(
                            graph(),
                            State.of(TASK, "do it"),
                            RunOptions.defaults().withId(RUN))
                    .await();
            assertThat(AgentTest.result(outcome).text()).isEqualTo("Done.");
            all = outcome.view().entries();
        }
        String call = AgentStep.call(n, 1);
        List<Entry> left = all.stream()
                .map(RunEvent.Recorded::entry)
                .takeWhile(entry -> !(entry.fact() instanceof Fact.StepFinished finished
                        && finished.step().equals(call)))
                .toList();
        var store = new MemoryJournal();
        store.create(RUN, left);
        store.lapse();
        return store;
    }

    private List<ToolResult> resumed(MemoryJournal store) throws Exception {
        try (var orchestrator = Orchestrator.builder().journal(store.another()).build()) {
            Outcome outcome = orchestrator.resume(RUN, graph()).await();
            assertThat(AgentTest.result(outcome).text()).isEqualTo("Done.");
            return AgentTest.results(outcome.view());
        }
    }

    @Test
    void a_command_that_left_nothing_is_not_run_again_and_the_model_hears_that_its_effect_is_unknown()
            throws Exception {
        var store = diedInCall(2);
        assertThat(store.read(RUN, 0).getLast().entry().fact())
                .isInstanceOfSatisfying(
                        Fact.StepStarted.class,
                        started -> assertThat(started.effect()).isEqualTo(Effect.PROBED));
        List<ToolResult> results = resumed(store);
        assertThat(results.get(1)).isInstanceOf(ToolResult.InDoubt.class);
        assertThat(results.get(1).forModel()).contains("echo hello", "effect is unknown", "check before you repeat");
        assertThat(Files.readString(log())).isEqualTo("hello\n");
    }

    @Test
    void a_write_that_happened_counts_as_done_and_one_that_did_not_is_done() throws Exception {
        var happened = diedInCall(1);
        Files.delete(log());
        assertThat(resumed(happened).getFirst().forModel()).contains("holds what was to be written");

        Files.delete(workspace.resolve("new.txt"));
        Files.delete(log());
        var not = diedInCall(1);
        Files.delete(workspace.resolve("new.txt"));
        assertThat(resumed(not).getFirst().forModel()).startsWith("Created new.txt");
        assertThat(workspace.resolve("new.txt")).hasContent("new");
    }

    @Test
    void a_write_into_a_file_that_somebody_else_changed_since_is_in_doubt() throws Exception {
        var store = diedInCall(1);
        Files.writeString(workspace.resolve("new.txt"), "somebody else's");
        assertThat(resumed(store).getFirst()).isInstanceOf(ToolResult.InDoubt.class);
        assertThat(workspace.resolve("new.txt")).hasContent("somebody else's");
    }

    @Test
    void a_run_that_was_resumed_can_be_undone_from_its_beginning() throws Exception {
        var store = diedInCall(1);
        Files.delete(log());
        try (var files = Files.walk(kept)) {
            Path list = files.filter(file -> file.endsWith("changes.jsonl"))
                    .findFirst()
                    .orElseThrow();
            List<String> lines = Files.readAllLines(list);
            int began = lines.indexOf(lines.stream()
                    .filter(line -> line.contains("BEGAN"))
                    .findFirst()
                    .orElseThrow());
            Files.write(list, lines.subList(0, began + 1));
        }
        resumed(store);
        assertThat(workspace.resolve("new.txt")).exists();
        assertThat(log()).exists();

        Originals.in(kept).find(RUN).orElseThrow().apply(false);
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void what_a_command_did_until_it_was_cancelled_can_be_undone() throws Exception {
        var runtime = AgentRuntime.builder()
                .agents(WORKER)
                .workspace(workspace)
                .originals(Originals.in(kept))
                .policy(Policy.of(Mode.BYPASS))
                .model(AgentTest.script("""
                        - call: {Bash: {command: "echo x > made.txt; sleep 60"}}
                        - say: "Done."
                        """))
                .build();
        var graph = Graph.builder("test")
                .channels(TASK, RESULT)
                .node("work", runtime.agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            var run = orchestrator.start(
                    graph, State.of(TASK, "do it"), RunOptions.defaults().withId(RUN));
            while (Files.notExists(workspace.resolve("made.txt"))) {
                Thread.yield();
            }
            orchestrator.cancel(RUN, "enough");
            assertThat(run.await()).isInstanceOf(Outcome.Cancelled.class);
        }
        Undo undo = Originals.in(kept).find(RUN).orElseThrow();
        assertThat(undo.notWhole()).isEmpty();
        undo.apply(false);
        assertThat(workspace).isEmptyDirectory();
    }
}
