package dev.yardmaster.cli.command;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.Screen;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What every command takes, and who calls it. */
final class Common {

    private final Caller caller;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always or never; auto: on a terminal, unless NO_COLOR is set")
    private String color = "auto";

    @Option(names = "--debug", description = "Show what is logged, and stack traces when something goes wrong")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help")
    private boolean help;

    Common(Caller caller) {
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    Paint.When colours() {
        try {
            return Paint.When.valueOf(color.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new dev.yardmaster.cli.settings.UsageException(
                    "--color takes auto, always or never, not '" + color + "'");
        }
    }

    Screen screen() {
        return Screen.out(caller, colours());
    }

    boolean debug() {
        return debug;
    }

    /** Whether only help was asked for. */
    boolean help() {
        return help;
    }
}
