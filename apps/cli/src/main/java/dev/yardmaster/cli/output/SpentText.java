package dev.yardmaster.cli.output;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be used up and what was, for people. */
public final class SpentText {

    private SpentText() {}

    /** The limits of a budget, each in words. */
    public static List<String> limits(Budget budget) {
        var all = new ArrayList<String>();
        budget.dollars().ifPresent(most -> all.add(dollars(most)));
        budget.tokens().ifPresent(most -> all.add(Times.number(most) + " tokens"));
        budget.turns().ifPresent(most -> all.add(most + (most == 1 ? " turn" : " turns")));
        budget.time().ifPresent(most -> all.add(Times.of(most) + " of work"));
        return all;
    }

    /** {@code $2.00}; with four places where there are more than cents. */
    public static String dollars(BigDecimal amount) {
        BigDecimal exact = amount.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
        return "$"
                + exact.setScale(exact.scale() <= 2 ? 2 : 4, RoundingMode.UNNECESSARY)
                        .toPlainString();
    }

    /** {@code Turns  12 · Cost  $0.31 by list prices}. */
    public static String turns(Report report) {
        String cost = report.cost()
                .text(report.scripted())
                .map(text -> " · Cost  " + text)
                .orElse("");
        return "Turns  " + Times.number(report.view().spent().turns()) + cost;
    }

    static String low(Budget.Low low) {
        return low.whose() + " has used up most of its budget of " + low.limit() + ": " + low.used();
    }

    /** The command that goes on with a run whose own budget is used up; empty where something else is wrong, too. */
    public static Optional<String> goesOn(String run, List<Failure> failures) {
        return !failures.isEmpty()
                        && failures.stream().allMatch(each -> each.details().containsKey("larger"))
                ? failures.stream()
                        .map(each -> each.details().get("larger"))
                        .distinct()
                        .reduce((one, two) -> one + " " + two)
                        .map(flags -> "yardmaster resume " + run + " " + flags)
                : Optional.empty();
    }
}
