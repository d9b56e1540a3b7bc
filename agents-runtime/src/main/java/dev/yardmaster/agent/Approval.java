package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.ToolCall;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Calls that a person has to approve: the question, what its answers mean, and what was approved for the rest of the
 * work.
 */
final class Approval {

    static final String ALLOW = "allow";
    static final String ALWAYS = "always";
    static final String DENY = "deny";

    /** The person says what is to run instead: asked for in a second question, any text of which is an answer. */
    static final String EDIT = "edit";

    /** The argument that a person changes by itself; of other tools they write all arguments, as JSON. */
    private static final Map<String, String> EDITED = Map.of("Bash", "command");

    /** Replaced by a larger one. */
    private volatile Set<String> always = Set.of();

    static Question question(String agent, ToolCall call, List<Access> accesses, Ruling ruling) {
        var details = new TreeMap<String, String>();
        details.put("agent", agent);
        details.put("tool", call.name());
        details.put("arguments", call.arguments().text());
        ruling.change().ifPresent(change -> details.put("diff", change.diff()));
        details.put("rule", ruling.rule());
        details.put("source", ruling.source());
        details.put("reason", ruling.reason());
        return new Question(
                agent + " wants to " + wish(call, accesses), List.of(ALLOW, ALWAYS, EDIT, DENY), Map.copyOf(details));
    }

    /** What is to run instead of a call. The details hold what is there to be changed, as {@code text}. */
    static Question change(String agent, ToolCall call) {
        String argument = EDITED.getOrDefault(call.name(), "");
        JsonNode arguments = call.arguments().as(JsonNode.class);
        String text = arguments.path(argument).isTextual()
                ? arguments.path(argument).asText()
                : call.arguments().text();
        return new Question(
                argument.isEmpty()
                        ? "The arguments of " + call.name() + " for " + agent + ", as a JSON object"
                        : "The " + argument + " to run instead, for " + agent,
                List.of(),
                Map.of("agent", agent, "text", text));
    }

    /** The call with what a person wrote. @throws InvalidJsonException when it is to be JSON and is none */
    static ToolCall changed(ToolCall call, String written) {
        String argument = EDITED.getOrDefault(call.name(), "");
        if (!argument.isEmpty() && call.arguments().as(JsonNode.class) instanceof ObjectNode arguments) {
            return new ToolCall(
                    call.id(), call.name(), Json.of(arguments.deepCopy().put(argument, written)));
        }
        return new ToolCall(call.id(), call.name(), Json.parse(written));
    }

    private static String wish(ToolCall call, List<Access> accesses) {
        String where = accesses.contains(new Access.Leaves()) ? "run outside of the sandbox: " : "run: ";
        return accesses.stream()
                .map(access -> switch (access) {
                    case Access.Runs runs -> where + runs.command();
                    case Access.Writes writes -> "change " + writes.written();
                    case Access.Reads reads -> "read " + reads.written();
                    case Access.Fetches fetches -> "fetch " + fetches.address();
                    case Access.Leaves leaves -> "leave the sandbox";
                    case Access.Own own -> "call " + call.name();
                    case Access.Unknown unknown -> "call " + call.name();
                })
                .reduce((first, second) -> second)
                .orElse("call " + call.name());
    }

    /** Whether the same call was approved for good before. */
    boolean isApproved(ToolCall call) {
        return !always.isEmpty() && always.contains(key(call));
    }

    /** Remembers what a person answered. @return whether the call may run */
    boolean allows(ToolCall call, Answer answer) {
        if (answer.choice().equals(ALWAYS)) {
            remember(key(call));
        }
        return !answer.choice().equals(DENY);
    }

    private synchronized void remember(String key) {
        var more = new HashSet<>(always);
        more.add(key);
        always = Set.copyOf(more);
    }

    private static String key(ToolCall call) {
        return call.name() + " " + call.arguments().text();
    }
}
