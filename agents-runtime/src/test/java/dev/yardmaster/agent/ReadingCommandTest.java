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
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that provably only reads is recorded as that, so that it is run again where another would be in doubt. */
@Timeout(60)
class ReadingCommandTest {

    private static final RunId RUN = new RunId("run");
    private static final String CALL = AgentStep.call(1, 1);

    @TempDir
    Path workspace;

    private Graph graph(String call) {
        var runtime = AgentRuntime.builder()
                .agents(WORKER)
                .workspace(workspace)
                .policy(Policy.acceptEdits().with(Rule.allow("Bash(echo x >> log.txt)", "test")))
                .model(AgentTest.script("- call: " + call + "\n- say: \"Done.\"\n"))
                .build();
        return Graph.builder("test")
                .channels(TASK, RESULT)
                .node("work", runtime.agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
    }

    private static String bash(String command) {
        return "{Bash: {command: \"" + command + "\"}}";
    }

    private List<Entry> run(String call) throws Exception {
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator
                    .start(
                            graph(call),
                            State.of(TASK, "do it"),
                            RunOptions.defaults().withId(RUN))
                    .await();
            assertThat(AgentTest.result(outcome).text()).isEqualTo("Done.");
            return outcome.view().entries().stream()
                    .map(RunEvent.Recorded::entry)
                    .toList();
        }
    }

    private Effect recorded(String call) throws Exception {
        return run(call).stream()
                .filter(entry -> entry.fact() instanceof Fact.StepStarted started
                        && started.step().equals(CALL))
                .map(entry -> ((Fact.StepStarted) entry.fact()).effect())
                .findFirst()
                .orElseThrow();
    }

    /** The journal of a process that died in the call, and what another makes of it. */
    private List<Entry> resumedAfterDeathInTheCall(String call, List<Entry> all, Workspaced before) throws Exception {
        List<Entry> left = all.stream()
                .takeWhile(entry -> !(entry.fact() instanceof Fact.StepFinished finished
                        && finished.step().equals(CALL)))
                .toList();
        var store = new MemoryJournal();
        store.create(RUN, left);
        store.lapse();
        before.changed();
        try (var orchestrator = Orchestrator.builder().journal(store.another()).build()) {
            Outcome outcome = orchestrator.resume(RUN, graph(call)).await();
            assertThat(AgentTest.result(outcome).text()).isEqualTo("Done.");
            return outcome.view().entries().stream()
                    .map(RunEvent.Recorded::entry)
                    .toList();
        }
    }

    private interface Workspaced {
        void changed() throws Exception;
    }

    private static List<Fact.StepStarted> starts(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.fact() instanceof Fact.StepStarted started
                        && started.step().equals(CALL))
                .map(entry -> (Fact.StepStarted) entry.fact())
                .toList();
    }

    private static ToolResult result(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.fact() instanceof Fact.StepFinished finished
                        && finished.step().equals(CALL))
                .map(entry -> ((Fact.StepFinished) entry.fact()).output().orElseThrow())
                .map(output -> output.as(ToolResult.class))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_recorded_is_what_was_proved() throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "hello\n");
        assertThat(recorded(bash("cat a.txt | wc -l"))).isEqualTo(Effect.READ_ONLY);
        assertThat(recorded(bash("grep -rn hello . && ls"))).isEqualTo(Effect.READ_ONLY);
        assertThat(recorded(bash("echo x >> log.txt"))).isEqualTo(Effect.PROBED);
        assertThat(recorded(bash("mkdir -p made"))).isEqualTo(Effect.PROBED);
        assertThat(recorded("{Bash: {command: \"cat a.txt\", run_in_background: true}}"))
                .isEqualTo(Effect.ONCE);
    }

    @Test
    void it_is_run_again_after_a_crash_under_the_same_key() throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "before\n");
        List<Entry> first = run(bash("cat a.txt"));
        assertThat(result(first).forModel()).isEqualTo("before");
        List<Entry> resumed = resumedAfterDeathInTheCall(
                bash("cat a.txt"), first, () -> Files.writeString(workspace.resolve("a.txt"), "after\n"));
        assertThat(result(resumed).forModel()).isEqualTo("after");
        assertThat(starts(resumed)).hasSize(2).allSatisfy(started -> {
            assertThat(started.effect()).isEqualTo(Effect.READ_ONLY);
            assertThat(started.inputHash()).isEqualTo(starts(first).getFirst().inputHash());
        });
        assertThat(starts(resumed)).extracting(Fact.StepStarted::attempt).containsExactly(1, 2);
    }

    @Test
    void it_is_not_run_again_where_it_no_longer_only_reads() throws Exception {
        Path config = Files.createDirectories(workspace.resolve(".git")).resolve("config");
        Files.writeString(config, "[core]\nbare = false\n");
        List<Entry> first = run(bash("git status"));
        assertThat(starts(first).getFirst().effect()).isEqualTo(Effect.READ_ONLY);
        List<Entry> resumed = resumedAfterDeathInTheCall(
                bash("git status"), first, () -> Files.writeString(config, "[core]\nfsmonitor = ./x\n"));
        assertThat(result(resumed).forModel()).contains("not run", "is not now");
    }

    /** What was recorded counts, not what would be found now: it may have been more than a read when it ran. */
    @Test
    void one_that_began_as_something_else_stays_in_doubt() throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "x\n");
        List<Entry> first = run(bash("cat a.txt")).stream()
                .map(entry -> entry.fact() instanceof Fact.StepStarted started
                                && started.step().equals(CALL)
                        ? new Entry(
                                entry.at(),
                                new Fact.StepStarted(
                                        started.step(),
                                        Effect.ONCE,
                                        started.input(),
                                        started.inputHash(),
                                        started.attempt(),
                                        started.before()))
                        : entry)
                .toList();
        assertThat(result(resumedAfterDeathInTheCall(bash("cat a.txt"), first, () -> {})))
                .isInstanceOf(ToolResult.InDoubt.class);
    }
}
