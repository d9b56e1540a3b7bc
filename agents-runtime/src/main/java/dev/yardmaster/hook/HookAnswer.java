package dev.yardmaster.hook;

import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import java.util.Optional;

/**
 * What one hook says.
 *
 * @param behavior of a call: whether it may run. {@code DENY} refuses a task, sends an agent on that says it is done, and
 *     tells the agent of a call that has run what was wrong with it. Empty when it has no opinion
 * @param reason why, for the model and for people
 * @param input the whole arguments that a call is to run with instead
 * @param context what the model is told besides
 * @param output what the model is told instead of the result of a call that has run
 * @param stop why the agent's work is to end now; empty where it goes on
 * @param message for people
 * @param failure why the hook has nothing to say although it should; empty when it has not failed
 */
public record HookAnswer(
        Optional<Behavior> behavior,
        String reason,
        Optional<Json> input,
        String context,
        Optional<String> output,
        Optional<String> stop,
        String message,
        String failure) {

    private static final HookAnswer NONE =
            new HookAnswer(Optional.empty(), "", Optional.empty(), "", Optional.empty(), Optional.empty(), "", "");

    /** No opinion. */
    public static HookAnswer none() {
        return NONE;
    }

    /** What it concerns does not happen, or is found wanting. */
    public static HookAnswer deny(String reason) {
        return NONE.with(Behavior.DENY, reason);
    }

    /** The call is asked for, whatever else allows it. */
    public static HookAnswer ask(String reason) {
        return NONE.with(Behavior.ASK, reason);
    }

    /** The call runs where an allow rule could let it run. */
    public static HookAnswer allow(String reason) {
        return NONE.with(Behavior.ALLOW, reason);
    }

    /** The hook could not do its work; {@link Hooks#failClosed} says what that means. */
    public static HookAnswer failed(String why) {
        return new HookAnswer(Optional.empty(), "", Optional.empty(), "", Optional.empty(), Optional.empty(), "", why);
    }

    /** The same with other arguments for the call. */
    public HookAnswer withInput(Json arguments) {
        return new HookAnswer(behavior, reason, Optional.of(arguments), context, output, stop, message, failure);
    }

    /** The same with something that the model is told besides. */
    public HookAnswer withContext(String text) {
        return new HookAnswer(behavior, reason, input, text, output, stop, message, failure);
    }

    private HookAnswer with(Behavior what, String why) {
        return new HookAnswer(Optional.of(what), why, input, context, output, stop, message, failure);
    }
}
