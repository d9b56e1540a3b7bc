package dev.yardmaster.cli.settings;

import dev.yardmaster.event.Budget;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;

/** The limits of budgets as they are written: by flags, in the environment, in settings files. */
public final class Quantities {

    private Quantities() {}

    /**
     * A budget with one more limit.
     *
     * @param text such as {@code 200000}, {@code 2.00}, {@code 50}, {@code 1h30m}
     * @param source what the text was written in, for messages
     * @throws UsageException when it cannot be read
     */
    public static Budget limit(Budget budget, Budget.Measure measure, String text, String source) {
        String plain = text.strip();
        return switch (measure) {
            case TOKENS ->
                budget.withTokens(read(plain, source, "a whole number of tokens, such as 200000", Quantities::whole));
            case COST ->
                budget.withDollars(read(plain, source, "an amount in dollars, such as 2.00", Quantities::dollars));
            case TURNS ->
                budget.withTurns(read(
                        plain, source, "a whole number of turns, such as 100", each -> Math.toIntExact(whole(each))));
            case TIME -> budget.withTime(read(plain, source, "a time, such as 90s, 30m or 1h30m", Quantities::time));
        };
    }

    private static <T> T read(String text, String source, String what, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            throw new UsageException(source + ": '" + text + "' is not " + what + "; it has to be more than 0");
        }
    }

    private static long whole(String text) {
        long number = Long.parseLong(text.replaceAll("[_,]", ""));
        if (number <= 0) {
            throw new IllegalArgumentException("0 or less");
        }
        return number;
    }

    private static BigDecimal dollars(String text) {
        var amount = new BigDecimal(text.startsWith("$") ? text.substring(1) : text);
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("0 or less");
        }
        return amount;
    }

    private static Duration time(String text) {
        String spelled = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        Duration time = Duration.parse(spelled.contains("d") ? "P" + spelled.replaceFirst("d", "DT") : "PT" + spelled);
        if (!time.isPositive()) {
            throw new IllegalArgumentException("0 or less");
        }
        return time;
    }
}
