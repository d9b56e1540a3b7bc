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
import java.util.Optional;

/** Ends a command in the background. */
final class KillShellTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "properties": {
              "shell_id": {"type": "string", "description": "What Bash called the command, such as bash_3f2a"},
              "task_id": {"type": "string", "description": "The same; one of both is needed"}}}
            """);

    @Override
    public String name() {
        return "KillShell";
    }

    @Override
    public List<String> aliases() {
        return List.of("KillBash", "TaskStop");
    }

    @Override
    public String description() {
        return "Ends a command in the background, with all that it started. BashOutput shows what it printed until then.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.IDEMPOTENT;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        id(Arguments.of(this, call));
        return List.of(new Access.Own());
    }

    private static String id(Arguments arguments) {
        return arguments
                .findText("shell_id")
                .or(() -> arguments.findText("task_id"))
                .orElseThrow(() -> new InvalidArgumentsException("'shell_id' is missing: say which command to end"));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
        String id = id(Arguments.of(this, call));
        var commands = AgentCommands.of(context);
        Optional<BackgroundCommand> found = commands.find(id);
        if (found.isEmpty()) {
            return commands.unknown(id);
        }
        BackgroundCommand command = found.get();
        command.kill();
        command.awaitEnd();
        return new ToolResult.Text(command.title() + "\n" + command.status());
    }
}
