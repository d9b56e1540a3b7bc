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
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.InvalidScriptException;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.workflow.InvalidWorkflowException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

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

    /** A disk that is full, a folder that is not theirs: nothing that is wrong with the program. */
    private static String file(UncheckedIOException e) {
        IOException cause = e.getCause();
        if (!cause.toString().equals(e.getMessage())) {
            return String.valueOf(e.getMessage()); // somebody said what it is about
        }
        String name = cause instanceof FileSystemException where && where.getFile() != null
                ? "'" + where.getFile() + "'"
                : "a file";
        return name + " could not be read or written: " + FileTrouble.of(cause)
                + "; check its permissions and the room on its disk";
    }

    private static String message(Throwable problem) {
        String said = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return switch (problem) {
            case YardmasterException ours -> said;
            case UncheckedIOException file -> file(file);
            case InterruptedException interrupted -> "interrupted";
            case OutOfMemoryError memory -> "out of memory: " + said + "; give it more with JAVA_TOOL_OPTIONS=-Xmx4g";
            default ->
                "this is a bug in Yardmaster: " + problem.getClass().getSimpleName() + ": " + said
                        + "; run it again with --debug and report what it shows";
        };
    }
}
