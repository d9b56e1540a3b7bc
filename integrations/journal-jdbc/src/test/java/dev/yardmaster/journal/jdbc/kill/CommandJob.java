package dev.yardmaster.journal.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.Interceptor;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.jdbc.SqliteJournal;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent's work that is one command, begun in a process that is killed and gone on with in another. */
record CommandJob(Path folder) {

    private static final RunId RUN = new RunId("command");
    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);

    /** When a process does not get to record what the command came to. */
    enum Fate {
        NONE,
        /** It dies when the command has ended. */
        DIES,
        /** It stands still when the command has ended, until it is killed. */
        WAITS
    }

    /** @param args the folder, and the process's fate */
    public static void main(String[] args) throws Exception {
        var job = new CommandJob(Path.of(args[0]));
        Fate fate = Fate.valueOf(args[1]);
        try (Journal journal =
                        SqliteJournal.builder(job.folder.resolve("runs.db")).open();
                var orchestrator = Orchestrator.builder().journal(journal).build()) {
            orchestrator
                    .start(
                            job.graph(fate),
                            State.of(TASK, "do it"),
                            RunOptions.defaults().withId(RUN))
                    .await();
        }
    }

    /** A process that does it. */
    Process begun(String command, Fate fate) throws IOException {
        Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(folder.resolve("command"), command);
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CommandJob.class.getName(),
                folder.toString(),
                fate.name());
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.txt").toFile())
                .start();
    }

    /** What the command comes to in this process, which goes on with the run. */
    ToolResult resumed() throws Exception {
        try (Journal journal = SqliteJournal.builder(folder.resolve("runs.db"))
                        .mustExist()
                        .open();
                var orchestrator = Orchestrator.builder().journal(journal).build()) {
            Outcome outcome = orchestrator.resume(RUN, graph(Fate.NONE)).await();
            assertThat(outcome).isInstanceOf(Outcome.Completed.class);
            return outcome.view().entries().stream()
                    .map(each -> each.entry().fact())
                    .filter(fact -> fact instanceof Fact.StepFinished finished
                            && finished.step().equals("turn/1/call/1"))
                    .map(fact ->
                            ((Fact.StepFinished) fact).output().orElseThrow().as(ToolResult.class))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Graph graph(Fate fate) throws IOException {
        String command = Files.readString(folder.resolve("command")).replace("\"", "\\\"");
        var runtime = AgentRuntime.builder()
                .agents(AgentDefinition.of("worker", "Works", "You work."))
                .model(ScriptedModel.parse("""
                        version: 1
                        agents:
                          worker:
                            - call: {Bash: {command: "%s"}}
                            - say: done
                        """.formatted(command), "command.yaml"))
                .workspace(folder.resolve("workspace"))
                .policy(Policy.of(Mode.BYPASS))
                .commandRecords(folder.resolve("commands"))
                .intercept(new Interceptor() {
                    @Override
                    public ToolResult aroundCall(ToolCall call, NextCall next) throws Exception {
                        ToolResult result = next.proceed(call);
                        if (fate == Fate.WAITS) {
                            new CountDownLatch(1).await();
                        }
                        if (fate == Fate.DIES) {
                            long pid = ProcessHandle.current().pid();
                            new ProcessBuilder("kill", "-KILL", Long.toString(pid))
                                    .start()
                                    .waitFor();
                        }
                        return result;
                    }
                })
                .build();
        return Graph.builder("command")
                .channels(TASK, RESULT)
                .node("work", runtime.agent("worker").reads(TASK).writes(RESULT))
                .start("work")
                .build();
    }
}
