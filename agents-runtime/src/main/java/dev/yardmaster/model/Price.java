package dev.yardmaster.model;

import dev.yardmaster.event.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model's tokens cost by its provider's price list, in US dollars. Discounts, cached tokens and taxes are left
 * out, so a reply costs at most about that much by that list.
 *
 * @param tiers by the length of the prompt, shorter prompts first
 * @param source the page of the price list
 * @param seen when the price was last seen there
 */
public record Price(List<Tier> tiers, String source, LocalDate seen) {

    private static final int MILLION = 6;

    /** @throws IllegalArgumentException when there is no tier */
    public Price {
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("a price needs a tier");
        }
        tiers = List.copyOf(tiers);
    }

    /**
     * What a request costs, the whole of it, whose prompt is not longer than a limit.
     *
     * @param upTo the limit, in tokens; empty when there is none
     * @param input per million tokens sent
     * @param output per million tokens received
     */
    public record Tier(Optional<Long> upTo, BigDecimal input, BigDecimal output) {

        private boolean holds(long prompt) {
            return upTo.isEmpty() || prompt <= upTo.get();
        }

        private String text() {
            return "$" + input.toPlainString() + " in, $" + output.toPlainString() + " out"
                    + upTo.map(limit -> " for prompts up to " + limit).orElse("");
        }
    }

    /**
     * What one reply costs, in US dollars; empty when its prompt is longer than the known tiers. Add up replies, not
     * tokens: the tier follows from each prompt's length.
     */
    public Optional<BigDecimal> of(Usage reply) {
        return tiers.stream()
                .filter(tier -> tier.holds(reply.inputTokens()))
                .findFirst()
                .map(tier -> tier.input()
                        .multiply(BigDecimal.valueOf(reply.inputTokens()))
                        .add(tier.output().multiply(BigDecimal.valueOf(reply.outputTokens())))
                        .movePointLeft(MILLION)
                        .stripTrailingZeros());
    }

    /** For people: {@code $4 in, $20 out per million tokens}. */
    public String text() {
        return tiers.stream().map(Tier::text).collect(Collectors.joining("; ")) + " per million tokens";
    }
}
