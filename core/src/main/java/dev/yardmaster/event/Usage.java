package dev.yardmaster.event;

/**
 * What model replies consumed.
 *
 * @param inputTokens tokens sent, 0 or more
 * @param outputTokens tokens received, 0 or more
 */
public record Usage(long inputTokens, long outputTokens) {

    private static final Usage NONE = new Usage(0, 0);

    public Usage {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("token counts must be 0 or more: " + inputTokens + ", " + outputTokens);
        }
    }

    public static Usage none() {
        return NONE;
    }

    public Usage plus(Usage other) {
        return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }
}
