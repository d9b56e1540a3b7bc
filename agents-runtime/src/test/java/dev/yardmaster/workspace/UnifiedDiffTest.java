package dev.yardmaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    private static List<String> diff(@Nullable String before, @Nullable String after) {
        return UnifiedDiff.of(new FileChange("notes.txt", bytes(before), bytes(after)));
    }

    private static Optional<byte[]> bytes(@Nullable String text) {
        return Optional.ofNullable(text).map(each -> each.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_new_file_has_lines_from_nowhere() {
        assertThat(diff(null, "a\nb\n"))
                .containsExactly("--- /dev/null", "+++ b/notes.txt", "@@ -0,0 +1,2 @@", "+a", "+b");
    }

    @Test
    void a_deleted_file_has_lines_to_nowhere() {
        assertThat(diff("a\n", null)).containsExactly("--- a/notes.txt", "+++ /dev/null", "@@ -1,1 +0,0 @@", "-a");
    }

    @Test
    void a_file_that_is_emptied_is_still_there() {
        assertThat(diff("a\n", "")).containsExactly("--- a/notes.txt", "+++ b/notes.txt", "@@ -1,1 +0,0 @@", "-a");
    }

    @Test
    void an_empty_file_that_is_new_is_a_change() {
        assertThat(diff(null, "")).containsExactly("--- /dev/null", "+++ b/notes.txt");
    }

    @Test
    void a_line_feed_that_came_at_the_end_is_a_change() {
        assertThat(diff("a", "a\n"))
                .containsExactly(
                        "--- a/notes.txt",
                        "+++ b/notes.txt",
                        "@@ -1,1 +1,1 @@",
                        "-a",
                        "\\ No newline at end of file",
                        "+a");
    }

    @Test
    void other_line_ends_are_a_change() {
        assertThat(diff("a\r\n", "a\n")).contains("-a\r", "+a");
    }

    @Test
    void a_line_that_looks_like_a_header_stays_as_it_is() {
        assertThat(diff("@@ -1,0 x\n", "@@ -1,0 x\ny\n")).contains(" @@ -1,0 x");
    }
}
