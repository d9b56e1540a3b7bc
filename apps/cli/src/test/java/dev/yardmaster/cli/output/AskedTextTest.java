package dev.yardmaster.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.event.Question;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTextTest {

    private static List<String> lines(String text, Map<String, String> details) {
        return AskedText.of(new Question(text, List.of("allow", "deny"), details), Paint.off(), 60);
    }

    private static List<String> call(String tool, String arguments) {
        return lines("worker wants to call " + tool, Map.of("tool", tool, "arguments", arguments));
    }

    /** Whatever another tool's arguments are called: nothing of them is what a built-in tool's would be. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            Swap,      `{"old_string": "a", "new_string": "b", "in": "everywhere"}`
            Swap,      `{"edits": [{"old_string": "a", "new_string": "b"}], "in": "everywhere"}`
            Swap,      `{"content": "a", "in": "everywhere"}`
            MultiEdit, `{"edits": [{"old_string": "a"}], "in": "everywhere"}`
            Write,     `{"content": 5, "in": "everywhere"}`
            """)
    void every_argument_of_a_call_is_shown(String tool, String arguments) {
        assertThat(call(tool, arguments)).contains("in: everywhere").hasSizeGreaterThan(1);
    }

    @Test
    void what_the_question_ends_with_is_left_out_only_where_it_is_what_the_call_is_about() {
        Map<String, String> details = Map.of("tool", "Bash", "arguments", "{\"command\":\"rm x\",\"note\":\"x\"}");
        assertThat(lines("worker wants to run: rm x", details)).containsExactly("note: x");
        assertThat(lines("worker wants to run: rm x y", details)).containsExactly("command: rm x", "note: x");
    }

    @Test
    void of_a_diff_the_names_are_left_out_and_lines_that_look_like_names_are_not() {
        assertThat(lines("q", Map.of("diff", "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/y\n+++ b/y\n z\n\\ No newline")))
                .containsExactly("@@ -1,2 +1,2 @@", "--- a/y", "+++ b/y", " z", "\\ No newline");
        assertThat(lines("q", Map.of("diff", "Binary file x changed"))).containsExactly("Binary file x changed");
    }

    @Test
    void what_an_edit_changes_is_shown_where_its_diff_is_too_long_for_it() {
        String edit = "{\"file_path\":\"x.json\",\"old_string\":\"old\",\"new_string\":\"new\"}";
        String cut = "--- a/x.json\n+++ b/x.json\n@@ -1,1 +1,1 @@\n… and 2 more lines";
        assertThat(lines("q", Map.of("tool", "Edit", "arguments", edit, "diff", cut)))
                .containsExactly("-old", "+new", "@@ -1,1 +1,1 @@", "… and 2 more lines that are not shown");
        String edits = "{\"edits\":[" + edit + "," + edit.replace(":\"old", ":\"other") + "]}";
        String wide = "--- a/x.json\n+++ b/x.json\n@@ -1,400 +1,1 @@\n" + "-a\n".repeat(400) + "+new";
        assertThat(lines("q", Map.of("tool", "MultiEdit", "arguments", edits, "diff", wide)))
                .startsWith("-old", "+new", "-other", "+new", "@@ -1,400 +1,1 @@", "-a")
                .hasSize(301);
    }

    @Test
    void what_is_written_is_shown_where_the_diff_does_not_come_to_it() {
        String write = "{\"file_path\":\"x\",\"content\":\"new\\n\"}";
        String gone = "--- a/x\n+++ b/x\n@@ -1,400 +1,1 @@\n" + "-a\n".repeat(400) + "… and 1 more lines";
        assertThat(lines("q", Map.of("tool", "Write", "arguments", write, "diff", gone)))
                .startsWith("+new", "@@ -1,400 +1,1 @@");
        String some = "--- a/x\n+++ b/x\n@@ -1,400 +1,1 @@\n+new\n" + "-a\n".repeat(400) + "… and 1 more lines";
        assertThat(lines("q", Map.of("tool", "Write", "arguments", write, "diff", some)))
                .startsWith("@@ -1,400 +1,1 @@", "+new", "-a");
    }

    @Test
    void of_a_diff_that_was_cut_when_it_was_recorded_all_that_is_missing_is_counted() {
        String diff = "--- /dev/null\n+++ b/x\n@@ -0,0 +1,1400 @@\n" + "+a\n".repeat(400) + "… and 1000 more lines";
        assertThat(lines("q", Map.of("diff", diff)))
                .hasSize(301)
                .endsWith("+a", "… and 1100 more lines that are not shown");
    }
}
