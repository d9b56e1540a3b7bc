package dev.yardmaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static String lines(String each, int many) {
        return IntStream.range(0, many).mapToObj(line -> each + line + "\n").collect(Collectors.joining());
    }

    /** Compared line by line, that would take some thousand million steps. */
    @Test
    @Timeout(30)
    void of_two_long_texts_that_have_nothing_in_common_all_goes_and_all_comes() {
        String around = "1\n2\n3\n4\n";
        List<String> diff = diff(around + lines("a", 60_000) + around, around + lines("b", 50_000) + around);
        assertThat(diff).hasSize(3 + 3 + 60_000 + 50_000 + 3);
        assertThat(diff.subList(2, 7)).containsExactly("@@ -2,60006 +2,50006 @@", " 2", " 3", " 4", "-a0");
        assertThat(diff.subList(diff.size() - 4, diff.size())).containsExactly("+b49999", " 1", " 2", " 3");
        assertThat(diff(null, lines("a", 5_000))).hasSize(5_003).contains("@@ -0,0 +1,5000 @@", "+a4999");
        assertThat(diff(lines("a", 5_000), lines("a", 5_000) + "b"))
                .as("what is the same at both ends does not count")
                .endsWith("+b", "\\ No newline at end of file");
    }
}
