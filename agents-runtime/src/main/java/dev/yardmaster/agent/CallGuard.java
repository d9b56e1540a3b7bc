package dev.yardmaster.agent;

import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;

/**
 * Notices an agent that makes the same call over and over and hears the same each time; one that asks again because the
 * answer changes, as that of a running process does, is not stuck. Counts calls in the order of the transcript. Not
 * thread-safe.
 */
final class CallGuard {

    private static final int REFUSED_FROM = 3;
    private static final int STOPPED_FROM = 6;

    private String last = "";
    private String heard = "";
    private int repeats;

    /**
     * Counts a call.
     *
     * @return whether it is to be refused, because it is the third or a later one in a row with the same arguments
     * @throws AgentStoppedException when refusing did not help
     */
    boolean isStuck(String agent, ToolCall call) {
        String key = key(call);
        if (!key.equals(last)) {
            heard = "";
            repeats = 0;
        }
        last = key;
        repeats++;
        if (repeats >= STOPPED_FROM) {
            throw new AgentStoppedException("agent '" + agent + "' was stopped: it made the same call " + repeats
                    + " times in a row (" + call.name() + "); look at the transcript for what it was missing");
        }
        return repeats >= REFUSED_FROM;
    }

    /** Takes note of what a call that was not refused here resulted in. */
    void heard(ToolCall call, ToolResult result) {
        if (key(call).equals(last)) {
            String said = result.forModel();
            if (!heard.isEmpty() && !heard.equals(said)) {
                repeats = 1;
            }
            heard = said;
        }
    }

    private static String key(ToolCall call) {
        return call.name() + " " + call.arguments().text();
    }
}
