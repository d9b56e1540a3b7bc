package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How much may be used up: by a run, or by one agent in it with all that work for it. What is left out is not limited. What
 * has a budget inside something that has one draws from both. Immutable: the {@code with…} methods give a changed copy.
 *
 * @param tokens sent and received, together
 * @param dollars what replies cost by list prices, in US dollars
 * @param turns model replies
 * @param time at work: waits for people and timers, and the time in no process, do not count
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Budget(
        Optional<Long> tokens, Optional<BigDecimal> dollars, Optional<Integer> turns, Optional<Duration> time) {

    /** What is measured. */
    public enum Measure {
        TOKENS,
        COST,
        TURNS,
        TIME;

        /** The option of the command line that limits it. */
        public String flag() {
            return "--max-" + word();
        }

        /** For programs: {@code tokens}, {@code cost}, {@code turns}, {@code time}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Four fifths of a limit are used up; told once for each.
     *
     * @param at where the budget is: the run, or the execution it is inside of
     * @param whose the run, or an agent
     * @param used how much, in words
     * @param limit how much it may be, in words
     */
    public record Low(NodePath at, String whose, Measure measure, String used, String limit) implements RunEvent.Live {}

    private static final Budget UNLIMITED =
            new Budget(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException when a limit is 0 or less */
    public Budget {
        tokens = tokens == null ? Optional.empty() : tokens;
        dollars = dollars == null ? Optional.empty() : dollars;
        turns = turns == null ? Optional.empty() : turns;
        time = time == null ? Optional.empty() : time;
        if (tokens.isPresent() && tokens.get() <= 0
                || dollars.isPresent() && dollars.get().signum() <= 0
                || turns.isPresent() && turns.get() <= 0
                || time.isPresent() && !time.get().isPositive()) {
            throw new IllegalArgumentException("a limit of a budget is more than 0; leave out what is not limited");
        }
    }

    public static Budget unlimited() {
        return UNLIMITED;
    }

    public static Budget tokens(long most) {
        return UNLIMITED.withTokens(most);
    }

    /** @param most such as {@code "2.00"} */
    public static Budget dollars(String most) {
        try {
            return UNLIMITED.withDollars(new BigDecimal(most));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + most + "' is no amount in dollars, such as \"2.00\"", e);
        }
    }

    public static Budget turns(int most) {
        return UNLIMITED.withTurns(most);
    }

    public static Budget time(Duration most) {
        return UNLIMITED.withTime(most);
    }

    public Budget withTokens(long most) {
        return new Budget(Optional.of(most), dollars, turns, time);
    }

    public Budget withDollars(BigDecimal most) {
        return new Budget(tokens, Optional.of(most), turns, time);
    }

    public Budget withTurns(int most) {
        return new Budget(tokens, dollars, Optional.of(most), time);
    }

    public Budget withTime(Duration most) {
        return new Budget(tokens, dollars, turns, Optional.of(most));
    }

    /** These limits, and where there is none, another's. */
    public Budget or(Budget other) {
        return new Budget(
                tokens.or(() -> other.tokens),
                dollars.or(() -> other.dollars),
                turns.or(() -> other.turns),
                time.or(() -> other.time));
    }

    /** The smaller of these limits and another's. */
    public Budget within(Budget other) {
        return new Budget(
                smaller(tokens, other.tokens),
                smaller(dollars, other.dollars),
                smaller(turns, other.turns),
                smaller(time, other.time));
    }

    private static <T extends Comparable<T>> Optional<T> smaller(Optional<T> one, Optional<T> two) {
        return one.isPresent() && two.isPresent() && one.get().compareTo(two.get()) > 0 ? two : one.or(() -> two);
    }

    public boolean limits(Measure measure) {
        return switch (measure) {
            case TOKENS -> tokens.isPresent();
            case COST -> dollars.isPresent();
            case TURNS -> turns.isPresent();
            case TIME -> time.isPresent();
        };
    }

    /** Whether there is no limit in it. */
    public boolean limitsNothing() {
        return this == UNLIMITED || tokens.isEmpty() && dollars.isEmpty() && turns.isEmpty() && time.isEmpty();
    }
}
