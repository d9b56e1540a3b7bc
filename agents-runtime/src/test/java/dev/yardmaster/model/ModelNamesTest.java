package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNamesTest {

    @ParameterizedTest
    @CsvSource({
        "openai:a, openai:a, true",
        "openai:a, openai:ab, false",
        "openai:a, openai:a@host:80, false",
        "openai:a*, openai:a@host:80, true",
        "ollama:*, ollama:llama3.2, true",
        "ollama:*, openai:llama3.2, false",
        "*, anything, true",
        "*:deepseek-*@*, openai:deepseek-chat@host, true",
        "*:deepseek-*@*, openai:deepseek-chat, false",
        "openai:ab*ba, openai:aba, false",
        "openai:ab*ba, openai:abba, true",
        "openai:a**a, openai:aa, true"
    })
    void a_star_stands_for_anything(String pattern, String name, boolean meant) {
        assertThat(ModelNames.of(pattern).contains(name)).isEqualTo(meant);
        assertThat(ModelNames.of("other:x", pattern).contains(name)).isEqualTo(meant);
    }

    @Test
    void none_are_meant_by_nothing() {
        assertThat(ModelNames.none().contains("openai:a")).isFalse();
    }

    @Test
    void what_can_be_no_full_name_is_told() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelNames.of("sonnet"))
                .withMessageContaining("'sonnet' is no full name of a model; write provider:model");
    }
}
