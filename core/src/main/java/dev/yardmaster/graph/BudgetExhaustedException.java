package dev.yardmaster.graph;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.YardmasterException;
import java.util.Map;

/** A budget is used up: no further model reply is asked for. Its kind is {@code budget.cost}, {@code budget.tokens} … */
public final class BudgetExhaustedException extends YardmasterException {

    private final Budget.Measure measure;
    private final Map<String, String> details;

    /**
     * @param whose the run, or an agent
     * @param used how much, in words
     * @param limit how much it may be, in words
     * @param remedy how to get more
     */
    public BudgetExhaustedException(Budget.Measure measure, String whose, String used, String limit, String remedy) {
        super(whose + " has used up its budget of " + limit + ": " + used + "; " + remedy);
        this.measure = measure;
        this.details = Map.of("budget", measure.word(), "of", whose, "used", used, "limit", limit);
    }

    /** What ran out. */
    public Budget.Measure measure() {
        return measure;
    }

    @Override
    public String kind() {
        return "budget." + measure.word();
    }

    @Override
    public Map<String, String> facts() {
        return details;
    }
}
