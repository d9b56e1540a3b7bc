package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.tool.process.Containment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What settings files say of the sandbox, and flags of what a command may use up. */
@Timeout(120)
class SandboxSettingsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "200");
        calls.file(".env", "CANARY");
        Files.createDirectories(temporary.resolve("cache"));
        script("cat .env; (echo x > ../cache/kept) 2>/dev/null; (echo x > ../out.txt) 2>/dev/null; exit 3", "");
    }

    private void script(String command, String more) throws IOException {
        calls.file("script.yaml", """
                version: 1
                agents:
                  qa-engineer:
                    - call: {Bash: {command: "%s"%s}}
                    - say: done
                """.formatted(command, more));
    }

    private void project(String sandbox) throws IOException {
        calls.file(".claude/settings.json", "{\"sandbox\": " + sandbox + "}\n");
    }

    private Said work(String... flags) {
        var all = new ArrayList<>(
                List.of("do", "write a test", "--agent", "qa-engineer", "--model", "script:script.yaml", "--yes"));
        all.addAll(List.of(flags));
        return calls.call(all.toArray(String[]::new));
    }

    private String export() {
        return calls.call("export", "last").out();
    }

    private String doctor() {
        return calls.call("doctor").out().replaceAll("\\s+", " ");
    }

    private static void assumeSandbox() {
        assumeTrue(
                Containment.here().sandbox().isPresent(),
                () -> "no sandbox here: " + Containment.here().withoutSandbox().orElse(""));
    }

    @Test
    void a_project_asks_for_one_at_once_and_opens_it_when_it_is_trusted() throws IOException {
        assumeSandbox();
        project("""
                {"enabled": true, "failIfUnavailable": true,
                 "filesystem": {"allowWrite": ["../cache"], "denyRead": [".env"]}}""");
        Said untrusted = work("--no-trust");
        assertThat(untrusted.out()).contains("Sandbox  by ").contains("settings.json:1");
        assertThat(export()).doesNotContain("CANARY").contains("it ran in a sandbox");
        assertThat(temporary.resolve("cache/kept")).doesNotExist();
        assertThat(doctor()).contains("commands may write " + temporary.resolve("cache"));

        work("--trust");
        assertThat(export()).doesNotContain("CANARY");
        assertThat(temporary.resolve("cache/kept")).hasContent("x");
        assertThat(temporary.resolve("out.txt")).doesNotExist();

        project("{\"enabled\": true, \"filesystem\": {\"allowWrite\": [\"..\"]}}");
        work();
        assertThat(temporary.resolve("out.txt"))
                .as("what was trusted was something else")
                .doesNotExist();
    }

    @Test
    void a_project_takes_none_away_and_flags_are_the_last_word() throws IOException {
        assumeSandbox();
        Files.createDirectories(temporary.resolve("home/.claude"));
        Files.writeString(temporary.resolve("home/.claude/settings.json"), "{\"sandbox\": {\"enabled\": true}}");
        project("{\"enabled\": false}");
        work("--trust");
        assertThat(temporary.resolve("out.txt")).doesNotExist();
        work("--sandbox", "off");
        assertThat(temporary.resolve("out.txt")).hasContent("x");
    }

    @Test
    void hosts_are_rules_and_what_has_no_effect_is_noted_once() throws IOException {
        project("""
                {"enabled": true, "excludedCommands": ["docker"], "autoAllowBashIfSandboxed": true,
                 "network": {"allowedDomains": ["example.org"], "deniedDomains": ["evil.net"], "httpProxyPort": 8080,
                             "allowLocalBinding": true}}""");
        assertThat(doctor())
                .contains("of its sandbox these settings have no effect here: autoAllowBashIfSandboxed,"
                        + " excludedCommands, network.httpProxyPort")
                .contains("deny WebFetch(domain:evil.net)")
                .contains("allow WebFetch(domain:example.org)")
                .contains("it is preferred (");
    }

    @Test
    void what_restricts_and_cannot_be_read_is_a_problem() throws IOException {
        project("{\"enabled\": true, \"filesystem\": {\"denyRead\": [\"**/*.pem\"]}}");
        assertThat(work().err()).contains("denyRead is a pattern").contains("settings.json:1");
        project("{\"enabled\": true, \"filesystem\": {\"denyRead\": [\"~/.aws/**\"], \"allowWrite\": [\"*.log\"]}}");
        assertThat(doctor()).contains("no effect here: filesystem.allowWrite (patterns)");
    }

    @Test
    void a_command_leaves_it_only_when_a_person_says_so() throws IOException {
        assumeSandbox();
        script("sh -c 'echo x > ../out.txt'", ", dangerouslyDisableSandbox: true");
        Said asked = work("--sandbox", "preferred");
        assertThat(asked.exit()).isEqualTo(3);
        assertThat(asked.out()).contains("run outside of the sandbox: sh -c");
        assertThat(temporary.resolve("out.txt")).doesNotExist();

        assertThat(work("--sandbox", "required").exit()).isNotEqualTo(3);
        assertThat(temporary.resolve("out.txt"))
                .as("what it wrote, it wrote inside")
                .doesNotExist();
        project("{\"allowUnsandboxedCommands\": false}");
        assertThat(work("--sandbox", "preferred").exit()).isNotEqualTo(3);
        assertThat(temporary.resolve("out.txt")).doesNotExist();
        assertThat(work().exit()).isNotEqualTo(3);
        assertThat(temporary.resolve("out.txt"))
                .as("there is no sandbox to be left")
                .hasContent("x");
    }

    @Test
    void a_command_that_may_leave_runs_outside() throws IOException {
        assumeSandbox();
        script("sh -c 'echo x > ../out.txt'", ", dangerouslyDisableSandbox: true");
        work("--sandbox", "preferred");
        String question = calls.call("show", "last").out();
        assertThat(question).contains("run outside of the sandbox");
        calls.call("answer", "last", "1", "allow");
        calls.call("resume", "last");
        assertThat(temporary.resolve("out.txt")).hasContent("x");
    }

    @Test
    void limits_are_set_by_flags_and_the_environment() throws IOException {
        script("head -c 5000 /dev/zero > big", "");
        calls.with("YARDMASTER_COMMAND_LIMITS", "file=2k, processes=500");
        work("--command-limit", "file=1k");
        assertThat(export()).contains("larger than 1 KiB").contains("exit code: 153");
        assertThat(calls.folder().resolve("big")).hasSize(1_024);
        assertThat(doctor())
                .contains("a file may grow to 2 KiB; 1 GiB of the disk stay free")
                .contains("memory of a command: ");
        assertThat(work("--command-limit", "memory=4294967296", "--command-limit", "file=4194304k")
                        .err())
                .doesNotContain("is no amount");
        assertThat(work("--command-limit", "memory=8388608t").err()).contains("is no amount of memory");
        assertThat(work("--command-limit", "memry=4g").err()).contains("did you mean 'memory'?");
        assertThat(work("--command-limit", "processes=2g").err())
                .contains("--command-limit: '2g' is no amount of processes; it is a whole number");
        calls.with("YARDMASTER_COMMAND_LIMITS", "memory=1");
        assertThat(work().err()).contains("YARDMASTER_COMMAND_LIMITS: '1' is no amount of memory");
    }
}
