package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void of_the_first_versions_has_nothing_cached_and_is_written_as_it_was() {
        Json old = Json.parse("{\"inputTokens\":12,\"outputTokens\":7}");

        assertThat(old.as(Usage.class)).isEqualTo(new Usage(12, 7, 0, 0));
        assertThat(Json.of(new Usage(12, 7))).isEqualTo(old);
    }

    @Test
    void adds_up() {
        assertThat(new Usage(10, 2, 7, 1).plus(new Usage(5, 1, 0, 4))).isEqualTo(new Usage(15, 3, 7, 5));
        assertThat(Json.of(new Usage(10, 2, 7, 1)).as(Usage.class)).isEqualTo(new Usage(10, 2, 7, 1));
    }

    @Test
    void has_no_more_cached_than_was_sent() {
        assertThatThrownBy(() -> new Usage(10, 0, 8, 3)).hasMessageContaining("count cached tokens as sent");
    }
}
