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

/** Instructions, skills and memory, as somebody has them who calls the command. */
@Timeout(60)
class HandedOverTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "300");
        builder("");
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: {Skill: {skill: sheds, args: garden}}
                    - say: "Done."
                """);
        calls.file("CLAUDE.md", "Use tabs.\n");
        calls.file(".claude/skills/sheds/SKILL.md", """
                ---
                name: sheds
                description: How sheds are built
                ---
                Level the ground of the $0 first.
                """);
        Files.createDirectories(temporary.resolve("home/.claude/skills/paint"));
        Files.writeString(temporary.resolve("home/.claude/skills/paint/SKILL.md"), "Two coats.");
        Files.writeString(temporary.resolve("home/.claude/CLAUDE.md"), "British English.");
    }

    private void builder(String more) throws IOException {
        calls.file("team/builder.md", "---\nname: builder\ndescription: build a shed\n" + more + "---\nYou build.\n");
    }

    private Said build(String... more) {
        var arguments = new ArrayList<>(
                List.of("do", "build a shed", "--agents", "team", "--agent", "builder", "--model", "script:shed.yaml"));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    @Test
    void instructions_are_told_in_one_line_and_left_out_when_that_is_said() {
        assertThat(build().out())
                .contains("  instructions: " + temporary.resolve("home/.claude/CLAUDE.md"))
                .contains("CLAUDE.md (16 B), CLAUDE.md (9 B)");
        assertThat(build("--no-instructions").out()).doesNotContain("instructions:");
    }

    @Test
    void they_can_be_switched_off_in_a_file() throws IOException {
        calls.file("yardmaster.yml", "version: 1\ninstructions: off\n");
        assertThat(build().out()).doesNotContain("instructions:");
        calls.file("yardmaster.yml", "version: 1\ninstructions: no\n");
        assertThat(build().err()).contains("yardmaster.yml:2: instructions is on or off, not 'no'");
    }

    @Test
    void a_skill_is_taken_up_and_one_that_the_file_names_is_told() throws IOException {
        builder("skills: [paint]\n");
        Said said = build("--json");
        assertThat(said.out())
                .contains("Level the ground of the garden first.")
                .contains("\"handed\":[", "\"kind\":\"skill\"", "paint/SKILL.md");
        assertThat(build().out()).contains("  skills: ").contains("paint/SKILL.md (");
    }

    @Test
    void a_memory_is_changed_unasked_when_the_home_folder_says_so_but_not_the_project() throws IOException {
        builder("memory: project\n");
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - call: {Write: {file_path: .claude/agent-memory/builder/MEMORY.md, content: "level first"}}
                    - say: "Done."
                """);
        Path index = calls.folder().resolve(".claude/agent-memory/builder/MEMORY.md");
        calls.file("yardmaster.yml", "version: 1\nmemory: allow\n");
        Said said = build("--yes");
        assertThat(said.exit()).as(said.out()).isEqualTo(3);
        assertThat(index).doesNotExist();

        Files.writeString(temporary.resolve("home/yardmaster.yml"), "version: 1\nmemory: allow\n");
        assertThat(build().exit()).isZero();
        assertThat(index).hasContent("level first");
        assertThat(build().out()).contains("memory: .claude/agent-memory/builder (11 B)");
    }

    @Test
    void they_show_in_the_checkup_and_with_the_agent() throws IOException {
        builder("""
                skills: [sheds, paint]
                memory: project
                hooks: {Stop: [{hooks: [{type: command, command: ./check.sh}, {type: prompt, prompt: x}]}]}
                mcpServers: [x]
                """);
        assertThat(calls.call("doctor").out()).contains("skills: paint, sheds");
        assertThat(calls.call("agents", "show", "builder", "--agents", "team").out())
                .contains("Skills   sheds, paint")
                .contains("Memory   project")
                .contains("Hook     Stop ./check.sh (once the file is trusted)")
                .contains("Hook     Stop asks: x (once the file is trusted)")
                .contains("Unknown  mcpServers (kept, without effect here)");
    }
}
