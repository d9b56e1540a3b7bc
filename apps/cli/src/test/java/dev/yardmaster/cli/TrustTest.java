package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a project's settings files would let run counts when the caller trusts them; what they forbid counts always. */
@Timeout(60)
class TrustTest {

    private static final String SCRIPT = """
            version: 1
            agents:
              builder:
                - call: {Write: {file_path: shed.txt, content: "a shed\\n"}}
                - call: {Bash: {command: "touch painted"}}
                - call: {Read: {file_path: .env}}
                - say: "Done."
            """;

    @TempDir
    Path temporary;

    private Calls calls;
    private Path kept;

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
        calls.file("shed.yaml", SCRIPT);
        calls.file(".env", "SECRET=1\n");
        calls.file(".claude/settings.json", """
                {"permissions": {
                  "defaultMode": "acceptEdits",
                  "allow": ["Bash(touch painted)"],
                  "deny": ["Read(.env)"]
                }}
                """);
        kept = temporary.resolve("home/.yardmaster/trusted.json");
    }

    private Said build(String... more) {
        var arguments = new ArrayList<>(
                List.of("do", "build a shed", "--agents", "team", "--agent", "builder", "--model", "script:shed.yaml"));
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
    void what_is_not_trusted_does_not_count_and_is_told_with_the_way_to_trust_it() {
        Said said = build();

        assertThat(said.exit()).as(said.out()).isEqualTo(3);
        assertThat(here("shed.txt")).doesNotExist();
        assertThat(flat(said.out()))
                .contains("Not trusted the settings files of")
                .contains("This does not count:")
                .containsPattern("mode acceptEdits \\(\\S+settings.json:2\\)")
                .containsPattern("allow Bash\\(touch painted\\) \\(\\S+settings.json:3\\)")
                .contains("To let it count: --trust");
        assertThat(kept).doesNotExist();
    }

    @Test
    void what_the_flag_trusts_counts_from_then_on_and_names_file_and_line_in_the_journal() throws IOException {
        Said said = build("--trust");

        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(here("shed.txt")).exists();
        assertThat(here("painted")).exists();
        assertThat(said.out()).doesNotContain("Not trusted").contains("denied");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");

        Said exported = calls.call("export");
        assertThat(exported.out())
                .containsPattern("\"rule\":\"Bash\\(touch painted\\)\",\"source\":\"[^\"]+settings.json:3\"")
                .containsPattern("\"rule\":\"Read\\(.env\\)\",\"source\":\"[^\"]+settings.json:4\"");
        assertThat(flat(calls.call("show").out()))
                .containsPattern("allow 1 Bash\\(touch painted\\) \\(\\S+settings.json:3\\)")
                .containsPattern("allow 1 mode acceptEdits \\(\\S+settings.json:2\\)")
                .containsPattern("deny 1 Read\\(.env\\) \\(\\S+settings.json:4\\)");

        Files.delete(here("shed.txt"));
        assertThat(build().exit()).isZero();
    }

    @Test
    void a_person_is_asked_once_and_told_what_it_is_about() {
        calls.atTerminal(200, "what\ny\n\n");
        Said said = build();

        assertThat(here("painted")).exists();
        assertThat(flat(said.out()))
                .contains("would let run without asking: mode acceptEdits")
                .contains("Trust them? yes (y), or no (n):")
                .contains("please answer y or n");

        calls.atTerminal(200, "\n");
        assertThat(build().out()).doesNotContain("Trust them?");
    }

    @Test
    void a_no_is_remembered_and_calls_are_asked_for_as_without_the_files() throws IOException {
        calls.atTerminal(200, "n\nn\nn\n\n");
        Said said = build();
        assertThat(here("shed.txt")).doesNotExist();
        assertThat(flat(said.out())).contains("(you said no)").contains("builder wants to change");
        assertThat(kept).content().contains("\"trusted\":false");

        calls.atTerminal(200, "n\nn\n\n");
        assertThat(build().out()).doesNotContain("Trust them?").contains("(you said no)");
    }

    @Test
    void trust_is_for_what_the_files_say_and_is_asked_anew_when_they_say_more() throws IOException {
        build("--trust");
        Files.delete(here("shed.txt"));
        calls.file(".claude/settings.json", """
                {
                  "permissions": {"allow": ["Bash(touch painted)"], "defaultMode": "acceptEdits"}
                }
                """);
        assertThat(build().exit()).as("the same in other lines").isZero();

        calls.file(".claude/settings.json", """
                {"permissions": {"allow": ["Bash(touch painted)", "Bash"], "defaultMode": "acceptEdits"}}
                """);
        Files.delete(here("shed.txt"));
        assertThat(build().exit()).isEqualTo(3);
        assertThat(here("shed.txt")).doesNotExist();
    }

    @Test
    void it_can_be_taken_back() {
        build("--trust");
        assertThat(build("--no-trust").exit()).isEqualTo(3);
        assertThat(build().exit()).isEqualTo(3);
    }

    @Test
    void programs_read_of_it_on_the_other_stream() {
        Said said = build("--json");
        assertThat(said.out().lines()).allMatch(line -> line.startsWith("{"));
        assertThat(said.err()).contains("Not trusted", "--trust");
    }

    @Test
    void no_mode_of_a_project_is_wider_before_it_is_trusted_and_narrower_ones_count() throws IOException {
        Files.delete(here(".claude/settings.json"));
        calls.file("yardmaster.yml", "version: 1\nmode: bypassPermissions\n");
        assertThat(build().exit()).isEqualTo(3);

        calls.file("yardmaster.yml", "version: 1\nmode: dontAsk\n");
        Said said = build();
        assertThat(said.out()).doesNotContain("Not trusted");
        assertThat(here("shed.txt")).doesNotExist();
        assertThat(flat(said.out())).contains("nothing is asked for in mode dontAsk");
    }

    @Test
    void a_mode_can_widen_what_the_callers_own_settings_say() throws IOException {
        Files.writeString(temporary.resolve("home/yardmaster.yml"), "version: 1\nmode: plan\n");
        calls.file(".claude/settings.json", "{\"permissions\": {\"defaultMode\": \"default\"}}");
        assertThat(flat(build().out())).contains("mode default").contains("Not trusted");
    }

    @Test
    void the_doctor_shows_what_counts_and_what_does_not() {
        assertThat(flat(calls.call("doctor").out()))
                .contains("Trust – not trusted yet, so it does not count")
                .contains("deny Read(.env)");
        build("--trust");
        assertThat(flat(calls.call("doctor").out()))
                .contains("Trust ✓ trusted, until it says something else")
                .contains("mode acceptEdits");
    }

    @Test
    void the_callers_own_files_need_no_trust() throws IOException {
        Files.createDirectories(temporary.resolve("home/.claude"));
        Files.move(here(".claude/settings.json"), temporary.resolve("home/.claude/settings.json"));
        Said said = build();
        assertThat(said.exit()).as(said.out()).isZero();
        assertThat(said.out()).doesNotContain("Not trusted");
    }

    @Test
    void answers_that_cannot_be_read_are_told_and_nothing_is_trusted() throws IOException {
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, "{");
        Said said = build();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(flat(said.err())).contains("trusted.json").contains("delete it, and you are asked anew");
    }
}
