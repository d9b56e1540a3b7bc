package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;

/** An agent's answer does not fit the type it was asked for, and asking again did not help. */
public final class UnfitAnswerException extends YardmasterException {

    private static final int SHOWN = 200;

    private final String agent;
    private final String answer;

    UnfitAnswerException(String agent, String target, int attempts, String problem, String answer) {
        super("agent '" + agent + "' gave no answer that fits " + target + " in " + attempts
                + " attempts; the last one: " + problem + "\nIt said: "
                + (answer.length() <= SHOWN ? answer : answer.substring(0, SHOWN) + "…")
                + "\nUse a stronger model, or ask for something simpler; in Java, @JsonPropertyDescription on the type's"
                + " components tells the model what they are");
        this.agent = agent;
        this.answer = answer;
    }

    public String agent() {
        return agent;
    }

    /** The last words that did not fit. */
    public String answer() {
        return answer;
    }
}
