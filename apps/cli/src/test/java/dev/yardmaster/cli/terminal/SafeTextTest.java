package dev.yardmaster.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void colours_titles_and_cursor_movements_are_taken_out() {
        assertThat(SafeText.of("\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u001b[2J\u009b1A\u001bPq\u001b\\y"))
                .isEqualTo("red xy");
    }

    @Test
    void an_escape_that_is_no_sequence_is_written_out() {
        assertThat(SafeText.of("a\u001b")).isEqualTo("a<U+001B>");
        assertThat(SafeText.of("\u001b]0;never ended")).doesNotContain("\u001b");
    }

    @Test
    void of_an_overwritten_line_the_last_state_is_left() {
        assertThat(SafeText.of("10 %\r50 %\r100 %\nnext\r\n")).isEqualTo("100 %\nnext\n");
    }

    @Test
    void what_cannot_be_seen_is_written_out() {
        assertThat(SafeText.of("a\u202eb\u200bc\u0008")).isEqualTo("a<U+202E>b<U+200B>c<U+0008>");
        assertThat(SafeText.of("half \ud83d")).isEqualTo("half <U+D83D>");
    }

    @Test
    void for_a_decision_nothing_is_left_out() {
        assertThat(SafeText.exact("rm -rf x\r\u001b[2Kls")).isEqualTo("rm -rf x<U+000D><U+001B>[2Kls");
    }
}
