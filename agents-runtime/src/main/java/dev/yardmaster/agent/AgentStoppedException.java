package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;
import java.util.Locale;

/** An agent was stopped before it was done. Its kind is {@code agent.max-turns}, {@code agent.loop-detected} … */
public final class AgentStoppedException extends YardmasterException {

    /** Why. */
    public enum Reason {
        /** It took as many turns as it may. */
        MAX_TURNS,
        /** It made the same calls over and over and heard the same each time. */
        LOOP_DETECTED,
        /** It called tools that there are not, again and again. */
        UNKNOWN_TOOLS,
        /** Its replies did not fit into the limit of output tokens. */
        CUT_OFF,
        /** A hook wanted it. */
        HOOK
    }

    private final Reason reason;

    AgentStoppedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String kind() {
        return "agent." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
