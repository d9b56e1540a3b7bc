package dev.yardmaster.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.permission.Decision.Behavior;
import java.util.Optional;

/**
 * What was decided about a call, as it is recorded: a {@link Decision}, what hooks said before it, and what a person who is to be
 * asked sees of it. Who reads it as a decision alone finds one.
 */
record Ruling(
        Behavior behavior,
        String rule,
        String source,
        String reason,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<HookVerdict> hooks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<ForeseenChange> change) {

    /** The rule of decisions that a hook made. */
    static final String HOOK = "hook";

    Ruling {
        hooks = hooks == null ? Optional.empty() : hooks;
        change = change == null ? Optional.empty() : change; // earlier versions foresaw none
    }

    static Ruling of(Decision decision) {
        return new Ruling(
                decision.behavior(),
                decision.rule(),
                decision.source(),
                decision.reason(),
                Optional.empty(),
                Optional.empty());
    }

    Ruling with(HookVerdict verdict) {
        return verdict == HookVerdict.none() || verdict.equals(HookVerdict.none())
                ? this
                : new Ruling(behavior, rule, source, reason, Optional.of(verdict), change);
    }

    /** The same with what the call would change, for the person who is asked. */
    Ruling with(Optional<ForeseenChange> foreseen) {
        return foreseen.isEmpty() ? this : new Ruling(behavior, rule, source, reason, hooks, foreseen);
    }

    Decision decision() {
        return new Decision(behavior, rule, source, reason);
    }

    HookVerdict said() {
        return hooks.orElse(HookVerdict.none());
    }
}
