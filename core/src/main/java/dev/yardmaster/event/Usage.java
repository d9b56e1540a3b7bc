package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What model replies consumed.
 *
 * @param inputTokens tokens sent, 0 or more; those that a provider had in its cache, or put there, included
 * @param outputTokens tokens received, 0 or more
 * @param cacheReadTokens of the tokens sent, those that were in the provider's cache; 0 where it says nothing
 * @param cacheWriteTokens of the tokens sent, those that were put there; 0 where it says nothing
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long cacheReadTokens,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long cacheWriteTokens) {

    private static final Usage NONE = new Usage(0, 0);

    public Usage {
        if (inputTokens < 0 || outputTokens < 0 || cacheReadTokens < 0 || cacheWriteTokens < 0) {
            throw new IllegalArgumentException("token counts must be 0 or more: " + inputTokens + ", " + outputTokens
                    + ", " + cacheReadTokens + ", " + cacheWriteTokens);
        }
        if (cacheReadTokens + cacheWriteTokens > inputTokens) {
            throw new IllegalArgumentException("of " + inputTokens + " tokens sent, " + cacheReadTokens + " and "
                    + cacheWriteTokens + " cannot have been in the cache; count cached tokens as sent, too");
        }
    }

    /** Tokens of which none is known to have been cached. */
    public Usage(long inputTokens, long outputTokens) {
        this(inputTokens, outputTokens, 0, 0);
    }

    public static Usage none() {
        return NONE;
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens);
    }
}
