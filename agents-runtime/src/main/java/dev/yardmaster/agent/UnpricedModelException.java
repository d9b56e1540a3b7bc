package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;

/** A budget limits dollars, and the price of an agent's model is not known: it is not asked. */
public final class UnpricedModelException extends YardmasterException {

    UnpricedModelException(String model, String agent) {
        super("agent '" + agent + "' works on '" + model
                + "', whose price is not known here, so a budget in dollars cannot"
                + " be kept; limit tokens instead (--max-tokens), use a model that has a price (docs/models.md), or tell"
                + " its price with AgentRuntimeBuilder.prices(…)");
    }

    @Override
    public String kind() {
        return "budget.unpriced";
    }
}
