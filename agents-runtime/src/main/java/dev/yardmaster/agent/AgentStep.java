package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.hook.HookVerdict;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps an agent records, by name. The names are part of the journal's format.
 *
 * <table>
 * <caption>name, input, output</caption>
 * <tr><td>{@code agent}</td><td>the task</td><td>{@link AgentProfile}: who works, on which model, with which tools</td></tr>
 * <tr><td>{@code opening}</td><td>the task and the transcript it follows</td><td>the messages it begins with</td></tr>
 * <tr><td>{@code turn/3/user}</td><td>what it is about</td><td>{@link dev.yardmaster.model.Message.User}: what the agent is told before the turn, beside the results of its calls</td></tr>
 * <tr><td>{@code turn/3/summary}</td><td>a hash of the transcript</td><td>{@link dev.yardmaster.model.ModelReply}: what a model wrote down of a part that was too long</td></tr>
 * <tr><td>{@code turn/3/compaction}</td><td>a hash of the transcript</td><td>{@link dev.yardmaster.context.Compaction}: how the transcript was made shorter before the turn</td></tr>
 * <tr><td>{@code turn/3/model}</td><td>a hash of the transcript and the tools</td><td>{@link dev.yardmaster.model.ModelReply}</td></tr>
 * <tr><td>{@code turn/3/call/1/decision}</td><td>{@link dev.yardmaster.tool.ToolCall}</td><td>{@link dev.yardmaster.permission.Decision}</td></tr>
 * <tr><td>{@code turn/3/call/1}</td><td>{@link dev.yardmaster.tool.ToolCall}</td><td>{@link dev.yardmaster.tool.ToolResult}</td></tr>
 * <tr><td>{@code turn/3/call/1/hooks}, {@code turn/3/hooks}, {@code turn/3/hooks/compact}, {@code turn/3/hooks/compacted}, {@code hooks/start}, {@code hooks/prompt}, {@code hooks/notice}, {@code hooks/end}</td><td>what
 * hooks are asked about</td><td>{@link dev.yardmaster.hook.HookVerdict}; what they say before a call stands with its decision</td></tr>
 * <tr><td>{@code checklist/1}</td><td>the agent's words</td><td>{@link ChecklistReport}</td></tr>
 * <tr><td>{@code answer/1}</td><td>the agent's words</td><td>its structured answer, or why they are none</td></tr>
 * </table>
 *
 * Whom a call hands a subtask to that names nobody is the step {@code route} in the scope {@code turn/3/call/1/referral}; where
 * a model has chosen, there is another one in the scope {@code choice} of that. The question about a call that has to be approved is {@code question} in the scope {@code turn/3/call/1/approval}; the
 * step {@code files} there is the state of the files that the call would change. About {@code turn/3/model} each
 * {@link ModelAttempt} is noted that came to nothing; while the run is parked until the next one, {@code timer} in the scope
 * {@code turn/3/model/parked} is set.
 *
 * @param scope what precedes the agent's own name of the step: empty, or the scopes of the agents above it, ending in
 *     a slash
 * @param kind which of the steps it is
 * @param turn from 1; the round for {@link Kind#CHECKLIST} and {@link Kind#ANSWER}; 0 for {@link Kind#AGENT} and
 *     {@link Kind#OPENING}
 * @param call the call's place in its reply, from 1; 0 where it is no call
 */
public record AgentStep(String scope, Kind kind, int turn, int call) {

    /** Which step. */
    public enum Kind {
        AGENT,
        OPENING,
        USER,
        SUMMARY,
        COMPACTION,
        MODEL,
        DECISION,
        CALL,
        HOOKS,
        CHECKLIST,
        ANSWER
    }

    private static final Pattern NAME =
            Pattern.compile("(?<scope>(?:.*/)?)(?:(?<once>agent|opening|hooks/(?:start|prompt|notice|end))"
                    + "|turn/(?<turn>\\d+)/(?:(?<message>model|user|summary|compaction|hooks(?:/compact(?:ed)?)?)|call/(?<call>\\d+)(?:/(?<about>decision|hooks))?)"
                    + "|(?<check>checklist|answer)/(?<round>\\d+))");

    static String agent() {
        return "agent";
    }

    static String opening() {
        return "opening";
    }

    static String user(int turn) {
        return "turn/" + turn + "/user";
    }

    static String summary(int turn) {
        return "turn/" + turn + "/summary";
    }

    static String compaction(int turn) {
        return "turn/" + turn + "/compaction";
    }

    static String model(int turn) {
        return "turn/" + turn + "/model";
    }

    /** The scope of the timer of a run that is parked until a model may be asked. */
    static String parked(String model) {
        return model + "/parked";
    }

    static String call(int turn, int call) {
        return "turn/" + turn + "/call/" + call;
    }

    static String decision(int turn, int call) {
        return call(turn, call) + "/decision";
    }

    /** The scope of the question whether a call may run. */
    static String approval(int turn, int call) {
        return call(turn, call) + "/approval";
    }

    /** The scope of the worktree that a call's colleague works in. @param step the call's */
    static String apart(String step) {
        return step + "/apart";
    }

    /** The scope in which it is found out whom a call hands a subtask to. @param step the call's */
    static String referral(String step) {
        return step + "/referral";
    }

    /**
     * What hooks said when work began, or was to begin, or was over, or a person was asked.
     *
     * @param point {@code start}, {@code prompt}, {@code end} or {@code notice}
     */
    static String hooks(String point) {
        return "hooks/" + point;
    }

    /** What hooks said when the agent said that it was done. */
    static String hooks(int turn) {
        return "turn/" + turn + "/hooks";
    }

    /** What hooks said before and after the transcript was made shorter. @param point {@code compact} or {@code compacted} */
    static String hooks(int turn, String point) {
        return "turn/" + turn + "/hooks/" + point;
    }

    /** What hooks said after a call. @param step the call's */
    static String hooksAfter(String step) {
        return step + "/hooks";
    }

    static String checklist(int round) {
        return "checklist/" + round;
    }

    static String answer(int attempt) {
        return "answer/" + attempt;
    }

    /** The agent's step of this name; empty when the step is none of an agent's. */
    public static Optional<AgentStep> find(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scope = matcher.group("scope");
        if (matcher.group("once") != null) {
            return Optional.of(new AgentStep(scope, kind(matcher.group("once")), 0, 0));
        }
        if (matcher.group("check") != null) {
            return Optional.of(new AgentStep(scope, kind(matcher.group("check")), number(matcher, "round"), 0));
        }
        int turn = number(matcher, "turn");
        if (matcher.group("message") != null) {
            return Optional.of(new AgentStep(scope, kind(matcher.group("message")), turn, 0));
        }
        Kind kind = matcher.group("about") == null ? Kind.CALL : kind(matcher.group("about"));
        return Optional.of(new AgentStep(scope, kind, turn, number(matcher, "call")));
    }

    /**
     * What hooks said at this step.
     *
     * @param output of the step; of one of another kind there is nothing in it
     */
    public Optional<HookVerdict> hooks(Json output) {
        return switch (kind) {
            case DECISION -> output.as(Ruling.class).hooks();
            case HOOKS -> Optional.of(output.as(HookVerdict.class));
            default -> Optional.empty();
        };
    }

    private static Kind kind(String word) {
        return Kind.valueOf(word.replaceFirst("/.*", "").toUpperCase(Locale.ROOT));
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group));
    }
}
