package dev.yardmaster.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Confinement;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.process.BoundedOutput;
import dev.yardmaster.tool.process.CommandFolder;
import dev.yardmaster.tool.process.Containment;
import dev.yardmaster.tool.process.LimitReached;
import dev.yardmaster.tool.process.RunningCommand;
import dev.yardmaster.tool.process.ShellCommand;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
              "dangerouslyDisableSandbox": {"type": "boolean", "description": "Run it outside of the sandbox, if it has to be: a person is asked. Has no effect where there is no sandbox, or none that can be left"}}}
            """);

    @Override
    public String name() {
        return "Bash";
    }

    @Override
    public String description() {
        return "Runs a command with bash in the workspace's root and answers with what it printed (standard output and"
                + " errors together) and its exit code. Each call is a new shell: folders and variables do not carry"
                + " over. It cannot read input, sees no processes but its own, and what it leaves running is stopped when it"
                + " ends; servers and the like run with run_in_background. Use Read, Glob, Grep and Edit for files.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    /**
     * What a command does is more than a tool can tell; whoever decides about it may find that it only reads. Whether it
     * came to an end can be seen from what it left behind, but not for one in the background, which ends with its agent.
     */
    @Override
    public Effect effect(ToolCall call) {
        JsonNode asked = call.arguments().as(JsonNode.class);
        boolean goesOn = asked != null && asked.path("run_in_background").asBoolean();
        return goesOn ? Effect.ONCE : Effect.PROBED;
    }

    /** A command in the background is one of the agent's own things from then on. */
    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        Arguments arguments = Arguments.of(this, call);
        var accesses = new ArrayList<Access>();
        if (arguments.flag("run_in_background")) {
            accesses.add(new Access.Own());
        }
        if (arguments.flag("dangerouslyDisableSandbox")) {
            accesses.add(new Access.Leaves());
        }
        accesses.add(new Access.Runs(arguments.text("command")));
        return accesses;
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        String command = arguments.text("command");
        if (command.indexOf('\0') >= 0) {
            return new ToolResult.Rejected("the command holds a NUL character; leave it out");
        }
        var shown = AgentCommands.of(context);
        if (arguments.flag("run_in_background")) {
            return shown.start(shell(command, context), context);
        }
        RunningCommand running =
                shell(command, context).start(shown.folder(context).fresh());
        return told(running, timeout(arguments), context);
    }

    private static ShellCommand shell(String command, ToolContext context) {
        // what was found to only read was found so without them: another search path makes another program of a name
        Map<String, String> more = context.effect() == Effect.READ_ONLY
                ? QuietGit.ENVIRONMENT
                : context.desk().variables();
        return new ShellCommand(
                command, context.workspace(), context.confinement().sandbox(), more);
    }

    private static Duration timeout(Arguments arguments) {
        long asked = arguments.findInteger("timeout").filter(given -> given > 0).orElse(DEFAULT_TIMEOUT);
        return Duration.ofMillis(Math.min(asked, MAX_TIMEOUT));
    }

    private static ToolResult told(RunningCommand running, Duration timeout, ToolContext context)
            throws IOException, InterruptedException {
        boolean inTime;
        try {
            inTime = LastLine.of(running.folder().output(), context.progress()).until(running, timeout);
        } finally {
            running.end();
        }
        String printed = printed(running.folder());
        OptionalInt exitCode = running.exitCode();
        if (exitCode.isEmpty()) {
            return new ToolResult.Failed(
                    "the command was not run: " + (printed.isEmpty() ? "no shell began" + full(running) : printed));
        }
        return inTime
                ? new ToolResult.Text(text(printed, exitCode.getAsInt(), running.limit(), context.confinement()))
                : new ToolResult.Failed("the command did not end within " + timeout.toMillis()
                        + " ms and was stopped. It had printed:\n" + printed);
    }

    private static String full(RunningCommand running) {
        boolean room = running.folder().path().toFile().getUsableSpace() > 0;
        return room ? "" : "; the disk is full where it is noted how commands end";
    }

    private static String printed(CommandFolder folder) throws IOException {
        BoundedOutput printed = folder.printed();
        String text = printed.text().stripTrailing();
        return printed.isWhole() ? text : text + "\n" + whole(folder);
    }

    /** Where all of it is. */
    static String whole(CommandFolder folder) {
        String much =
                Files.exists(folder.rest()) ? "the first " + CommandFolder.MAX_BYTES + " bytes are" : "all of it is";
        return "(until your work ends, " + much + " in " + folder.output() + ")";
    }

    private static String text(String printed, int exitCode, Optional<LimitReached> limit, Confinement confinement) {
        if (exitCode == 0) {
            return printed.isEmpty() ? "(no output)" : printed;
        }
        String limits = Stream.concat(
                        Containment.here().described(confinement.sandbox()).stream(),
                        limit.map(each -> each.text(confinement.sandbox().limits())).stream())
                .map(each -> "(" + each + ")\n")
                .collect(Collectors.joining());
        return limits + (printed.isEmpty() ? "" : printed + "\n") + "exit code: " + exitCode;
    }

    @Override
    public Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws IOException {
        Optional<CommandFolder> left = context.confinement().folder().map(CommandFolder::new);
        OptionalInt exitCode = left.isPresent() ? left.get().ended() : OptionalInt.empty();
        if (exitCode.isEmpty()) {
            return Optional.of(ToolResult.InDoubt.of(call));
        }
        AgentCommands.of(context).folder(context); // it is deleted when the work ends
        int code = exitCode.getAsInt();
        return Optional.of(
                new ToolResult.Text(text(printed(left.get()), code, left.get().limit(code), context.confinement())));
    }
}
