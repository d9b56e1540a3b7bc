package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.output.Times;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0 s",
        "PT4.9S, 4 s",
        "PT59S, 59 s",
        "PT61S, 1 min",
        "PT59M59S, 59 min",
        "PT1H59M, 1 h",
        "PT24H, 1 day",
        "P45D, 45 days"
    })
    void that_are_read_at_a_glance_have_one_unit(Duration duration, String shown) {
        assertThat(Times.roughly(duration)).isEqualTo(shown);
    }
}
