package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.Budget;
import dev.yardmaster.graph.NodeContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Whether a budget can be kept with an agent at work: one in dollars needs the prices of all models that may be asked.
 *
 * @param limited the day, where dollars are limited
 */
record BudgetCheck(AgentRuntime runtime, Optional<LocalDate> limited) {

    /** Outside of a run there is no budget. */
    static BudgetCheck none(AgentRuntime runtime) {
        return new BudgetCheck(runtime, Optional.empty());
    }

    static BudgetCheck of(AgentRuntime runtime, NodeContext context) {
        return context.allowance().limits(Budget.Measure.COST)
                ? new BudgetCheck(runtime, Optional.of(LocalDate.ofInstant(context.now(), ZoneOffset.UTC)))
                : none(runtime);
    }

    /** Why it cannot; empty when it can. */
    Optional<String> obstacle(AgentProfile profile) {
        return limited.flatMap(day -> runtime.unpriced(profile, day))
                .map(model -> "agent '" + profile.agent() + "' would work on '" + model
                        + "', whose price is not known here, and the budget is in dollars");
    }
}
