package dev.yardmaster.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.model.Model;
import dev.yardmaster.model.Model.Window;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.Prices;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

    private record Named(String name, Optional<Window> window) implements Model {
        @Override
        public ModelReply reply(ModelRequest request) {
            throw new UnsupportedOperationException("nobody asks it");
        }
    }

    private static Window of(String name) {
        return Windows.bundled().of(new Named(name, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic:claude-haiku-4-5-20251001, 200000",
        "openai:gpt-6.2-sol, 1050000",
        "gemini:gemini-3.8-flash, 1048576"
    })
    void of_known_models_are_those_of_the_list_which_says_where_from(String name, long tokens) {
        assertThat(of(name).tokens()).isEqualTo(tokens);
        assertThat(of(name).source()).startsWith("https://").contains("seen on 2026-");
        assertThat(of(name).cutsSilently()).isFalse();
    }

    @Test
    void of_every_model_in_the_list_are_found() {
        assertThat(Windows.bundled().models())
                .isNotEmpty()
                .allSatisfy(model -> assertThat(of(model).source()).contains("seen on 2026-"));
    }

    @Test
    void of_unknown_models_are_a_guess_and_a_smaller_one_elsewhere() {
        assertThat(of("openai:gpt-9").tokens()).isEqualTo(128_000);
        assertThat(of("openai:qwen3@127.0.0.1:8000").tokens()).isEqualTo(32_768);
        assertThat(of("openai:gpt-9").source()).isEqualTo("a guess: the window of 'openai:gpt-9' is not known here");
    }

    @Test
    void that_a_model_knows_itself_count_for_more_than_the_list() {
        var own = new Window(4_096, true, "its server");

        assertThat(Windows.bundled().of(new Named("openai:gpt-6.2-sol", Optional.of(own))))
                .isEqualTo(own);
    }

    @Test
    void are_listed_for_every_model_that_has_a_price_but_those_that_could_not_be_sourced() {
        assertThat(Prices.bundled().models())
                .filteredOn(model -> !Windows.bundled().models().contains(model))
                .containsExactly("gemini:gemini-3.1-pro-preview");
    }
}
