package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUriTest {

    @Test
    void is_one_text_that_is_read_back() {
        for (String bytes : List.of("", "a", "ab", "abc", "abcd")) {
            DataUri data = DataUri.of("image/PNG", bytes.getBytes(StandardCharsets.UTF_8));
            Json json = Json.of(data);

            assertThat(json.text()).startsWith("\"data:image/png;base64,");
            assertThat(json.as(DataUri.class)).isEqualTo(data);
            assertThat(data.size()).isEqualTo(bytes.length());
            assertThat(new String(data.bytes(), StandardCharsets.UTF_8)).isEqualTo(bytes);
        }
        assertThat(DataUri.of("image/png", new byte[100_000]))
                .as("what it is called in a message or a log")
                .hasToString("image/png of 100000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data:",
                "data:image/png;base64",
                "data:image/png,abcd",
                "data:;base64,abcd",
                "data:png;base64,abcd",
                "data:image/png;base64,abc",
                "data:image/png;base64,ab=d",
                "data:image/png;base64,ab-_",
                "data:image/png;base64,abcd and more",
                "see data:image/png;base64,abcd",
                "data:image/png;charset=x;base64,abcd"
            })
    void any_other_text_is_none(String text) {
        assertThat(DataUri.find(text)).isEmpty();
        assertThatThrownBy(() -> DataUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void is_left_alone_where_strings_are_changed() {
        Json value = Json.of(Map.of(
                "image",
                "data:image/png;base64,canary==",
                "words",
                List.of("canary", "data:image/png;base64,canary and more")));

        assertThat(value.withStrings(text -> text.replace("canary", "[redacted]"))
                        .text())
                .isEqualTo("{\"image\":\"data:image/png;base64,canary==\","
                        + "\"words\":[\"[redacted]\",\"data:image/png;base64,[redacted] and more\"]}");
    }
}
