package dev.yardmaster.agent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps an agent records, by name. The names are part of the journal's format.
 *
 * <table>
 * <caption>name, input, output</caption>
 * <tr><td>{@code agent}</td><td>the task</td><td>{@link AgentProfile}: who works, on which model, with which tools</td></tr>
 * <tr><td>{@code turn/3/model}</td><td>{@link Transcript.Position}</td><td>{@link dev.yardmaster.model.ModelReply}</td></tr>
 * <tr><td>{@code turn/3/call/1/decision}</td><td>{@link dev.yardmaster.tool.ToolCall}</td><td>{@link dev.yardmaster.permission.Decision}</td></tr>
 * <tr><td>{@code turn/3/call/1}</td><td>{@link dev.yardmaster.tool.ToolCall}</td><td>{@link dev.yardmaster.tool.ToolResult}</td></tr>
 * <tr><td>{@code checklist/1}</td><td>the items that were open</td><td>{@link ChecklistReport}</td></tr>
 * </table>
 *
 * @param scope what precedes the agent's own name of the step: empty, or the scopes of the agents above it, ending in
 *     a slash
 * @param kind which of the steps it is
 * @param turn from 1; the round for {@link Kind#CHECKLIST}; 0 for {@link Kind#AGENT}
 * @param call the call's place in its reply, from 1; 0 where it is no call
 */
public record AgentStep(String scope, Kind kind, int turn, int call) {

    /** Which step. */
    public enum Kind {
        AGENT,
        MODEL,
        DECISION,
        CALL,
        CHECKLIST
    }

    private static final Pattern NAME = Pattern.compile(
            "(?<scope>(?:.*/)?)(?:(?<agent>agent)|turn/(?<turn>\\d+)/(?:(?<model>model)|call/(?<call>\\d+)(?<decision>/decision)?)|checklist/(?<round>\\d+))");

    static String agent() {
        return "agent";
    }

    static String model(int turn) {
        return "turn/" + turn + "/model";
    }

    static String call(int turn, int call) {
        return "turn/" + turn + "/call/" + call;
    }

    static String decision(int turn, int call) {
        return call(turn, call) + "/decision";
    }

    static String checklist(int round) {
        return "checklist/" + round;
    }

    /** The agent's step of this name; empty when the step is none of an agent's. */
    public static Optional<AgentStep> find(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scope = matcher.group("scope");
        if (matcher.group("agent") != null) {
            return Optional.of(new AgentStep(scope, Kind.AGENT, 0, 0));
        }
        if (matcher.group("round") != null) {
            return Optional.of(new AgentStep(scope, Kind.CHECKLIST, number(matcher, "round"), 0));
        }
        int turn = number(matcher, "turn");
        if (matcher.group("model") != null) {
            return Optional.of(new AgentStep(scope, Kind.MODEL, turn, 0));
        }
        Kind kind = matcher.group("decision") == null ? Kind.CALL : Kind.DECISION;
        return Optional.of(new AgentStep(scope, kind, turn, number(matcher, "call")));
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group));
    }
}
