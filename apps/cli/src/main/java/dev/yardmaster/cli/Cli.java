package dev.yardmaster.cli;

import dev.yardmaster.cli.command.CommandTree;
import dev.yardmaster.cli.command.Exit;
import dev.yardmaster.cli.command.Problem;
import dev.yardmaster.cli.command.UsageProblems;
import dev.yardmaster.cli.terminal.Caller;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line as a function: arguments and a caller in, an exit code out. */
public final class Cli {

    private Cli() {}

    /** Runs a command to its end. Blocks; throws nothing: whatever goes wrong is told and has an exit code. */
    public static int run(Caller caller, String... arguments) {
        var problem = new Problem(caller, CommandTree.wantsJson(arguments), CommandTree.wantsDebug(arguments));
        try {
            CommandLine line = CommandTree.of(caller)
                    .setOut(new PrintWriter(caller.out(), true))
                    .setErr(new PrintWriter(caller.err(), true))
                    .setParameterExceptionHandler((e, args) -> problem.tell(told(e)))
                    .setExecutionExceptionHandler((e, command, result) -> problem.tell(e));
            return line.execute(arguments);
        } catch (Throwable e) { // not only exceptions: a person is to be told of whatever it is
            return e instanceof InterruptedException ? Exit.CANCELLED : problem.tell(e);
        }
    }

    /** A parameter that our own code refused keeps our words. */
    private static Throwable told(ParameterException e) {
        return UsageProblems.of(e);
    }
}
