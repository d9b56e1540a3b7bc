package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The permissions of {@code .claude/settings.json}, seen through {@code doctor}. */
class ClaudeSettingsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160");
    }

    private String doctor() {
        return calls.call("doctor").out().replaceAll("\\s+", " ");
    }

    @Test
    void are_read_with_those_of_the_local_file_and_of_the_home_folder() throws IOException {
        calls.file(".claude/settings.json", """
                {
                  "$schema": "https://json.schemastore.org/claude-code-settings.json",
                  "permissions": {
                    "deny": ["Read(./.env)", "WebFetch(domain:evil.net)"],
                    "defaultMode": "plan"
                  }
                }
                """);
        calls.file(".claude/settings.local.json", """
                {"permissions": {"ask": ["Bash(git push:*)"], "defaultMode": "dontAsk"}}
                """);
        Files.createDirectories(temporary.resolve("home/.claude"));
        Files.writeString(
                temporary.resolve("home/.claude/settings.json"),
                "{\"permissions\": {\"allow\": [\"Bash(make)\"], \"defaultMode\": \"acceptEdits\"}}");

        assertThat(doctor())
                .containsPattern("mode dontAsk \\(.+?settings.local.json:1\\)")
                .containsPattern("deny Read\\(./.env\\) \\(\\S+/.claude/settings.json:4\\)")
                .contains("deny WebFetch(domain:evil.net)")
                .contains("ask Bash(git push:*)")
                .contains("allow Bash(make)")
                .doesNotContain("schema");
    }

    @Test
    void are_those_of_the_nearest_folder_up_to_the_repositorys_root() throws IOException {
        calls.file(".claude/settings.json", "{\"permissions\": {\"deny\": [\"Bash(rm:*)\"]}}");
        Files.createDirectories(calls.folder().resolve("part/deep"));
        assertThat(calls.in("part/deep").call("doctor").out()).doesNotContain("Bash(rm:*)");
        Files.createDirectories(calls.folder().resolve(".git"));
        assertThat(calls.in("part/deep").call("doctor").out()).contains("Bash(rm:*)");
    }

    @Test
    void that_mean_nothing_here_are_noted_and_passed_over() throws IOException {
        calls.file(".claude/settings.json", """
                {"model": "opus", "env": {"A": "1"}, "hooks": {},
                 "permissions": {
                  "allow": ["Deploy(now *)", "*", "Bash(make)"],
                  "deny": ["Write(secrets/**)"],
                  "additionalDirectories": ["../nowhere"],
                  "later": true
                }}
                """);
        assertThat(doctor())
                .contains("only its permissions, hooks and sandbox are used here, not env, model")
                .contains("does not count: the permission rule 'Deploy(now *)'")
                .contains("does not count: the permission rule '*'")
                .contains("does not count: the permission rule 'Write(secrets/**)'")
                .contains("nowhere' of permissions.additionalDirectories does not exist")
                .contains("the permission setting 'later' is not known here")
                .contains("allow Bash(make)");
        assertThat(calls.call("route", "anything").exit()).isNotEqualTo(2);
    }

    @Test
    void can_switch_off_that_everything_runs() throws IOException {
        calls.file("team/builder.md", "---\nname: builder\ndescription: build\n---\nYou build.\n");
        calls.file(".claude/settings.json", "{\"permissions\": {\"disableBypassPermissionsMode\": \"disable\"}}");
        Said said = calls.call("do", "build", "--agents", "team", "--agent", "builder", "--yes");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err().replaceAll("\\s+", " "))
                .contains("mode bypassPermissions (--yes) is switched off by")
                .contains("settings.json:1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"permissions":\\n {"deny": ["Read("]}}             | settings.json:2) cannot be read
            {"permissions":\\n {"deny": [7, "Bash("]}}          | settings.json:2) cannot be read
            {"permissions":\\n {"deny": "Read"}}                | settings.json:2: permissions.deny has to be a list
            {"permissions": []}                                 | settings.json:1: permissions has to be
            {"permissions":\\n {"defaultMode": "sometimes"}}    | settings.json:2)
            {"permissions": {},\\n "permissions": {}}           | settings.json:2: not JSON: Duplicate
            {"permissions": {}\\n                               | settings.json:2: not JSON
            []                                                  | settings.json:1: the file has to be
            {}\\n{}                                             | settings.json:2: not JSON: there is something after its end
            """)
    void that_restrict_and_cannot_be_read_are_told_with_file_and_line(String content, String words) throws IOException {
        calls.file(".claude/settings.json", content.replace("\\n", "\n"));
        Said said = calls.call("route", "anything");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err().replaceAll("\\s+", " ")).contains(words);
    }

    @Test
    void further_folders_count_as_inside_once_they_are_trusted() throws IOException {
        Path notes = Files.createDirectories(temporary.resolve("notes"));
        Files.writeString(notes.resolve("a.txt"), "what to build\n");
        calls.file("team/builder.md", "---\nname: builder\ndescription: build\ntools: Read\n---\nYou build.\n");
        calls.file("s.yaml", """
                version: 1
                agents:
                  builder:
                    - call: {Read: {file_path: "../notes/a.txt"}}
                    - say: "Read it."
                """);
        calls.file(".claude/settings.json", "{\"permissions\": {\"additionalDirectories\": [\"../notes\"]}}");
        String[] task = {"do", "build", "--agents", "team", "--agent", "builder", "--model", "script:s.yaml"};
        assertThat(calls.call(task).exit()).isEqualTo(3);
        assertThat(calls.call(
                                "do",
                                "build",
                                "--agents",
                                "team",
                                "--agent",
                                "builder",
                                "--model",
                                "script:s.yaml",
                                "--add-dir",
                                "../notes")
                        .exit())
                .isZero();
        assertThat(calls.call(
                                "do",
                                "build",
                                "--agents",
                                "team",
                                "--agent",
                                "builder",
                                "--model",
                                "script:s.yaml",
                                "--trust")
                        .exit())
                .isZero();
        assertThat(calls.call(task).exit()).isZero();
    }
}
