package dev.yardmaster.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command itself, above all others. */
@Command(
        name = "yardmaster",
        header = "Gives tasks to specialist agents and lets them work with real tools",
        description = {
            "Specialists are markdown files such as .claude/agents/backend-engineer.md. A task goes to the one that"
                    + " fits, which works in a workspace under rules that say what it may do.",
            "",
            "Try it:  yardmaster demo"
        },
        footer = {"", "More on a command:  yardmaster help COMMAND"})
public final class Root implements Callable<Integer> {

    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version")
    private boolean version;

    Root(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        if (version) {
            common.screen().lines(Version.lines());
            return Exit.DONE;
        }
        spec.commandLine().usage(common.caller().out());
        return Exit.DONE;
    }

    /** {@code help demo}: what {@code demo --help} shows. */
    @Command(
            name = "help",
            header = "Show the help of a command",
            description = {"", "Example:", "  yardmaster help do"})
    static final class HelpCommand implements Callable<Integer> {

        @Mixin
        private Common common;

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, such as: agents check")
        private List<String> names = List.of();

        HelpCommand(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            CommandLine line = spec.parent().commandLine();
            for (String name : names) {
                CommandLine below = line.getSubcommands().get(name);
                if (below == null) {
                    throw UsageProblems.unknownCommand(name, line);
                }
                line = below;
            }
            line.usage(common.caller().out());
            return Exit.DONE;
        }
    }
}
