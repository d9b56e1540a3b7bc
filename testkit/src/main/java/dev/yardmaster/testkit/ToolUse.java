package dev.yardmaster.testkit;

import dev.yardmaster.permission.Decision;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.Optional;

/**
 * One tool call of an agent, as its journal tells it.
 *
 * @param turn which of the agent's replies made it, from 1
 * @param number its place in the reply, from 1
 * @param call what the model asked for
 * @param decision what was decided before it ran; empty when it was the same call again and again
 * @param result what came of it; empty when the run ended before
 */
public record ToolUse(int turn, int number, ToolCall call, Optional<Decision> decision, Optional<ToolResult> result) {

    /** The rule of decisions about calls that no policy was asked about: no such tool, or arguments that do not fit. */
    private static final String NOT_A_CALL = "not a call";

    /** Whether it was let run, whatever came of it. */
    public boolean ran() {
        return result.filter(each -> !(each instanceof ToolResult.Rejected)).isPresent();
    }

    /** Whether the policy, or a person, did not let it run. */
    public boolean denied() {
        boolean decided =
                decision.filter(each -> !each.rule().equals(NOT_A_CALL)).isPresent();
        return !ran() && decided && result.isPresent();
    }

    boolean isOf(String tool) {
        return call.name().equalsIgnoreCase(tool);
    }

    /** {@code 3.1 Bash {"command":"ls"}: ran}. */
    @Override
    public String toString() {
        String said = result.map(ToolResult::forModel).orElse("no result");
        return turn + "." + number + " " + call.name() + " "
                + shortened(call.arguments().text()) + ": " + (ran() ? "ran" : shortened(said));
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= 120 ? line : line.substring(0, 119) + "…";
    }
}
