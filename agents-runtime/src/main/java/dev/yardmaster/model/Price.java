package dev.yardmaster.model;

import dev.yardmaster.event.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model's tokens cost by its provider's price list, in US dollars. Cached tokens have rates of their own where these
 * could be sourced; discounts and taxes are left out, so a reply costs at most about that much by that list.
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
     * @param cacheRead per million of the tokens sent that were in the provider's cache; empty when it could not be
     *     sourced: they count like others then, which is more than they cost
     * @param cacheWrite per million of the tokens sent that were put there; empty when it could not be sourced
     */
    public record Tier(
            Optional<Long> upTo,
            BigDecimal input,
            BigDecimal output,
            Optional<BigDecimal> cacheRead,
            Optional<BigDecimal> cacheWrite) {

        private boolean holds(long prompt) {
            return upTo.isEmpty() || prompt <= upTo.get();
        }

        /** In millionths of a dollar; empty when tokens were put into a cache and nobody knows what that costs. */
        private Optional<BigDecimal> of(Usage reply) {
            long plain = reply.inputTokens() - reply.cacheReadTokens() - reply.cacheWriteTokens();
            Optional<BigDecimal> writes = reply.cacheWriteTokens() == 0
                    ? Optional.of(BigDecimal.ZERO)
                    : cacheWrite.map(rate -> times(rate, reply.cacheWriteTokens()));
            return writes.map(written -> written.add(times(input, plain))
                    .add(times(cacheRead.orElse(input), reply.cacheReadTokens()))
                    .add(times(output, reply.outputTokens())));
        }

        private static BigDecimal times(BigDecimal rate, long tokens) {
            return rate.multiply(BigDecimal.valueOf(tokens));
        }

        private String text() {
            return "$" + input.toPlainString() + " in, $" + output.toPlainString() + " out"
                    + upTo.map(limit -> " for prompts up to " + limit).orElse("");
        }
    }

    /**
     * What one reply costs, in US dollars; empty when its prompt is longer than the known tiers, or tokens of it were put
     * into a cache at a price that is not known. Add up replies, not tokens: the tier follows from each prompt's length.
     */
    public Optional<BigDecimal> of(Usage reply) {
        return tiers.stream()
                .filter(tier -> tier.holds(reply.inputTokens()))
                .findFirst()
                .flatMap(tier -> tier.of(reply))
                .map(cost -> cost.movePointLeft(MILLION).stripTrailingZeros());
    }

    /** For people: {@code $4 in, $20 out per million tokens}. */
    public String text() {
        return tiers.stream().map(Tier::text).collect(Collectors.joining("; ")) + " per million tokens";
    }
}
