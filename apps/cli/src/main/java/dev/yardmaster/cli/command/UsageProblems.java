package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.event.DidYouMean;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was wrong with a command line, in our own words. */
public final class UsageProblems {

    private UsageProblems() {}

    /** The problem as a usage error. */
    public static UsageException of(ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        return switch (problem) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched(), line);
            case MissingParameterException missing -> missing(missing, line);
            case OverwrittenOptionException twice ->
                new UsageException("the option '" + name(twice) + "' is given twice; give it once. " + help(line));
            default ->
                new UsageException(decapitalised(String.valueOf(problem.getMessage()))
                                .replaceFirst("is not an? (int|long)$", "is not a whole number")
                        + ". " + help(line));
        };
    }

    private static UsageException unmatched(List<String> words, CommandLine line) {
        String first = words.getFirst();
        if (first.startsWith("-")) {
            var names = line.getCommandSpec().options().stream()
                    .flatMap(option -> List.of(option.names()).stream())
                    .toList();
            String option = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            return new UsageException("'" + line.getCommandName() + "' has no option '" + option + "'"
                    + ended(DidYouMean.hint(option, names)) + help(line));
        }
        return line.getSubcommands().isEmpty()
                ? new UsageException("'" + line.getCommandName() + "' does not take '" + first + "'; " + help(line))
                : unknownCommand(first, line);
    }

    static UsageException unknownCommand(String name, CommandLine line) {
        var names = line.getSubcommands().keySet();
        String hint = DidYouMean.hint(name, names);
        String task = hint.isEmpty() && line.getParent() == null
                ? "; for a task: yardmaster do " + Allowing.quoted("your task") + "."
                : hint;
        return new UsageException("there is no command '" + name + "'" + task
                + (task.isEmpty() ? "; there are " : " There are ") + String.join(", ", names) + ". " + help(line));
    }

    private static UsageException missing(MissingParameterException problem, CommandLine line) {
        var missing = problem.getMissing().getFirst();
        String what = missing instanceof OptionSpec option
                ? "the option '" + option.longestName() + "' needs a value: " + option.longestName() + " "
                        + option.paramLabel()
                : "'" + line.getCommandName() + "' needs a "
                        + missing.paramLabel().replaceAll("[\\[\\].]", "");
        return new UsageException(what + ". " + help(line));
    }

    private static String name(OverwrittenOptionException problem) {
        return problem.getOverwritten() instanceof OptionSpec option
                ? option.longestName()
                : problem.getOverwritten().paramLabel();
    }

    private static String help(CommandLine line) {
        return "'" + line.getCommandSpec().qualifiedName() + " --help' shows what it takes";
    }

    private static String ended(String hint) {
        return hint.isEmpty() ? "; " : hint + " ";
    }

    private static String decapitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
