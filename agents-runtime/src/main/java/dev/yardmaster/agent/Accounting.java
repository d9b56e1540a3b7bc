package dev.yardmaster.agent;

import dev.yardmaster.event.Budget;
import dev.yardmaster.model.Prices;

/**
 * What agents of a runtime may use up.
 *
 * @param prices what replies cost
 * @param each the budget of every agent's work, colleagues included, beside what its node says
 * @param turns replies of its own that an agent may take when neither its file nor a budget says how many
 */
record Accounting(Prices prices, Budget each, int turns) {

    private static final Accounting DEFAULTS = new Accounting(Prices.bundled(), Budget.unlimited(), 50);

    static Accounting defaults() {
        return DEFAULTS;
    }

    Accounting withPrices(Prices own) {
        return new Accounting(own, each, turns);
    }

    Accounting withEach(Budget own) {
        return new Accounting(prices, own, turns);
    }

    Accounting withTurns(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("an agent takes 1 turn or more: " + most);
        }
        return new Accounting(prices, each, most);
    }
}
