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
                .contains("    @@ -1,5 +1,5 @@\n    -one\n    -two\n    +eins\n    +zwei\n     three\n");
    }

    @Test
    void a_file_that_is_to_be_replaced_shows_what_becomes_of_it() throws IOException {
        script("{Write: {file_path: door.txt, content: \"one\\ntwo\\nthree\\nfour\\ngreen\\nfive\\n\"}}");
        String asked = "    @@ -2,5 +2,5 @@\n     two\n     three\n     four\n    -red\n    +green\n     five\n";
        assertThat(paint().out()).contains(asked).doesNotContain(" one\n", "door.txt\n    ---");
        calls.file("door.txt", "another one by now\n");
        assertThat(calls.call("show").out()).as("what was asked about then").contains(asked);
    }

    @Test
    void colours_tell_what_goes_from_what_comes_where_there_are_colours() throws IOException {
        script("{Write: {file_path: door.txt, content: \"\\u001b[2Jgreen\\n\"}}");
        String out = calls.call(
                        "do",
                        "@painter paint",
                        "--agents",
                        "team",
                        "--model",
                        "script:script.yaml",
                        "--color",
                        "always")
                .out();
        assertThat(out)
                .contains("\u001b[31m-red\u001b[0m", "\u001b[32m+<U+001B>[2Jgreen\u001b[0m")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void a_cell_of_a_notebook_shows_what_becomes_of_the_notebook() throws IOException {
        calls.file(
                "door.ipynb",
                "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [\n"
                        + " {\"id\": \"a\", \"cell_type\": \"markdown\", \"metadata\": {}, \"source\": \"red\"}\n]}\n");
        script("{NotebookEdit: {notebook_path: door.ipynb, cell_id: a, new_source: green}}");
        assertThat(paint().out()).containsPattern("\\n    -.*red.*\\n").containsPattern("\\n    \\+.*green.*\\n");
    }

    @Test
    void an_edit_that_cannot_be_made_shows_what_it_says() throws IOException {
        script("{Edit: {file_path: door.txt, old_string: purple, new_string: green, replace_all: true}}");
        assertThat(paint().out()).contains("    -purple\n    +green\n    wherever it occurs in the file\n");
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
