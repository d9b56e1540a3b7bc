package dev.yardmaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void a_few_changes_that_are_far_from_each_other_are_small_hunks() {
        String middle = lines("a", 6_000);
        assertThat(diff("old\n" + middle + "old\nend\n", "new\n" + middle + "new\nmore\nend\n"))
                .containsExactly(
                        "--- a/notes.txt",
                        "+++ b/notes.txt",
                        "@@ -1,4 +1,4 @@",
                        "-old",
                        "+new",
                        " a0",
                        " a1",
                        " a2",
                        "@@ -5999,5 +5999,6 @@",
                        " a5997",
                        " a5998",
                        " a5999",
                        "-old",
                        "+new",
                        "+more",
                        " end");
    }

    /** The same lines, so that to count them says nothing. */
    @Test
    @Timeout(30)
    void of_a_long_text_in_another_order_all_goes_and_all_comes() {
        String text = lines("a", 30_000);
        assertThat(diff("x\n" + text, String.join("\n", text.lines().toList().reversed()) + "\nx\n"))
                .hasSize(3 + 30_001 + 30_001);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void how_far_two_texts_are_from_each_other_is_how_many_lines_their_diff_has(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            List<String> before =
                    random.ints(40, 0, 4).mapToObj(String::valueOf).toList();
            List<String> after = random.ints(40, 0, 4).mapToObj(String::valueOf).toList();
            int distance = DiffUtils.diff(before, after).getDeltas().stream()
                    .mapToInt(each -> each.getSource().size() + each.getTarget().size())
                    .sum();
            assertThat(LineDistance.isWithin(distance, before, after)).isTrue();
            assertThat(LineDistance.isWithin(distance - 1, before, after)).isFalse();
        }
    }
}
