package dev.yardmaster.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MinuteWindowTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final MinuteWindow window = new MinuteWindow(100);

    private static Instant second(int second) {
        return START.plusSeconds(second);
    }

    @Test
    void has_room_again_a_minute_after_enough_was_spent() {
        window.spend(second(0), 60);
        window.spend(second(10), 30);

        assertThat(window.room(second(20), 10)).isEqualTo(second(20));
        assertThat(window.room(second(20), 11)).isEqualTo(second(60));
        assertThat(window.room(second(20), 71)).isEqualTo(second(70));
        assertThat(window.room(second(61), 70)).isEqualTo(second(61));
    }

    @Test
    void counts_what_it_really_was_once_that_is_known() {
        MinuteWindow.Spending spending = window.spend(second(0), 90);

        window.settle(spending, 20, second(5));
        assertThat(window.room(second(5), 80)).isEqualTo(second(5));
        window.settle(spending, 100, second(6));
        assertThat(window.room(second(6), 1)).isEqualTo(second(60));
        window.settle(spending, 0, second(60));
        window.spend(second(60), 100);
        assertThat(window.room(second(61), 1)).isEqualTo(second(120));
    }

    @Test
    void more_than_the_limit_has_room_alone() {
        assertThat(window.room(second(0), 500)).isEqualTo(second(0));
        window.spend(second(0), 500);
        assertThat(window.room(second(1), 1)).isEqualTo(second(60));
    }
}
