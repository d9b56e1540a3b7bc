package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody approves a call blindly: what it would do stands above the choices. */
class AskedCallsTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "80");
        calls.file("team/painter.md", "---\nname: painter\ndescription: paint\n---\nYou paint.\n");
        calls.file("door.txt", "one\ntwo\nthree\nfour\nred\nfive\n");
    }

    private void script(String call) throws IOException {
        calls.file("script.yaml", """
                version: 1
                agents:
                  painter:
                    - call: {Read: {file_path: "door.txt"}}
                    - call: %s
                    - say: done
                """.formatted(call));
    }

    private Said paint() {
        return calls.call("do", "@painter paint", "--agents", "team", "--model", "script:script.yaml");
    }

    @Test
    void an_edit_shows_what_goes_and_what_comes_with_the_lines_around_it() throws IOException {
        script(
                "{Edit: {file_path: door.txt, old_string: \"three\\nfour\\nred\\nfive\", new_string: \"three\\nfour\\ngreen\\nfive\"}}");
        Said said = paint();
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out()).contains("     three\n     four\n    -red\n    +green\n     five\n");
        assertThat(calls.call("show").out()).contains("    -red\n    +green\n");
    }

    @Test
    void at_a_terminal_too() throws IOException {
        script("{Edit: {file_path: door.txt, old_string: red, new_string: \"gr\\u202eeen\"}}");
        calls.atTerminal(80, "n\n");
        assertThat(paint().out()).contains("-red").contains("+gr<U+202E>een");
    }

    @Test
    void a_file_that_is_to_be_written_shows_its_content() throws IOException {
        script("{Write: {file_path: gate.txt, content: \"blue\\n\\npaint\\n\"}}");
        assertThat(paint().out()).contains("    +blue\n    +\n    +paint\n  at work");
    }

    @Test
    void all_edits_of_several_are_shown() throws IOException {
        script("{MultiEdit: {file_path: door.txt, edits: [{old_string: one, new_string: eins},"
                + " {old_string: two, new_string: zwei, replace_all: true}]}}");
        assertThat(paint().out())
                .contains("    -one\n    +eins\n    -two\n    +zwei\n    wherever it occurs in the file\n");
    }

    @Test
    void a_command_is_not_said_twice_and_what_goes_with_it_is_said() throws IOException {
        script("{Bash: {command: \"touch a.txt\", description: \"makes a\"}}");
        assertThat(paint().out()).containsOnlyOnce("wants to run: touch a.txt").contains("    description: makes a\n");
    }

    @Test
    void what_only_looks_like_a_part_of_the_question_is_said() throws IOException {
        script("{Bash: {command: \"touch 5000.txt\", timeout: 5000}}");
        assertThat(paint().out()).contains("    timeout: 5000\n");
    }

    @Test
    void of_very_long_texts_it_is_said_how_much_is_not_shown() throws IOException {
        script("{Write: {file_path: gate.txt, content: \"" + "x\\n".repeat(450) + "\"}}");
        assertThat(paint().out()).contains("… and 150 more lines that are not shown");
    }
}
