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
import java.util.Map;
import java.util.Optional;

/** Runs a command in the workspace. */
final class BashTool implements Tool {

    private static final long DEFAULT_TIMEOUT = 120_000;
    private static final long MAX_TIMEOUT = 600_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["command"], "properties": {
              "command": {"type": "string", "description": "The command, as for bash -c"},
              "timeout": {"type": "integer", "description": "Milliseconds it may take; 120000 unless given, at most 600000"},
              "description": {"type": "string", "description": "What it does, in 5 to 10 words"},
              "run_in_background": {"type": "boolean", "description": "Go on while it runs; BashOutput shows what it prints, KillShell ends it"},
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
                + " over. It cannot read input, and what it leaves running is stopped when it ends; servers and the like run with"
                + " run_in_background. Use Read, Glob, Grep"
                + " and Edit for files.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    /** What a command does is more than a tool can tell; whoever decides about it may find that it only reads. */
    @Override
    public Effect effect(ToolCall call) {
        return Effect.ONCE;
    }

    /** A command in the background is one of the agent's own things from then on. */
    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        Arguments arguments = Arguments.of(this, call);
        var runs = new Access.Runs(arguments.text("command"));
        return arguments.flag("run_in_background") ? List.of(new Access.Own(), runs) : List.of(runs);
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        String command = arguments.text("command");
        if (command.indexOf('\0') >= 0) {
            return new ToolResult.Rejected("the command holds a NUL character; leave it out");
        }
        return arguments.flag("run_in_background")
                ? BackgroundCommands.of(context).start(command, context.workspace())
                : awaited(command, timeout(arguments), context);
    }

    private static Duration timeout(Arguments arguments) {
        long asked = arguments.findInteger("timeout").filter(given -> given > 0).orElse(DEFAULT_TIMEOUT);
        return Duration.ofMillis(Math.min(asked, MAX_TIMEOUT));
    }

    private static ToolResult awaited(String command, Duration timeout, ToolContext context)
            throws IOException, InterruptedException {
        var output = new BoundedOutput();
        var more = context.effect() == Effect.READ_ONLY ? QuietGit.ENVIRONMENT : Map.<String, String>of();
        Optional<Integer> exitCode = ShellProcess.start(
                        command, context.workspace().root(), more, stream -> output.drain(stream, context.progress()))
                .await(timeout);
        String printed = output.text().stripTrailing();
        return exitCode.<ToolResult>map(code -> new ToolResult.Text(text(printed, code)))
                .orElseGet(() -> new ToolResult.Failed("the command did not end within " + timeout.toMillis()
                        + " ms and was stopped. It had printed:\n" + printed));
    }

    private static String text(String printed, int exitCode) {
        if (exitCode == 0) {
            return printed.isEmpty() ? "(no output)" : printed;
        }
        return (printed.isEmpty() ? "" : printed + "\n") + "exit code: " + exitCode;
    }
}
