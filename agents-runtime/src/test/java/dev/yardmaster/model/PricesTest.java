package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

    private static Price price(String model, LocalDate on) {
        return Prices.bundled().find(model, on).orElseThrow();
    }

    @Test
    void of_a_reply_follow_from_its_tokens() {
        Price opus = price("anthropic:claude-opus-5-5", TODAY);

        assertThat(opus.of(new Usage(250_000, 10_000))).contains(new BigDecimal("1.2"));
        assertThat(opus.of(Usage.none()))
                .hasValueSatisfying(cost -> assertThat(cost).isZero());
        assertThat(opus.text()).isEqualTo("$4 in, $20 out per million tokens");
    }

    @Test
    void of_cached_tokens_are_their_own_where_they_are_known() {
        Price opus = price("anthropic:claude-opus-5-5", TODAY);

        assertThat(opus.of(new Usage(250_000, 0, 200_000, 40_000))).contains(new BigDecimal("0.28"));
        assertThat(opus.of(new Usage(250_000, 0, 0, 0))).contains(new BigDecimal("1"));
    }

    @Test
    void of_cached_tokens_that_could_not_be_sourced_are_never_too_low() {
        Price flash = price("gemini:gemini-3.5-flash", TODAY);

        assertThat(flash.of(new Usage(100_000, 0, 90_000, 0))).isEqualTo(flash.of(new Usage(100_000, 0)));
        assertThat(flash.of(new Usage(100_000, 0, 0, 90_000)))
                .as("putting tokens into a cache can cost more than sending them")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100000, 0.01", "100001, 0.0500005"})
    void of_the_whole_request_are_higher_when_its_prompt_is_longer(long prompt, BigDecimal cost) {
        assertThat(price("anthropic:claude-haiku-5-5", TODAY).of(new Usage(prompt, 0)))
                .contains(cost);
    }

    @Test
    void of_prompts_that_are_longer_than_any_known_tier_are_unknown() {
        Price sol = price("openai:gpt-6.2-sol", TODAY);

        assertThat(sol.of(new Usage(272_000, 0))).isPresent();
        assertThat(sol.of(new Usage(272_001, 0))).isEmpty();
        assertThat(sol.text()).isEqualTo("$2 in, $10 out for prompts up to 272000 per million tokens");
    }

    @Test
    void change_on_the_day_they_are_said_to() {
        assertThat(price("gemini:gemini-3.8-flash", LocalDate.of(2026, 12, 31)).text())
                .startsWith("$0.75 in, $3.75 out");
        assertThat(price("gemini:gemini-3.8-flash", LocalDate.of(2027, 1, 1)).text())
                .startsWith("$1.50 in, $7.50 out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"anthropic:claude-opus-5-5-20260922", "claude-opus-5-5", "openai:gpt-6.2-sol@localhost", "x"})
    void of_names_that_are_not_written_down_are_unknown(String name) {
        assertThat(Prices.bundled().find(name, TODAY)).isEmpty();
    }

    @Test
    void all_have_a_source_a_day_and_at_least_one_tier_today() {
        assertThat(Prices.bundled().models()).isNotEmpty().allSatisfy(model -> {
            Price price = price(model, TODAY);
            assertThat(price.source()).startsWith("https://");
            assertThat(price.seen()).isBefore(TODAY);
            assertThat(price.tiers()).allSatisfy(tier -> {
                assertThat(tier.input()).isLessThan(tier.output());
                tier.cacheRead().ifPresent(read -> assertThat(read).isLessThan(tier.input()));
                tier.cacheWrite().ifPresent(write -> assertThat(write).isGreaterThan(tier.input()));
            });
        });
    }
}
