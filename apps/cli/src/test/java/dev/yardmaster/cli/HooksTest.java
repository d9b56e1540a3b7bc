package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of settings files and agent files, as somebody has them who calls the command. */
@Timeout(60)
class HooksTest {

    private static final String GUARD = """
            #!/bin/sh
            # reads the event, as scripts for this format do
            if grep -q '"command":"rm ' ; then echo 'nothing is removed here' >&2; exit 2; fi
            """;

    private static final String SETTINGS = """
            {"hooks": {
              "PreToolUse": [{"matcher": "Bash", "hooks": [
                {"type": "command", "command": "\\"$CLAUDE_PROJECT_DIR\\"/.claude/hooks/guard.sh"}]}],
              "PostToolUse": [{"matcher": "Write|Edit", "hooks": [
                {"type": "command", "command": "printf '\\\\n// formatted\\\\n' >> shed.txt"}]}],
              "FileChanged": [{"hooks": [{"type": "command", "command": "beep"}]}]
            }}
            """;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "200");
        calls.file("team/builder.md", """
                ---
                name: builder
                description: build a shed
                tools: Read, Write, Bash
                ---
                You build.
                """);
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: {Write: {file_path: shed.txt, content: "a shed\\n"}}
                    - call: {Bash: {command: "rm shed.txt"}}
                    - say: "Done."
                """);
    }

    private void project(String settings) throws IOException {
        calls.file(".claude/settings.json", settings);
        assertThat(calls.file(".claude/hooks/guard.sh", GUARD).toFile().setExecutable(true))
                .isTrue();
    }

    private void ofTheHomeFolder(String settings) throws IOException {
        Path file = temporary.resolve("home/.claude/settings.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, settings);
    }

    private Said build(String... more) {
        var arguments = new ArrayList<>(List.of(
                "do",
                "build a shed",
                "--agents",
                "team",
                "--agent",
                "builder",
                "--model",
                "script:shed.yaml",
                "--yes"));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    private Path here(String file) {
        return calls.folder().resolve(file);
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void of_a_project_that_is_not_trusted_do_not_run_and_that_is_said_once() throws IOException {
        project(SETTINGS);
        Said said = build();

        assertThat(here("shed.txt")).doesNotExist(); // written, and removed
        assertThat(flat(said.out()))
                .containsOnlyOnce("Not trusted the settings files of")
                .contains("hook PreToolUse[Bash] \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/guard.sh")
                .contains("To let it count: --trust")
                .doesNotContain("⚑");
    }

    @Test
    void of_a_project_that_is_trusted_block_and_format_and_are_shown() throws IOException {
        project(SETTINGS);
        Said said = build("--trust");

        assertThat(here("shed.txt")).hasContent("a shed\n\n// formatted\n");
        assertThat(flat(said.out()))
                .doesNotContain("Not trusted")
                .contains("⚑ hook PreToolUse (.claude/settings.json:1) denied: nothing is removed here");
    }

    @Test
    void are_asked_about_anew_when_a_script_of_theirs_has_changed() throws IOException {
        project(SETTINGS);
        build("--trust");
        assertThat(build().out()).doesNotContain("Not trusted");

        calls.file(".claude/hooks/guard.sh", "#!/bin/sh\ntouch pwned\n");
        assertThat(build().out()).contains("Not trusted");
        assertThat(here("pwned")).doesNotExist();
    }

    @Test
    void of_the_home_folder_run_without_being_asked_about() throws IOException {
        Path home = Files.createDirectories(temporary.resolve("home/.claude"));
        Files.writeString(home.resolve("settings.json"), """
                {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "echo no >&2; exit 2"}]}]}}
                """);
        project("{\"disableAllHooks\": true}");
        Said said = build();

        assertThat(here("shed.txt")).doesNotExist();
        assertThat(flat(said.out())).contains("denied: no").doesNotContain("Not trusted");
    }

    @Test
    void are_switched_off_in_the_home_folder_for_all() throws IOException {
        project(SETTINGS);
        build("--trust");
        Path home = Files.createDirectories(temporary.resolve("home/.claude"));
        Files.writeString(home.resolve("settings.json"), "{\"disableAllHooks\": true}");
        Said said = build();
        assertThat(said.out()).doesNotContain("⚑");
    }

    @Test
    void that_fail_deny_where_the_settings_say_so() throws IOException {
        Path home = Files.createDirectories(temporary.resolve("home/.claude"));
        Files.writeString(home.resolve("settings.json"), """
                {"hooks": {"PreToolUse": [{"matcher": "Write", "hooks": [{"type": "command", "command": "./gone.sh"}]}]}}
                """);
        assertThat(flat(build().out())).contains("failed: './gone.sh' ended with exit code 127");

        calls.file("yardmaster.yml", "version: 1\nhookFailures: deny\n");
        assertThat(flat(build().out())).contains("denied: the hook of").contains("ended with exit code 127");
        assertThat(here("shed.txt")).doesNotExist();
    }

    @Test
    void of_an_agent_file_run_when_the_file_is_trusted() throws IOException {
        calls.file("team/builder.md", """
                ---
                name: builder
                description: build a shed
                tools: Write, Bash
                hooks:
                  PreToolUse:
                    - matcher: "Write|Edit"
                      hooks:
                        - type: command
                          command: "echo 'read-only' >&2; exit 2"
                ---
                You build.
                """);
        assertThat(flat(build().out()))
                .contains("Not trusted the agent file")
                .contains("hook PreToolUse[Write|Edit] echo 'read-only' >&2; exit 2");
        assertThat(flat(build("--trust").out())).contains("denied: read-only");
        assertThat(flat(build().out())).contains("denied: read-only").doesNotContain("Not trusted");
    }

    @Test
    void are_not_asked_again_in_a_replay_and_need_not_be_there() throws IOException {
        project(SETTINGS);
        calls.file("CLAUDE.md", "Use tabs.");
        build("--trust");
        String run = calls.call("export", "last").out();
        calls.file("run.jsonl", run);
        Files.delete(here(".claude/settings.json"));
        Files.delete(here("CLAUDE.md"));
        Said said = calls.call("replay", "run.jsonl");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }

    @Test
    void show_in_what_programs_read() throws IOException {
        project(SETTINGS);
        assertThat(build("--trust", "--json").out())
                .contains("\"event\":\"hooks\"")
                .contains("\"told\":\"denied: nothing is removed here\"");
    }

    @Test
    void show_in_the_checkup() throws IOException {
        project(SETTINGS);
        String said = flat(calls.call("doctor").out());
        assertThat(said)
                .contains("not trusted yet")
                .contains("hook PreToolUse[Bash]")
                .contains("the event FileChanged does not occur here");
    }

    @Test
    void that_could_have_held_something_back_and_are_not_run_are_told_with_every_run() throws IOException {
        ofTheHomeFolder("""
                {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "mcp_tool", "server": "s", "tool": "t"}]}],
                           "PostToolUse": [{"hooks": [{"type": "mcp_tool", "server": "s", "tool": "t"}]}]}}""");
        assertThat(flat(build().out()))
                .contains(
                        "Not run",
                        "/.claude/settings.json:1: a hook of 'PreToolUse[Bash]' is of the type mcp_tool,"
                                + " which is not run here; make it a command, or one of the type http")
                .doesNotContain("a hook of 'PostToolUse'");
        assertThat(flat(calls.call("doctor").out())).contains("a hook of 'PostToolUse' is of the type mcp_tool");
    }

    @Test
    void that_ask_a_model_are_answered_by_the_runs_own() throws IOException {
        ofTheHomeFolder("""
                {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "prompt", "prompt": "Is it safe?"}]}]}}""");
        Files.writeString(here("shed.yaml"), """
                  hook-judge:
                    - say: '{"ok": false, "reason": "sheds stay"}'
                """, java.nio.file.StandardOpenOption.APPEND);
        Said said = build();
        assertThat(here("shed.txt")).exists();
        assertThat(flat(said.out())).contains("/.claude/settings.json:1) denied: sheds stay");
    }

    @Test
    void that_have_an_agent_look_are_told_with_what_it_found() throws IOException {
        ofTheHomeFolder("""
                {"hooks": {"Stop": [{"hooks": [{"type": "agent", "prompt": "Is there a shed?"}]}]}}""");
        Files.writeString(here("shed.yaml"), """
                  hook-verifier:
                    - call: {Glob: {pattern: "shed.*"}}
                      capture: {found: "(shed.yaml)"}
                    - say: '{"ok": true, "reason": "${found} is there"}'
                """, java.nio.file.StandardOpenOption.APPEND);
        assertThat(flat(build().out())).contains("hook-verifier", "Glob shed.*", "Done by builder");
        assertThat(flat(calls.call("doctor").out())).contains("hook Stop has an agent look: Is there a shed?");
    }

    @Test
    void that_cannot_be_understood_are_told_with_file_and_line() throws IOException {
        project("{\"hooks\": {\"PreToolUse\": [{\"hooks\": [{\"type\": \"command\"}]}]}}");
        Said said = build();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("settings.json:1: a hook of 'PreToolUse' has no command; correct it");
    }
}
