package dev.yardmaster.agent;

import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.routing.Match;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds who gets a subtask that an agent hands on without saying to whom. A dispatcher is one ({@code
 * Dispatcher.runtime()}); a runtime that knows of none goes by words alone. Thread-safe.
 */
@FunctionalInterface
public interface Referral {

    /**
     * A subtask in search of somebody.
     *
     * @param task all that they would be told
     * @param may the names of those whom the agent may ask
     * @param profile who one of them would be, working for the agent; throws {@link NoToolsException} or {@link
     *     dev.yardmaster.model.NoModelException} for one that cannot work here
     */
    record Request(String task, Predicate<String> may, Function<String, AgentProfile> profile) {}

    /**
     * Who gets it.
     *
     * @param match the decision; one that chose nobody is told to the agent
     * @param spent what it took to decide
     */
    record Referred(Match match, Spending spent) {}

    /**
     * Decides, and records what it decided as the step {@code route}: when the node runs again, what was recorded holds.
     * Blocks where a model is asked.
     *
     * @param context in the scope of the call
     */
    Referred refer(Request request, NodeContext context) throws Exception;
}
