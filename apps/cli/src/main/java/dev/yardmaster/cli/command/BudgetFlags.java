package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Quantities;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Budget.Measure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a run may use up. */
final class BudgetFlags {

    @Option(
            names = "--max-cost",
            paramLabel = "DOLLARS",
            description = "Stop when replies have cost so much by list prices, such as 2.00; for models with a price")
    private @Nullable String cost;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Stop when so many tokens were sent and received, by everybody who works in the run")
    private @Nullable String tokens;

    @Option(names = "--max-turns", paramLabel = "N", description = "Stop after so many model replies")
    private @Nullable String turns;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            description = "Stop when there was work for so long, such as 30m or 1h30m; waiting for you does not count")
    private @Nullable String time;

    /** @throws dev.yardmaster.cli.settings.UsageException when one of them cannot be read */
    Budget budget() {
        Budget budget = with(Budget.unlimited(), Measure.TOKENS, tokens);
        budget = with(budget, Measure.COST, cost);
        budget = with(budget, Measure.TURNS, turns);
        return with(budget, Measure.TIME, time);
    }

    private static Budget with(Budget budget, Measure measure, @Nullable String text) {
        return text == null ? budget : Quantities.limit(budget, measure, text, measure.flag());
    }
}
