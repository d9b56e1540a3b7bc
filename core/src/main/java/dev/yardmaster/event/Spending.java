package dev.yardmaster.event;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was used up.
 *
 * @param usage tokens
 * @param turns model replies
 * @param dollars what those replies cost whose price is known, in US dollars
 * @param unpriced how many replies have no known price
 */
public record Spending(Usage usage, int turns, @Nullable BigDecimal dollars, int unpriced) {

    private static final Spending NONE = new Spending(Usage.none(), 0, null, 0);

    /** @param dollars null is 0 */
    public Spending {
        dollars = dollars == null || dollars.signum() == 0 ? null : dollars.stripTrailingZeros();
    }

    /** What those replies cost whose price is known. */
    @Override
    public BigDecimal dollars() { // not kept where it is 0: a run that costs nothing does without loading the class
        return dollars == null ? BigDecimal.ZERO : dollars;
    }

    public static Spending none() {
        return NONE;
    }

    /** Of one reply. @param dollars what it cost; empty when that is not known */
    public static Spending reply(Usage usage, Optional<BigDecimal> dollars) {
        return new Spending(usage, 1, dollars.orElse(null), dollars.isPresent() ? 0 : 1);
    }

    public Spending plus(Spending other) {
        return new Spending(
                usage.plus(other.usage), turns + other.turns, sum(dollars, other.dollars), unpriced + other.unpriced);
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null) {
            return other;
        }
        return other == null ? one : one.add(other);
    }

    /** Sent and received, together. */
    public long tokens() {
        return usage.inputTokens() + usage.outputTokens();
    }

    /** What all of it cost; empty when the price of some reply is not known. */
    public Optional<BigDecimal> cost() {
        return unpriced == 0 ? Optional.of(dollars()) : Optional.empty();
    }
}
