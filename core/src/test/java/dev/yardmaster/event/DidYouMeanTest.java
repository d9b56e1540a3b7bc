package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {

    @Test
    void swapped_letters_are_nearer_than_a_missing_one() {
        assertThat(DidYouMean.find("modle", List.of("mode", "model"))).contains("model");
        assertThat(DidYouMean.find("--modle", List.of("--mode", "--model"))).contains("--model");
    }

    @Test
    void a_doubled_letter_is_nearer_than_another_one() {
        assertThat(DidYouMean.find("modell", List.of("models", "model"))).contains("model");
    }

    @Test
    void the_same_length_is_nearer_than_another() {
        assertThat(DidYouMean.find("rund", List.of("run", "runs"))).contains("runs");
    }

    @Test
    void nothing_is_meant_by_a_word_that_is_like_none() {
        assertThat(DidYouMean.find("frobnicate", List.of("demo", "do"))).isEmpty();
    }
}
