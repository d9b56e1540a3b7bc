package dev.yardmaster.run;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Spending;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Limits and what was used of them, in words. */
final class Amounts {

    /** Where a warning is given, of a whole that is one. */
    static final BigDecimal LOW = new BigDecimal("0.8");

    private Amounts() {}

    static String limit(Budget budget, Budget.Measure measure) {
        return switch (measure) {
            case TOKENS ->
                String.format(Locale.ROOT, "%,d tokens", budget.tokens().orElseThrow());
            case COST -> dollars(budget.dollars().orElseThrow());
            case TURNS -> count(budget.turns().orElseThrow(), "turn");
            case TIME -> duration(budget.time().orElseThrow());
        };
    }

    static String used(Spending spent, Duration worked, Budget.Measure measure) {
        String replies = " in " + count(spent.turns(), "turn");
        return switch (measure) {
            case TOKENS -> String.format(Locale.ROOT, "%,d tokens", spent.tokens()) + replies;
            case COST -> dollars(spent.dollars()) + replies;
            case TURNS -> count(spent.turns(), "turn");
            case TIME -> duration(worked) + replies;
        };
    }

    /** How much to ask for, to get as much again: as the command line's option takes it. */
    static String twice(Budget budget, Budget.Measure measure) {
        return switch (measure) {
            case TOKENS -> String.valueOf(2 * budget.tokens().orElseThrow());
            case COST -> plain(budget.dollars().orElseThrow().multiply(BigDecimal.TWO));
            case TURNS -> String.valueOf(2L * budget.turns().orElseThrow());
            case TIME -> duration(budget.time().orElseThrow().multipliedBy(2));
        };
    }

    private static String count(int number, String thing) {
        return String.format(Locale.ROOT, "%,d %s", number, thing) + (number == 1 ? "" : "s");
    }

    private static String dollars(BigDecimal amount) {
        return "$" + plain(amount);
    }

    /** With cents; with more places where there is more. */
    private static String plain(BigDecimal amount) {
        BigDecimal exact = amount.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
        return exact.setScale(Math.max(2, exact.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** {@code 1h30m}, {@code 2m5s}, {@code 0.3s}. */
    private static String duration(Duration time) {
        Duration shown = time.compareTo(Duration.ofMinutes(1)) < 0
                ? Duration.ofMillis(time.toMillis())
                : Duration.ofSeconds(time.toSeconds());
        return shown.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
