package dev.yardmaster.tool.builtin;

import com.google.re2j.Pattern;
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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows what a command in the background has printed since it was last asked. */
final class BashOutputTool implements Tool {

    private static final long DEFAULT_WAIT = 30_000;
    private static final long MAX_WAIT = 600_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "properties": {
              "bash_id": {"type": "string", "description": "What Bash called the command, such as bash_3f2a"},
              "task_id": {"type": "string", "description": "The same; one of both is needed. With it, the end is waited for"},
              "block": {"type": "boolean", "description": "With task_id: false does not wait for the end"},
              "timeout": {"type": "integer", "description": "With task_id: milliseconds to wait at most; 30000 unless given, at most 600000"},
              "filter": {"type": "string", "description": "A regular expression (RE2 syntax): only lines that it occurs in are shown, the others are passed over for good"}}}
            """);

    @Override
    public String name() {
        return "BashOutput";
    }

    @Override
    public List<String> aliases() {
        return List.of("TaskOutput");
    }

    @Override
    public String description() {
        return "Shows what a command in the background has printed since this was last asked, and whether it still runs."
                + " Waits a few seconds when there is nothing yet.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        id(Arguments.of(this, call));
        return List.of(new Access.Own());
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        Optional<Pattern> filter =
                arguments.findText("filter").filter(text -> !text.isEmpty()).map(text -> GrepTool.pattern(text, 0));
        String id = id(arguments);
        var commands = AgentCommands.of(context);
        Optional<BackgroundCommand> command = commands.find(id);
        if (command.isEmpty()) {
            return commands.unknown(id);
        }
        if (arguments.findText("task_id").isPresent() && arguments.flag("block", true)) {
            long asked =
                    arguments.findInteger("timeout").filter(given -> given >= 0).orElse(DEFAULT_WAIT);
            command.get().awaitEnd(Duration.ofMillis(Math.min(asked, MAX_WAIT)));
        }
        return new ToolResult.Text(command.get().news(filter));
    }

    private static String id(Arguments arguments) {
        return arguments
                .findText("bash_id")
                .or(() -> arguments.findText("task_id"))
                .orElseThrow(() -> new InvalidArgumentsException("'bash_id' is missing: say which command's output"));
    }
}
