package dev.yardmaster.agent;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls that a person has to approve: the question, what its answers mean, and what was approved for the rest of the
 * work.
 */
final class Approval {

    static final String ALLOW = "allow";
    static final String ALWAYS = "always";
    static final String DENY = "deny";

    private final Set<String> always = ConcurrentHashMap.newKeySet();

    static Question question(String agent, ToolCall call, List<Access> accesses, Decision decision) {
        var details = new TreeMap<String, String>();
        details.put("agent", agent);
        details.put("tool", call.name());
        details.put("arguments", call.arguments().text());
        details.put("rule", decision.rule());
        details.put("source", decision.source());
        details.put("reason", decision.reason());
        return new Question(
                agent + " wants to " + wish(call, accesses), List.of(ALLOW, ALWAYS, DENY), Map.copyOf(details));
    }

    private static String wish(ToolCall call, List<Access> accesses) {
        return accesses.stream()
                .map(access -> switch (access) {
                    case Access.Runs runs -> "run: " + runs.command();
                    case Access.Writes writes -> "change " + writes.written();
                    case Access.Reads reads -> "read " + reads.written();
                    case Access.Own own -> "call " + call.name();
                    case Access.Unknown unknown -> "call " + call.name();
                })
                .reduce((first, second) -> second)
                .orElse("call " + call.name());
    }

    /** Whether the same call was approved for good before. */
    boolean isApproved(ToolCall call) {
        return always.contains(key(call));
    }

    /** Remembers what a person answered. @return whether the call may run */
    boolean allows(ToolCall call, Answer answer) {
        if (answer.choice().equals(ALWAYS)) {
            always.add(key(call));
        }
        return !answer.choice().equals(DENY);
    }

    private static String key(ToolCall call) {
        return call.name() + " " + call.arguments().text();
    }
}
