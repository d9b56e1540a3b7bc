package dev.yardmaster.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Part;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.tool.ToolCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {

    private static String sample(String name) throws IOException {
        try (InputStream file = TokenEstimateTest.class.getResourceAsStream(name + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The counts are those of {@code o200k_base}, taken once with jtokkit 1.1.0. */
    @ParameterizedTest
    @CsvSource({
        "prose, 767",
        "german, 85",
        "java, 740",
        "python, 145",
        "stack, 112",
        "log, 967",
        "listing, 934",
        "csv, 881",
        "json, 926",
        "indented-json, 1037",
        "keys, 1087",
        "hex, 909",
        "table, 100",
        "emoji, 76"
    })
    void of_what_agents_read_is_between_three_quarters_and_one_and_a_half_of_what_is_counted(String name, long counted)
            throws IOException {
        assertThat(TokenEstimate.of(sample(name))).isBetween(counted * 75 / 100, counted * 145 / 100);
    }

    @ParameterizedTest
    @CsvSource({"russian, 73", "arabic, 51", "chinese, 78", "japanese, 70", "korean, 52"})
    void of_other_scripts_is_rather_too_high(String name, long counted) throws IOException {
        assertThat(TokenEstimate.of(sample(name))).isBetween(counted, counted * 190 / 100);
    }

    @Test
    void of_a_message_is_of_everything_that_is_sent_of_it() {
        String text = "word ".repeat(100);
        var call = new ToolCall("c", "Read", Json.of(Map.of("file_path", text)));

        assertThat(TokenEstimate.of(new Message.System(text))).isBetween(120L, 150L);
        assertThat(TokenEstimate.of(Message.User.of(text))).isBetween(120L, 150L);
        assertThat(TokenEstimate.of(Message.Assistant.of(text, call, call))).isBetween(360L, 440L);
        assertThat(TokenEstimate.of(new Message.Assistant("", List.of(), Map.of("thinking", text))))
                .as("thinking goes back, too")
                .isBetween(120L, 150L);
        assertThat(TokenEstimate.of(new Message.ToolOutput("c", "Read", text, false)))
                .isBetween(120L, 150L);
        assertThat(TokenEstimate.of(new Message.Summary(3, text))).isBetween(120L, 150L);
        assertThat(TokenEstimate.of(new Message.User(List.of(new Part.Image("image/png", "a".repeat(1_000_000))))))
                .as("of an image, not of its bytes")
                .isBetween(1_000L, 2_000L);
        assertThat(TokenEstimate.of(new ToolSchema("Read", text, Json.of(Map.of("type", "object")))))
                .isBetween(120L, 150L);
    }

    @Test
    void is_never_more_than_what_is_told_at_a_glance() throws IOException {
        for (String name : List.of("prose", "keys", "csv", "chinese", "emoji", "table", "arabic")) {
            var message = new Message.ToolOutput("c", "Read", sample(name), false);

            assertThat(TokenEstimate.of(message)).isLessThan(TokenEstimate.atMost(message));
        }
    }
}
