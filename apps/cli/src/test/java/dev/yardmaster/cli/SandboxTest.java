package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.tool.process.Containment;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160");
        calls.file("script.yaml", """
                version: 1
                agents:
                  qa-engineer:
                    - call: {Bash: {command: "sh -c 'echo in > in.txt; echo out > ../out.txt; exit 3'"}}
                    - say: done
                """);
    }

    private Said work(String... flags) {
        var all = new java.util.ArrayList<>(java.util.List.of(
                "do", "write a test", "--agent", "qa-engineer", "--model", "script:script.yaml", "--yes"));
        all.addAll(java.util.List.of(flags));
        return calls.call(all.toArray(String[]::new));
    }

    private void assumeSandbox() {
        assumeTrue(
                Containment.here().sandbox().isPresent(),
                () -> "no sandbox here: " + Containment.here().withoutSandbox().orElse(""));
    }

    @Test
    void without_one_a_command_writes_where_its_user_may() {
        Said said = work();
        assertThat(said.out()).doesNotContain("Sandbox");
        assertThat(temporary.resolve("out.txt")).hasContent("out");
        assertThat(calls.folder().resolve(".yardmaster/commands"))
                .as("what commands left")
                .doesNotExist();
    }

    @Test
    void in_one_it_writes_the_workspace_and_the_run_says_what_held_it() {
        assumeSandbox();
        Said said = work("--sandbox", "required");
        assertThat(said.out()).contains("Sandbox  by ", ", without network (--sandbox)");
        assertThat(calls.folder().resolve("in.txt")).hasContent("in");
        assertThat(temporary.resolve("out.txt")).doesNotExist();
        assertThat(calls.call("export", "last").out())
                .contains("it ran in a sandbox: without network, only the workspace and /tmp");
    }

    @Test
    void the_environment_can_ask_for_one_and_flags_open_it() throws IOException {
        assumeSandbox();
        calls.with("YARDMASTER_SANDBOX", "preferred");
        Said said = work("--sandbox-write", temporary.toString(), "--sandbox-network");
        assertThat(said.out()).contains(", with the network, " + temporary + " can be written (YARDMASTER_SANDBOX)");
        assertThat(temporary.resolve("out.txt")).hasContent("out");
    }

    @Test
    void says_what_cannot_be_meant() {
        assertThat(work("--sandbox", "requird").err())
                .contains("there is no sandbox 'requird' (--sandbox); did you mean 'required'?");
        assertThat(work("--sandbox-network").err()).contains("there is none: add --sandbox preferred");
        assertThat(temporary.resolve("out.txt")).doesNotExist();
    }

    @Test
    void doctor_tells_what_commands_are_kept_in() {
        assertThat(calls.call("doctor").out()).contains("Commands", "processes of their own", "sandbox");
    }
}
