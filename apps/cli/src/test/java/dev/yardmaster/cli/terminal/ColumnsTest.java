package dev.yardmaster.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void lines_are_cut_at_the_end_of_a_word_where_one_is_near() {
        assertThat(Columns.cut("measure the customer report", 24)).isEqualTo("measure the customer…");
        assertThat(Columns.cut("measurethecustomerreport", 10)).isEqualTo("measureth…");
        assertThat(Columns.cut("short", 10)).isEqualTo("short");
    }

    @Test
    void lines_are_wrapped_between_words_and_long_words_where_they_must() {
        assertThat(Columns.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Columns.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
        assertThat(Columns.wrap("  indented text", 10)).containsExactly("  indented", "text");
        assertThat(Columns.wrap("", 5)).isEmpty();
    }

    @Test
    void wide_characters_take_two_columns_and_are_not_split() {
        assertThat(Columns.of("日本")).isEqualTo(4);
        assertThat(Columns.wrap("日本語", 3)).containsExactly("日", "本", "語");
        assertThat(Columns.cut("日本語日本語", 5)).isEqualTo("日本…");
        assertThat(Columns.wrap("日", 1)).containsExactly("日");
    }
}
