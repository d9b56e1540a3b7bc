package dev.yardmaster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTest {

    private static final Candidate NEAREST = new Candidate("cook", 1, List.of(), Optional.empty(), Evidence.none());

    @ParameterizedTest
    @CsvSource({"-0.003, 0.00", "0.0, 0.00", "-0.006, -0.01", "0.014, 0.01", "0.0196, 0.0196", "0.01999999, 0.020000"})
    void a_decline_says_how_near_it_was_as_a_number_that_is_less_than_enough(double sense, String shown) {
        assertThat(Reasons.far(NEAREST, sense, 0.02)).contains("(" + shown + "; 0.02 would have been enough)");
    }

    @Test
    void a_decline_names_the_nearest() {
        assertThat(Reasons.far(NEAREST, -0.2, 0.02)).contains("the nearest is cook (-0.20;");
    }
}
