package dev.yardmaster.context;

import java.util.OptionalLong;

/**
 * How the conversations of agents are kept inside their models' windows.
 *
 * @param window how many tokens fit, whatever the model is; empty for what the model or the list says
 * @param fullAt which part of the window, without the room for an answer, may be used before the conversation is made
 *     shorter; more than 0, less than 1; 0.8 unless set
 */
public record ContextPolicy(OptionalLong window, double fullAt) {

    private static final ContextPolicy DEFAULTS = new ContextPolicy(OptionalLong.empty(), 0.8);

    public ContextPolicy {
        if (window.isPresent() && window.getAsLong() < 1) {
            throw new IllegalArgumentException("a window holds 1 token or more: " + window.getAsLong());
        }
        if (!(fullAt > 0 && fullAt < 1)) {
            throw new IllegalArgumentException(
                    "fullAt is a part of the window, more than 0 and less than 1: " + fullAt);
        }
    }

    public static ContextPolicy defaults() {
        return DEFAULTS;
    }

    /** The same with this window for all models, in tokens. */
    public ContextPolicy withWindow(long tokens) {
        return new ContextPolicy(OptionalLong.of(tokens), fullAt);
    }

    /** The same with another part of the window. */
    public ContextPolicy withFullAt(double part) {
        return new ContextPolicy(window, part);
    }
}
