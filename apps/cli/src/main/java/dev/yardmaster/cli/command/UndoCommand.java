package dev.yardmaster.cli.command;

import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.cli.output.CallText;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.undo.Undo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Making a workspace what it was before a run. */
@Command(
        name = "undo",
        header = "Make the files that a run changed what they were before it",
        description = {
            "Content and mode of each file that its tools or commands changed, created or removed in the workspace. When one"
                    + " of them has changed since, nothing is done; --force undoes those, too, and what was done to them since is lost. What commands"
                    + " did elsewhere is not undone, and named (docs/undo.md).",
            "",
            "Example:",
            "  yardmaster undo last"
        })
final class UndoCommand implements Callable<Integer> {

    /** So many calls that cannot be undone are named. */
    private static final int NAMED = 10;

    private static final Set<String> FILE_TOOLS = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "Its name, how that ends, or 'last'")
    private String name = "";

    @Option(names = "--force", description = "Also files that have changed since: what was done to them since is lost")
    private boolean force;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing")
    private boolean dry;

    UndoCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws IOException {
        try (Journal journal = Store.existing(common.caller())) {
            RunSummary run = Store.find(journal, name);
            if (run.owned()) {
                throw new UsageException(
                        "run '" + run.id() + "' is still running; wait until it is done, or end it with"
                                + " 'yardmaster cancel " + run.id() + "'");
            }
            Screen screen = common.screen();
            screen.text("", screen.paint().bold("Undo") + "  " + run.id() + ": " + SafeText.of(Errand.task(run)));
            Optional<Undo> found = Store.originals(common.caller()).find(run.id());
            int exit = found.isPresent() ? undo(screen, found.get()) : nothing(screen);
            if (exit == Exit.DONE && found.flatMap(Undo::undone).isEmpty()) {
                notUndone(screen, found, calls(journal.read(run.id(), 0)));
            }
            return exit;
        }
    }

    private static int nothing(Screen screen) {
        screen.line("  it is not known to have changed any file");
        return Exit.DONE;
    }

    private int undo(Screen screen, Undo undo) throws IOException {
        undo.undone().ifPresent(when -> screen.text("  ", "it was undone before: " + SafeText.line(when)));
        List<Undo.Step> steps = undo.steps();
        List<Undo.Step> hindered = steps.stream().filter(step -> !step.isFree()).toList();
        if (steps.isEmpty()) {
            screen.line("  all files are as they were before it");
            return Exit.DONE;
        }
        if (!hindered.isEmpty() && !force) {
            screen.text("  ", screen.paint().bad("Nothing was undone") + ": these are not as the run left them");
            hindered.forEach(step -> line(screen, undo, step, step.hindrance()));
            screen.text(
                    "  ",
                    "Undo later runs first, or put these files back, or use --force: what was done to them since is lost then.");
            return Exit.FAILED;
        }
        if (dry) {
            screen.line("  nothing is done; it would be:");
            steps.forEach(step -> line(screen, undo, step, step.what()));
            return Exit.DONE;
        }
        List<Undo.Step> done = undo.apply(force);
        done.forEach(step -> line(screen, undo, step, step.what()));
        List<Undo.Step> left =
                steps.stream().filter(step -> !done.contains(step)).toList();
        left.forEach(step ->
                line(screen, undo, step, "left as it is" + (step.isFree() ? ": not empty" : ": " + step.hindrance())));
        return left.stream().allMatch(Undo.Step::isFree) ? Exit.DONE : Exit.FAILED;
    }

    private static void line(Screen screen, Undo undo, Undo.Step step, String what) {
        String path = SafeText.line(undo.workspace().shown(step.path()));
        screen.text("    ", path + "  " + screen.paint().faint(what));
    }

    private static List<ToolCall> calls(List<RunEvent.Recorded> entries) {
        var calls = new ArrayList<ToolCall>();
        for (RunEvent.Recorded each : entries) {
            if (each.entry().fact() instanceof Fact.StepStarted started
                    && started.effect() != Effect.READ_ONLY
                    && AgentStep.find(started.step())
                            .filter(step -> step.kind() == AgentStep.Kind.CALL)
                            .isPresent()) {
                calls.add(started.input().as(ToolCall.class));
            }
        }
        return calls;
    }

    /** What the run did besides, as far as it is known. */
    private static void notUndone(Screen screen, Optional<Undo> undo, List<ToolCall> calls) {
        List<ToolCall> others =
                calls.stream().filter(call -> !FILE_TOOLS.contains(call.name())).toList();
        if (others.isEmpty()) {
            return;
        }
        screen.text(
                "",
                screen.paint().bold("Not covered")
                        + "  what these did outside the workspace's files, or in .git, target,"
                        + " node_modules and the like:");
        for (ToolCall call : others.stream().limit(NAMED).toList()) {
            String root = undo.map(each -> each.workspace().root().toString()).orElse("/");
            screen.line("    " + Columns.cut(CallText.of(call, java.nio.file.Path.of(root)), screen.width() - 4));
        }
        if (others.size() > NAMED) {
            screen.line("    and " + (others.size() - NAMED) + " more");
        }
        undo.map(Undo::notWhole)
                .filter(why -> !why.isEmpty())
                .ifPresent(
                        why -> screen.text("  ", "Not all that they changed in the workspace is known: " + why + "."));
    }
}
