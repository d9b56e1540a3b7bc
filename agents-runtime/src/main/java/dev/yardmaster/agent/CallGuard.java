package dev.yardmaster.agent;

import dev.yardmaster.tool.ToolCall;

/** Notices an agent that makes the same call over and over. Not thread-safe. */
final class CallGuard {

    private static final int REFUSED_FROM = 3;
    private static final int STOPPED_FROM = 6;

    private String last = "";
    private int repeats;

    /**
     * Counts a call.
     *
     * @return whether it is to be refused, because it is the third or a later one in a row with the same arguments
     * @throws AgentStoppedException when refusing did not help
     */
    boolean isStuck(String agent, ToolCall call) {
        String key = call.name() + " " + call.arguments().text();
        repeats = key.equals(last) ? repeats + 1 : 1;
        last = key;
        if (repeats >= STOPPED_FROM) {
            throw new AgentStoppedException("agent '" + agent + "' was stopped: it made the same call " + repeats
                    + " times in a row (" + call.name() + "); look at the transcript for what it was missing");
        }
        return repeats >= REFUSED_FROM;
    }
}
