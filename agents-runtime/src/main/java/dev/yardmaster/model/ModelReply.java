package dev.yardmaster.model;

import dev.yardmaster.event.Metered;
import dev.yardmaster.event.Usage;

/**
 * What a model answered.
 *
 * @param usage what it consumed, as the provider says
 * @param finish why it stopped
 */
public record ModelReply(Message.Assistant message, Usage usage, Finish finish) implements Metered {

    /** Why a reply ended. */
    public enum Finish {
        /** It said all it wanted to. */
        STOP,
        /** It wants tools to be called. */
        TOOL_CALLS,
        /** It reached its limit of output tokens; the end is missing. */
        LENGTH,
        /** The provider's content filter ended it. */
        CONTENT_FILTER,
        /** Anything else. */
        OTHER
    }
}
