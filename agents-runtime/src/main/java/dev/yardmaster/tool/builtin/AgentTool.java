package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.util.List;

/** Hands a subtask to another agent. A call that was cut off is gone on with: what the agent has done is recorded. */
final class AgentTool implements Tool {

    /** What the caller is told at most; as the format has it. */
    private static final int LONGEST = 32_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["description", "prompt"],
             "properties": {
              "description": {"type": "string", "description": "The subtask in three to five words"},
              "prompt": {"type": "string", "description": "All that the agent is told: it sees nothing of your conversation"},
              "subagent_type": {"type": "string", "description": "The agent's name, from your colleagues; leave it out for whoever fits the prompt best"},
              "model": {"type": "string", "description": "Another model than the agent's own"},
              "run_in_background": {"type": "boolean", "description": "Has no effect here: you get the result when it is there"},
              "isolation": {"type": "string", "enum": ["worktree", "remote"], "description": "worktree: work in a git worktree, which is merged into the workspace when the work is done"},
              "effort": {"type": "string", "enum": ["low", "medium", "high", "xhigh", "max"], "description": "Has no effect here"},
              "name": {"type": "string", "description": "Has no effect here"},
              "team_name": {"type": "string", "description": "Has no effect here"},
              "mode": {"type": "string", "description": "Has no effect here"}}}
            """);

    @Override
    public String name() {
        return "Agent";
    }

    @Override
    public List<String> aliases() {
        return List.of("Task");
    }

    @Override
    public String description() {
        return "Has one of your colleagues do a subtask and gives you what they say in the end. They see only your prompt, and may"
                + " do no more than you may. Several calls in one reply run at once. Say what you want to have back.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    /** Repeating it goes on where the agent was: its own calls are recorded, each with its own effect. */
    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        Arguments arguments = Arguments.of(this, call);
        if (arguments.findText("subagent_type").isEmpty()) {
            throw new InvalidArgumentsException("Agent: subagent_type is required; name one of your colleagues");
        }
        if (arguments.findText("isolation").filter("remote"::equals).isPresent()) {
            throw new InvalidArgumentsException(
                    "Agent: isolation remote is not to be had here; use worktree, or leave it out");
        }
        return List.of(new Access.Own());
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        String name = arguments.text("subagent_type"); // as it is: rules look at it, too
        String task = arguments.text("prompt");
        String model = arguments.findText("model").orElse("");
        ToolResult result = arguments.findText("isolation").isPresent()
                ? context.liaison().handOffApart(name, task, model)
                : context.liaison().handOff(name, task, model);
        return result instanceof ToolResult.Text text && text.text().length() > LONGEST
                ? text.withText(text.text().substring(0, LONGEST) + "\n[cut off after " + LONGEST + " of "
                        + text.text().length() + " characters]")
                : result;
    }
}
