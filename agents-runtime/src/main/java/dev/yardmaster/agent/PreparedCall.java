package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.permission.Decision;
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
 * @param changer who changed its arguments, for the model, which is told then what ran; empty when nobody has
 * @param context what the model is told besides
 * @param word whose word it is that the call may run; one from an earlier process is looked at again
 * @param asked the state of the files it changes when a person was asked; empty where nobody was or it changes none
 * @param instead the result of a call that may not run
 */
record PreparedCall(
        ToolCall call,
        String step,
        Effect effect,
        Reach reach,
        String changer,
        String context,
        Word word,
        String asked,
        Optional<ToolResult> instead) {

    /** Whose word it is that a call may run. */
    enum Word {
        /** It was said in this process. */
        FRESH,
        /** An earlier process's policy: what the call touches, and the policy, may have changed since. */
        POLICY,
        /** A hook's, when an earlier process's policy would have had a person asked for want of a rule: as a rule of its own. */
        HOOK,
        /** A person's, when an earlier process's policy had them asked: what is denied now, nobody approves. */
        PERSON;

        boolean holds(Decision now) {
            return switch (this) {
                case FRESH -> true;
                case POLICY, HOOK -> now.behavior() == Decision.Behavior.ALLOW;
                case PERSON -> now.behavior() != Decision.Behavior.DENY;
            };
        }
    }

    /**
     * What a call comes to here and now.
     *
     * @param accesses what it would touch: what is decided about, and what it is then granted
     * @param reads whether all of that are commands that provably only read
     * @param problem why it is no call of a tool that is here; else empty
     */
    record Reach(Optional<Tool> tool, List<Access> accesses, boolean reads, String problem) {

        static Reach nowhere(Optional<Tool> tool, String problem) {
            return new Reach(tool, List.of(), false, problem);
        }

        /** What its tool says; of commands, which no tool can tell about, what was proved of them. */
        Effect effect(ToolCall call) {
            Effect said = tool.isPresent() ? tool.get().effect(call) : Effect.ONCE;
            return reads && said != Effect.IDEMPOTENT ? Effect.READ_ONLY : said;
        }
    }

    static PreparedCall permitted(ToolCall call, String step, Reach reach, Word word) {
        return new PreparedCall(call, step, reach.effect(call), reach, "", "", word, "", Optional.empty());
    }

    static PreparedCall changed(ToolCall call, String step, Reach reach) {
        return new PreparedCall(
                call, step, reach.effect(call), reach, "A person", "", Word.FRESH, "", Optional.empty());
    }

    static PreparedCall rejected(ToolCall call, String step, String why) {
        var nowhere = Reach.nowhere(Optional.empty(), why);
        var instead = Optional.<ToolResult>of(new ToolResult.Rejected(why));
        return new PreparedCall(call, step, Effect.READ_ONLY, nowhere, "", "", Word.FRESH, "", instead);
    }

    /** The same after hooks were asked. @param by who changed the call */
    PreparedCall hooked(String by, String told) {
        if (by.isEmpty() && told.isEmpty()) {
            return this;
        }
        return new PreparedCall(call, step, effect, reach, by, told, word, asked, instead);
    }

    /** The same whose model is told something more with its result. */
    PreparedCall telling(String more) {
        if (more.isEmpty()) {
            return this;
        }
        String told = context.isEmpty() ? more : more + "\n\n" + context;
        return new PreparedCall(call, step, effect, reach, changer, told, word, asked, instead);
    }

    PreparedCall asked(String state) {
        return new PreparedCall(call, step, effect, reach, changer, context, word, state, instead);
    }

    /** Whether what it changes is as it was when a person approved it. */
    boolean isAsAsked() {
        return asked.isEmpty() || asked.equals(WrittenFiles.state(reach.accesses()));
    }

    boolean onlyReads() {
        return effect == Effect.READ_ONLY;
    }

    boolean mayBeRepeated() {
        return effect == Effect.READ_ONLY || effect == Effect.IDEMPOTENT;
    }
}
