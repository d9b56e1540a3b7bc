package dev.yardmaster.tool.builtin;

import com.google.re2j.Pattern;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Shows what a command in the background has printed since it was last asked. */
final class BashOutputTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["bash_id"], "properties": {
              "bash_id": {"type": "string", "description": "What Bash called the command, such as bash_3f2a"},
              "filter": {"type": "string", "description": "A regular expression (RE2 syntax): only lines that it occurs in are shown, the others are passed over for good"}}}
            """);

    @Override
    public String name() {
        return "BashOutput";
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
        Arguments.of(this, call);
        return List.of(new Access.Own());
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        Optional<Pattern> filter =
                arguments.findText("filter").filter(text -> !text.isEmpty()).map(text -> GrepTool.pattern(text, 0));
        String id = arguments.text("bash_id");
        var commands = AgentCommands.of(context);
        Optional<BackgroundCommand> command = commands.find(id);
        return command.isPresent() ? new ToolResult.Text(command.get().news(filter)) : commands.unknown(id);
    }
}
