package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExampleReaderTest {

    private static final Example EXPECTED =
            new Example("A page is slow.", "Why does it take 9 s?", "I'll measure.", "Slowness is its field.");

    private void reads(String block) {
        assertThat(ExampleReader.read("Use it. " + block)).containsExactly(EXPECTED);
    }

    @Test
    void reads_an_example_on_one_line() {
        reads("<example>Context: A page is slow. user: \"Why does it take 9 s?\" assistant: \"I'll measure.\" "
                + "<commentary>Slowness is its field.</commentary></example>");
    }

    @Test
    void reads_an_example_on_many_lines() {
        reads("""
                <example>
                  Context: A page is slow.
                  user: "Why does it take 9 s?"
                  assistant: "I'll measure."
                  <commentary>
                  Slowness is its field.
                  </commentary>
                </example>""");
    }

    @Test
    void reads_capitals_bold_words_and_list_items() {
        reads("""
                <Example>
                - **Context**: A page is slow.
                - **User:** “Why does it take 9 s?”
                - **Assistant:** I'll measure.
                - Commentary: Slowness is its field.
                </Example>""");
    }

    @Test
    void reads_quotes_that_are_escaped_or_single() {
        reads("<example>Context: A page is slow. user: \\\"Why does it take 9 s?\\\" assistant: 'I'll measure.' "
                + "<commentary>Slowness is its field.</commentary></example>");
    }

    @Test
    void reads_tags_instead_of_words() {
        reads("<example><context>A page is slow.</context><user_request>Why does it take 9 s?</user_request>"
                + "<assistant_response>I'll measure.</assistant_response>"
                + "<commentary>Slowness is its field.</commentary></example>");
    }

    @Test
    void a_block_that_is_not_closed_ends_where_the_next_begins() {
        assertThat(ExampleReader.read("<example>user: \"one\" <example>user: \"two\" <commentary>why"))
                .containsExactly(new Example("", "one", "", ""), new Example("", "two", "", "why"));
    }

    @Test
    void quotes_and_speakers_within_what_is_said_stay_there() {
        assertThat(ExampleReader.read("<example>user: \"Rename \"user:\" to \"owner\", please\" assistant: \"Yes\""))
                .containsExactly(new Example("", "Rename \"user:\" to \"owner\", please", "Yes", ""));
    }

    @Test
    void the_turns_of_one_speaker_are_joined() {
        assertThat(ExampleReader.read("<example>user: \"one\"\nassistant: \"a\"\nuser: \"two\"\n</example>"))
                .containsExactly(new Example("", "one\ntwo", "a", ""));
    }

    @Test
    void text_without_speakers_is_the_context() {
        assertThat(ExampleReader.read("<example>Just after a merge.</example> and <example></example>"))
                .containsExactly(new Example("Just after a merge.", "", "", ""), new Example("", "", "", ""));
    }

    @Test
    void a_description_without_examples_has_none() {
        assertThat(ExampleReader.read("Use it for example when user: \"asks\" </example>"))
                .isEmpty();
    }
}
