package dev.yardmaster.cli.command;

import dev.yardmaster.cli.terminal.Caller;
import java.util.Arrays;
import picocli.CommandLine;

/** All commands, ready to be run for a caller. */
public final class CommandTree {

    private static final int NARROWEST_HELP = 55;

    private CommandTree() {}

    /** The command line of one call. */
    public static CommandLine of(Caller caller) {
        var line = new CommandLine(new Root(new Common(caller)));
        line.addSubcommand(new DemoCommand(new Common(caller)));
        line.addSubcommand(new DoCommand(new Common(caller)));
        line.addSubcommand(new RunCommand(new Common(caller)));
        line.addSubcommand(new GraphCommand(new Common(caller)));
        var agents = new CommandLine(new AgentsCommand(new Common(caller)));
        agents.addSubcommand(new AgentsCommand.Show(new Common(caller)));
        agents.addSubcommand(new CheckCommand(new Common(caller)));
        line.addSubcommand(agents);
        var route = new CommandLine(new RouteCommand(new Common(caller)));
        route.addSubcommand(new RouteEvalCommand(new Common(caller)));
        line.addSubcommand(route);
        line.addSubcommand(new ExampleCommand(new Common(caller)));
        line.addSubcommand(new RunsCommand(new Common(caller)));
        line.addSubcommand(new RecordedRun.Show(new Common(caller)));
        line.addSubcommand(new ResumeCommand(new Common(caller)));
        line.addSubcommand(new RecordedRun.AnswerCommand(new Common(caller)));
        line.addSubcommand(new RecordedRun.Cancel(new Common(caller)));
        line.addSubcommand(new ForkCommand(new Common(caller)));
        line.addSubcommand(new UndoCommand(new Common(caller)));
        line.addSubcommand(new RecordedRun.Export(new Common(caller)));
        line.addSubcommand(new ReplayCommand(new Common(caller)));
        line.addSubcommand(new DoctorCommand(new Common(caller)));
        line.addSubcommand(new Root.HelpCommand(new Common(caller)));
        var screen = new Common(caller).screen();
        line.setUsageHelpWidth(Math.max(NARROWEST_HELP, screen.width()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                screen.paint().isOn() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        headings(line);
        return line;
    }

    private static void headings(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .abbreviateSynopsis(true)
                .synopsisHeading("%nUsage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        line.getSubcommands().values().forEach(CommandTree::headings);
    }

    /** Whether the call wants JSON; looked at before the arguments are understood. */
    public static boolean wantsJson(String... arguments) {
        return Arrays.asList(arguments).contains("--json");
    }

    /** Whether the call wants to see stack traces. */
    public static boolean wantsDebug(String... arguments) {
        return Arrays.asList(arguments).contains("--debug");
    }
}
