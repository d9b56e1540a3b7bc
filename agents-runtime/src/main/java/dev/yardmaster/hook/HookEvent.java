package dev.yardmaster.hook;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The points at which hooks are asked. */
public enum HookEvent {
    /** An agent that works for nobody else begins. */
    SESSION_START("SessionStart", Duration.ofSeconds(600)),
    /** An agent that works for another one begins: can be told something. */
    SUBAGENT_START("SubagentStart", Duration.ofSeconds(600)),
    /** Such an agent is given its task: can be refused. */
    USER_PROMPT_SUBMIT("UserPromptSubmit", Duration.ofSeconds(30)),
    /** A call is about to be decided about: can be denied, asked for, allowed where a rule could, and changed. */
    PRE_TOOL_USE("PreToolUse", Duration.ofSeconds(600)),
    /** A person is about to be asked about a call: can be answered in their place, as far as a rule could. */
    PERMISSION_REQUEST("PermissionRequest", Duration.ofSeconds(600)),
    /** A person is asked something: can be told to them elsewhere. */
    NOTIFICATION("Notification", Duration.ofSeconds(600)),
    /** A call has run and worked: the agent can be told something about it. */
    POST_TOOL_USE("PostToolUse", Duration.ofSeconds(600)),
    /** A call was begun and did not work: the agent can be told something about it. */
    POST_TOOL_USE_FAILURE("PostToolUseFailure", Duration.ofSeconds(600)),
    /** A conversation is about to be made shorter: can be put off, as long as it fits. */
    PRE_COMPACT("PreCompact", Duration.ofSeconds(600)),
    /** A conversation was made shorter. */
    POST_COMPACT("PostCompact", Duration.ofSeconds(600)),
    /** An agent that works for nobody else says that it is done: can be sent on. */
    STOP("Stop", Duration.ofSeconds(600)),
    /** An agent that works for another one says that it is done: can be sent on. */
    SUBAGENT_STOP("SubagentStop", Duration.ofSeconds(600)),
    /** The work of an agent that works for nobody else is over. */
    SESSION_END("SessionEnd", Duration.ofMillis(1_500));

    /** The events of the format that do not occur here. */
    static final List<String> ELSEWHERE = List.of(
            "Setup",
            "InstructionsLoaded",
            "UserPromptExpansion",
            "PermissionDenied",
            "PostToolBatch",
            "MessageDisplay",
            "StopFailure",
            "TaskCreated",
            "TaskCompleted",
            "TeammateIdle",
            "ConfigChange",
            "CwdChanged",
            "DirectoryAdded",
            "FileChanged",
            "WorktreeCreate",
            "WorktreeRemove",
            "Elicitation",
            "ElicitationResult");

    private final String spelling;
    private final Duration timeout;

    HookEvent(String spelling, Duration timeout) {
        this.spelling = spelling;
        this.timeout = timeout;
    }

    /** How settings files write it. */
    public String spelling() {
        return spelling;
    }

    /** How long a command may take unless its handler says otherwise. */
    Duration timeout() {
        return timeout;
    }

    /** Whether what a hook says can keep something from happening. */
    boolean guards() {
        return this == PRE_TOOL_USE || this == USER_PROMPT_SUBMIT;
    }

    /** Whether a no of a hook denies; at other points it objects. */
    boolean isDenied() {
        return guards() || this == PERMISSION_REQUEST;
    }

    /** Whether what a command prints that is no JSON is for the agent. */
    boolean takesText() {
        return this == USER_PROMPT_SUBMIT || this == SESSION_START || this == SUBAGENT_START;
    }

    static Optional<HookEvent> find(String name) {
        return Arrays.stream(values())
                .filter(each -> each.spelling.equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(HookEvent::spelling).toList();
    }
}
