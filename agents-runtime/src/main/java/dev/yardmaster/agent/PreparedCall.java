package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.List;
import java.util.Optional;

/**
 * A call that may run, or a result that stands in for it.
 *
 * @param step the name of its step
 * @param changed whether a person wrote its arguments; the model is told then what ran
 * @param recheck whether the policy's word is an earlier process's: what the call touches may have changed since
 * @param instead the result of a call that may not run
 */
record PreparedCall(
        ToolCall call,
        String step,
        Effect effect,
        Reach reach,
        boolean changed,
        boolean recheck,
        Optional<ToolResult> instead) {

    /**
     * What a call comes to here and now.
     *
     * @param accesses what it would touch: what is decided about, and what it is then granted
     * @param problem why it is no call of a tool that is here; else empty
     */
    record Reach(Optional<Tool> tool, List<Access> accesses, String problem) {

        Effect effect(ToolCall call) {
            return tool.map(each -> each.effect(call)).orElse(Effect.ONCE);
        }
    }

    static PreparedCall permitted(ToolCall call, String step, Reach reach, boolean recheck) {
        return new PreparedCall(call, step, reach.effect(call), reach, false, recheck, Optional.empty());
    }

    static PreparedCall changed(ToolCall call, String step, Reach reach) {
        return new PreparedCall(call, step, reach.effect(call), reach, true, false, Optional.empty());
    }

    static PreparedCall rejected(ToolCall call, String step, String why) {
        var nowhere = new Reach(Optional.empty(), List.of(), why);
        var instead = Optional.<ToolResult>of(new ToolResult.Rejected(why));
        return new PreparedCall(call, step, Effect.READ_ONLY, nowhere, false, false, instead);
    }

    boolean onlyReads() {
        return effect == Effect.READ_ONLY;
    }

    boolean mayBeRepeated() {
        return effect == Effect.READ_ONLY || effect == Effect.IDEMPOTENT;
    }
}
