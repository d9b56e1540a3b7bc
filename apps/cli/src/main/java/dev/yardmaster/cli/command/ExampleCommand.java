package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.examples.embedding.Application;
import dev.yardmaster.examples.endpoint.EndpointExample;
import dev.yardmaster.examples.fanout.FanOutExample;
import dev.yardmaster.examples.firstprogram.FirstProgram;
import dev.yardmaster.examples.interceptors.InterceptorsExample;
import dev.yardmaster.examples.ordertools.OrderTools;
import dev.yardmaster.examples.patterns.PatternsExample;
import dev.yardmaster.examples.planned.PlannedExample;
import dev.yardmaster.examples.worktrees.WorktreesExample;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The example programs, each as it is: what it prints is its own. */
@Command(
        name = "example",
        header = "List the example programs, or run one",
        description = {
            "Each is a small Java program in the folder examples. Their models are scripts unless --model names a live"
                    + " one; files and commands are real, in a temporary folder.",
            "",
            "Example:",
            "  yardmaster example endpoint"
        })
final class ExampleCommand implements Callable<Integer> {

    @FunctionalInterface
    private interface Program {
        void main(String[] arguments) throws Exception;
    }

    /** @param live whether it takes a model */
    private record Example(String name, String about, boolean live, Program program) {}

    private static final String NEEDS_PYTHON = "needs python3";
    private static final String NEEDS_GIT = "needs git";

    private static final List<Example> ALL = List.of(
            new Example(
                    "first-program", "the README's: a writer and a critic, until accepted", false, FirstProgram::main),
            new Example(
                    "patterns", "sequence, parallel, map-reduce, until accepted, vote", true, PatternsExample::main),
            new Example("fan-out", "a reviewer for each file, four at once", true, FanOutExample::main),
            new Example("own-tools", "methods of an application as tools", true, OrderTools::main),
            new Example(
                    "interceptors", "a redactor and a cache around replies and calls", true, InterceptorsExample::main),
            new Example("embedding", "agents inside a plain Java service", true, Application::main),
            new Example(
                    "endpoint",
                    "one builds, two look at it, until it is accepted; " + NEEDS_PYTHON,
                    true,
                    EndpointExample::main),
            new Example(
                    "planned",
                    "a goal for three specialists, planned by a model; " + NEEDS_PYTHON,
                    true,
                    PlannedExample::main),
            new Example(
                    "worktrees",
                    "two at work in one repository at once, and a conflict; " + NEEDS_GIT,
                    true,
                    WorktreesExample::main));

    @Mixin
    private Common common;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The example to run; all are listed without one")
    private @Nullable String name;

    @Option(names = "--model", paramLabel = "P:NAME", description = "A live model instead of the script: provider:name")
    private @Nullable String model;

    ExampleCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws Exception {
        if (name == null) {
            list(common.screen());
            return Exit.DONE;
        }
        Example example = ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        if (model != null && !example.live()) {
            throw new UsageException(
                    "the example '" + name + "' takes no --model: it is the README's program as printed");
        }
        if (example.about().contains(NEEDS_PYTHON)
                && Checkup.onPath(common.caller(), "python3").isEmpty()) {
            throw new YardmasterException(
                    "the example '" + name + "' runs real Python programs and needs 'python3', which"
                            + " was not found; install it (Debian: apt install python3, macOS: brew install python)");
        }
        if (example.about().contains(NEEDS_GIT)
                && Checkup.onPath(common.caller(), "git").isEmpty()) {
            throw new YardmasterException(
                    "the example '" + name + "' works in git worktrees and needs 'git', which was not"
                            + " found; install it (Debian: apt install git, macOS: brew install git)");
        }
        try {
            example.program().main(model == null ? new String[0] : new String[] {"--model", model});
        } catch (YardmasterException e) {
            throw new YardmasterException("the example '" + name + "' did not work: " + e.getMessage(), e);
        }
        return Exit.DONE;
    }

    private static UsageException unknown(String name) {
        List<String> names = ALL.stream().map(Example::name).toList();
        String hint = DidYouMean.hint(name, names);
        return new UsageException("there is no example '" + name + "'" + hint + (hint.isEmpty() ? "; " : " ")
                + "there are " + String.join(", ", names));
    }

    private static void list(Screen screen) {
        int width = ALL.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        for (Example each : ALL) {
            String name = each.name() + " ".repeat(width - each.name().length());
            screen.text("", name + "  " + each.about());
        }
        screen.line();
        screen.text("", "Run one: yardmaster example NAME [--model provider:name]");
    }
}
