package dev.yardmaster.agent;

import dev.yardmaster.event.Spending;
import dev.yardmaster.event.Usage;
import java.util.Optional;

/**
 * What came of an agent's work.
 *
 * @param agent its name
 * @param model the full name of the model it worked on
 * @param scripted whether that model's replies come from a file
 * @param text its final words
 * @param turns replies of its own it took
 * @param toolCalls calls it made, denied ones included
 * @param spent of the whole tree: its own replies and those of the agents that worked for it
 * @param checklist what it could show for its definition's checklist; empty when there is none
 */
public record AgentResult(
        String agent,
        String model,
        boolean scripted,
        String text,
        int turns,
        int toolCalls,
        Spending spent,
        Optional<ChecklistReport> checklist) {

    public AgentResult {
        spent = spent == null ? Spending.none() : spent; // results of the first versions have none
    }

    AgentResult telling(String more) {
        return new AgentResult(agent, model, scripted, text + "\n\n(" + more + ")", turns, toolCalls, spent, checklist);
    }

    /** Tokens of the whole tree. */
    public Usage usage() {
        return spent.usage();
    }

    /** Whether it could show everything its checklist asks for. */
    public boolean isDone() {
        return checklist.map(report -> report.open().isEmpty()).orElse(true);
    }
}
