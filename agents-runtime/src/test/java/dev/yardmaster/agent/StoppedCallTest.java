package dev.yardmaster.agent;

import static dev.yardmaster.agent.AgentTest.RESULT;
import static dev.yardmaster.agent.AgentTest.TASK;
import static dev.yardmaster.agent.AgentTest.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent does is stopped in the middle, by closing its orchestrator or cancelling its run. */
@Timeout(60)
class StoppedCallTest {

    private static final RunId RUN = new RunId("run");

    @TempDir
    Path workspace;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(workspace.resolve("a.txt"), "one\n");
    }

    private Graph graph(AgentRuntimeBuilder runtime, String script) {
        return Graph.builder("test")
                .channels(TASK, RESULT)
                .node(
                        "work",
                        runtime.agents(WORKER)
                                .workspace(workspace)
                                .model(AgentTest.script(script))
                                .build()
                                .agent("worker")
                                .reads(TASK)
                                .writes(RESULT))
                .start("work")
                .build();
    }

    private static Run start(Orchestrator orchestrator, Graph graph) {
        return orchestrator.start(
                graph, State.of(TASK, "do it"), RunOptions.defaults().withId(RUN));
    }

    /** Lets a call of a tool run only when its thread is interrupted, and then with that still to be noticed. */
    private record Late(String tool, CountDownLatch begun) implements Interceptor {
        @Override
        public ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
            if (next.tool().equals(tool)) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return next.proceed(call);
        }
    }

    private void is_left_as_begun_and_done_once_when_the_run_goes_on(String tool, String script) throws Exception {
        var store = new MemoryJournal();
        var begun = new CountDownLatch(1);
        try (var orchestrator = Orchestrator.builder().journal(store).build()) {
            start(
                    orchestrator,
                    graph(
                            AgentRuntime.builder().policy(Policy.acceptEdits()).intercept(new Late(tool, begun)),
                            script));
            begun.await();
        }
        var left = RunView.of(RUN, store.another().read(RUN, 0));
        assertThat(left.facts(Fact.StepStarted.class).getLast().effect()).isEqualTo(Effect.PROBED);
        assertThat(left.facts(Fact.StepFinished.class))
                .extracting(Fact.StepFinished::step)
                .doesNotContain(left.facts(Fact.StepStarted.class).getLast().step());
        assertThat(workspace.resolve("a.txt")).hasContent("one\n");

        try (var orchestrator = Orchestrator.builder().journal(store.another()).build()) {
            Outcome outcome = orchestrator
                    .resume(RUN, graph(AgentRuntime.builder().policy(Policy.acceptEdits()), script))
                    .await();
            assertThat(AgentTest.results(outcome.view()))
                    .as(outcome.view().failures().toString())
                    .allMatch(ToolResult::succeeded);
        }
        assertThat(workspace.resolve("a.txt")).hasContent("two\n");
    }

    @Test
    void an_edit_is_left_as_begun_and_done_once_when_the_run_goes_on() throws Exception {
        is_left_as_begun_and_done_once_when_the_run_goes_on("Edit", """
                - call: {Read: {file_path: a.txt}}
                - call: {Edit: {file_path: a.txt, old_string: one, new_string: two}}
                - say: "Done."
                """);
    }

    @Test
    void a_write_is_left_as_begun_and_done_once_when_the_run_goes_on() throws Exception {
        is_left_as_begun_and_done_once_when_the_run_goes_on("Write", """
                - call: {Read: {file_path: a.txt}}
                - call: {Write: {file_path: a.txt, content: "two\\n"}}
                - say: "Done."
                """);
    }

    @Test
    void a_tool_that_tells_an_interrupt_as_a_failure_of_its_own_has_not_failed() throws Exception {
        var store = new MemoryJournal();
        var begun = new CountDownLatch(1);
        var probe = new Bench.Probe("Probe", Effect.ONCE, call -> new ToolResult.Failed("the line went dead"));
        try (var orchestrator = Orchestrator.builder().journal(store).build()) {
            start(
                    orchestrator,
                    graph(
                            AgentRuntime.builder()
                                    .tools(probe)
                                    .policy(Policy.acceptEdits().with(Rule.allow("Probe", "test")))
                                    .intercept(new Late("Probe", begun)),
                            """
                            - call: {Probe: {n: 1}}
                            - say: "Done."
                            """));
            begun.await();
        }
        var left = RunView.of(RUN, store.another().read(RUN, 0));
        assertThat(AgentTest.results(left)).isEmpty();
        assertThat(told(left))
                .containsExactly(
                        ToolResult.InDoubt.of(call("Probe", "{\"n\":1}")).forModel());
    }

    private static ToolCall call(String tool, String arguments) {
        return new ToolCall("call-1-1", tool, dev.yardmaster.event.Json.parse(arguments));
    }

    private static List<String> told(RunView view) {
        return Transcript.lastOf(view).orElseThrow().messages().stream()
                .filter(Message.ToolOutput.class::isInstance)
                .map(message -> ((Message.ToolOutput) message).text())
                .toList();
    }

    @Test
    void what_was_never_begun_is_not_in_doubt_to_whoever_goes_on_from_a_cancelled_run() throws Exception {
        try (var orchestrator = Orchestrator.inMemory()) {
            Run run = start(orchestrator, graph(AgentRuntime.builder(), """
                    - call: [{Read: {file_path: a.txt}}, {Write: {file_path: b.txt, content: b}}, {Bash: {command: "ls"}}]
                    """));
            assertThat(run.await()).isInstanceOf(Outcome.Suspended.class); // the write has to be approved
            orchestrator.cancel(RUN, "enough");
            assertThat(run.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(told(run.view()))
                    .hasSize(3)
                    .containsOnly(
                            "Rejected: not run: the work ended before"); // calls begin when all before are decided
        }
    }
}
