package dev.yardmaster.graph;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.YardmasterException;
import java.util.HashMap;
import java.util.Map;

/** A budget is used up: no further model reply is asked for. Its kind is {@code budget.cost}, {@code budget.tokens} … */
public final class BudgetExhaustedException extends YardmasterException {

    private final Budget.Measure measure;
    private final Map<String, String> facts;

    private BudgetExhaustedException(Budget.Measure measure, String message, Map<String, String> facts) {
        super(message);
        this.measure = measure;
        this.facts = Map.copyOf(facts);
    }

    /**
     * The budget of a run.
     *
     * @param whose the run
     * @param used how much, in words
     * @param limit how much it may be, in words
     * @param larger a larger one, as the command line takes it
     */
    public static BudgetExhaustedException ofRun(
            Budget.Measure measure, String whose, String used, String limit, String larger) {
        var facts = new HashMap<>(facts(measure, whose, used, limit));
        facts.put("larger", larger);
        return new BudgetExhaustedException(
                measure,
                gone(whose, used, limit) + "; to go on, resume it with a larger one: " + larger
                        + ", or ResumeOptions.withBudget(…)",
                facts);
    }

    /** The budget of an agent, or of something else in a run. Its parameters are those of {@link #ofRun}. */
    public static BudgetExhaustedException ofPart(Budget.Measure measure, String whose, String used, String limit) {
        return new BudgetExhaustedException(
                measure,
                gone(whose, used, limit) + "; to go on, give it a larger one and resume the run",
                facts(measure, whose, used, limit));
    }

    private static String gone(String whose, String used, String limit) {
        return whose + " has used up its budget of " + limit + ": " + used;
    }

    private static Map<String, String> facts(Budget.Measure measure, String whose, String used, String limit) {
        return Map.of("budget", measure.word(), "of", whose, "used", used, "limit", limit);
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
        return facts;
    }
}
