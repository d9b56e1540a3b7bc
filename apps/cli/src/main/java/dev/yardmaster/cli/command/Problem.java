package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.JsonEvents;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentFolderException;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.dispatch.NothingToFollowException;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.InvalidScriptException;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.workflow.InvalidWorkflowException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Tells what went wrong: the one place where exceptions end. */
public final class Problem {

    private final Caller caller;
    private final boolean json;
    private final boolean debug;

    /** @param json whether a program reads it @param debug whether stack traces are wanted */
    public Problem(Caller caller, boolean json, boolean debug) {
        this.caller = caller;
        this.json = json;
        this.debug = debug;
    }

    /** Tells it, and gives the exit code. */
    public int tell(Throwable problem) {
        int exit = exit(problem);
        String message = message(problem);
        if (json) {
            String kind = problem instanceof YardmasterException ours ? ours.kind() : "internal";
            JsonEvents.problem(caller.out(), exit, kind, message);
        } else {
            Screen screen = Screen.err(caller, Paint.When.AUTO);
            screen.text("", "yardmaster: " + SafeText.of(message));
        }
        if (debug) {
            var trace = new StringWriter();
            problem.printStackTrace(new PrintWriter(trace));
            caller.err().println(SafeText.of(trace.toString()));
        }
        caller.err().flush();
        return exit;
    }

    private static int exit(Throwable problem) {
        return switch (problem) {
            case UsageException usage -> Exit.USAGE;
            case UnknownAgentException unknown -> Exit.USAGE;
            case AgentFolderException folder -> Exit.USAGE;
            case InvalidRuleException rule -> Exit.USAGE;
            case InvalidScriptException script -> Exit.USAGE;
            case InvalidWorkflowException workflow -> Exit.USAGE;
            case NothingToFollowException nothing -> Exit.USAGE;
            case InterruptedException interrupted -> Exit.CANCELLED;
            default -> Exit.FAILED;
        };
    }

    private static String message(Throwable problem) {
        String said = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return switch (problem) {
            case YardmasterException ours -> said;
            case InterruptedException interrupted -> "interrupted";
            case OutOfMemoryError memory -> "out of memory: " + said + "; give it more with JAVA_TOOL_OPTIONS=-Xmx4g";
            default ->
                "this is a bug in Yardmaster: " + problem.getClass().getSimpleName() + ": " + said
                        + "; run it again with --debug and report what it shows";
        };
    }
}
