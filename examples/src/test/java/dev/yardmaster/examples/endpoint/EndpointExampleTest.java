package dev.yardmaster.examples.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.event.Fact;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EndpointExampleTest {

    @TempDir
    Path workspace;

    @BeforeAll
    static void python() {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            there = false;
        }
        assumeTrue(there, "python3 is not installed, so the endpoint cannot be tried");
    }

    @Test
    void goes_back_once_with_what_tester_and_auditor_found_and_is_then_accepted() throws Exception {
        var graph = EndpointExample.graph(EndpointExample.prepare(workspace), EndpointScript.model());
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = orchestrator
                    .start(graph, State.of(EndpointExample.TASK, EndpointExample.REQUEST))
                    .await();

            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            assertThat(outcome.view().visited())
                    .containsExactlyInAnyOrder(
                            "build", "test", "audit", "report", "build#2", "test#2", "audit#2", "report#2");
            State state = ((Outcome.Completed) outcome).state();
            assertThat(state.get(EndpointExample.REPORT)).isEqualTo(new Acceptance(true, List.of()));
            assertThat(state.get(EndpointExample.TESTS)).isEqualTo(new TestReport(8, 0, List.of()));
            assertThat(reports(outcome))
                    .first()
                    .asString()
                    .contains("200 with an empty list", "app/server.py:2", "no token");
            assertThat(suite()).contains("Ran 8 tests", "OK");
        }
    }

    private static List<String> reports(Outcome outcome) {
        return outcome.view().facts(Fact.NodeCompleted.class).stream()
                .flatMap(node -> node.writes().stream())
                .filter(write -> write.channel().equals("report"))
                .map(write -> write.value().text())
                .toList();
    }

    /** What the workspace's tests say when nobody's script is asked. */
    private String suite() throws Exception {
        Path output = Files.createTempFile(workspace, "suite", ".txt");
        new ProcessBuilder("python3", "-m", "unittest", "discover", "-t", ".", "-s", "tests")
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readString(output);
    }
}
