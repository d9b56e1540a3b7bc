package dev.yardmaster.tool.builtin;

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
import java.time.Duration;
import java.util.List;

/** Runs a command in the workspace. */
final class BashTool implements Tool {

    private static final long DEFAULT_TIMEOUT = 120_000;
    private static final long MAX_TIMEOUT = 600_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["command"], "properties": {
              "command": {"type": "string", "description": "The command, as for bash -c"},
              "timeout": {"type": "integer", "description": "Milliseconds it may take; 120000 unless given, at most 600000"},
              "description": {"type": "string", "description": "What it does, in 5 to 10 words"},
              "run_in_background": {"type": "boolean", "description": "Not available yet"},
              "dangerouslyDisableSandbox": {"type": "boolean", "description": "Has no effect here"}}}
            """);

    @Override
    public String name() {
        return "Bash";
    }

    @Override
    public String description() {
        return "Runs a command with bash in the workspace's root and answers with what it printed (standard output and"
                + " errors together) and its exit code. Each call is a new shell: folders and variables do not carry"
                + " over. It cannot read input, and what it leaves running is stopped when it ends. Use Read, Glob, Grep"
                + " and Edit for files.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.ONCE;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        return List.of(new Access.Runs(Arguments.of(this, call).text("command")));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        if (arguments.flag("run_in_background")) {
            return new ToolResult.Rejected("background commands are not available here yet; run it without"
                    + " run_in_background, with a timeout that is long enough");
        }
        String command = arguments.text("command");
        if (command.indexOf('\0') >= 0) {
            return new ToolResult.Rejected("the command holds a NUL character; leave it out");
        }
        long asked = arguments.findInteger("timeout").filter(given -> given > 0).orElse(DEFAULT_TIMEOUT);
        var timeout = Duration.ofMillis(Math.min(asked, MAX_TIMEOUT));
        var end = ShellProcess.start(command, context.workspace().root(), context.progress())
                .await(timeout);
        return end.finished() ? new ToolResult.Text(text(end)) : new ToolResult.Failed(late(end, timeout));
    }

    private static String text(ShellProcess.End end) {
        String printed = end.output().stripTrailing();
        if (end.exitCode() == 0) {
            return printed.isEmpty() ? "(no output)" : printed;
        }
        return (printed.isEmpty() ? "" : printed + "\n") + "exit code: " + end.exitCode();
    }

    private static String late(ShellProcess.End end, Duration timeout) {
        return "the command did not end within " + timeout.toMillis() + " ms and was stopped. It had printed:\n"
                + end.output().stripTrailing();
    }
}
