package dev.yardmaster.graph;

import dev.yardmaster.event.Budget;
import java.math.BigDecimal;
import java.util.Optional;

/** An allowance that refuses nothing. */
record Unchecked(Budget budget) implements Allowance {

    static final Allowance UNLIMITED = new Unchecked(Budget.unlimited());
    private static final Reservation NOTHING = () -> {};

    @Override
    public Reservation reserve(long tokens, BigDecimal dollars) {
        return NOTHING;
    }

    @Override
    public Optional<BudgetExhaustedException> exhausted() {
        return Optional.empty();
    }

    @Override
    public boolean limits(Budget.Measure measure) {
        return budget.limits(measure);
    }
}
