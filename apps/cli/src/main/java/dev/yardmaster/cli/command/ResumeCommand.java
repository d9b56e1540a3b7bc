package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.ModelChoice;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.run.ResumeOptions;
import dev.yardmaster.undo.Undo;
import dev.yardmaster.workflow.Workflow;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Going on with a run. */
@Command(
        name = "resume",
        header = "Go on with a run that was interrupted, waits, or failed",
        description = {
            "With the flags it was started with. What is done is not done again: recorded replies and calls are taken from"
                    + " the journal. A call that was cut off is looked into; where nobody can tell whether it happened, the"
                    + " agent is told to check.",
            "",
            "Example:",
            "  yardmaster resume"
        })
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Mixin
    private BudgetFlags limits = new BudgetFlags();

    @Mixin
    private Trusting trusting = new Trusting();

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "Its name, or how that ends; the newest that can be resumed if left out")
    private @Nullable String name;

    @Option(
            names = "--allow-changed",
            description = "Go on although a workflow's or agent's file, a tool or a setting has changed since")
    private boolean changed;

    @Option(names = "--json", description = "One JSON object a line for every event, the result last (docs/json.md)")
    private boolean json;

    ResumeCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Journal journal = Store.existing(common.caller());
        try {
            RunSummary run = Optional.ofNullable(name)
                    .map(each -> Store.find(journal, each))
                    .orElseGet(() -> Store.newest(journal, ResumeCommand::canGoOn, "can be resumed"));
            var same = ResumeOptions.defaults().withBudget(limits.budget());
            var options = changed ? same.allowChanged() : same;
            if (!json) {
                Screen screen = common.screen();
                screen.text("", "Resuming " + run.id() + " (" + RunsCommand.word(run) + ")");
                screen.text("  ", SafeText.of(Errand.task(run)));
            }
            Errand call = Errand.of(run);
            Store.originals(common.caller())
                    .find(run.id())
                    .flatMap(Undo::undone)
                    .ifPresent(undone -> {
                        throw new UsageException("run '" + run.id() + "' was undone (" + undone
                                + "), so it would not find its work; give the task anew");
                    });
            if (!changed) {
                call.workflow().ifPresent(file -> file.checkSame(call.caller(common.caller()), run.id()));
            }
            return goOn(common, trusting, call, Recording.resumed(common.caller(), journal, run.id(), options), json);
        } finally {
            journal.close();
        }
    }

    private static boolean canGoOn(RunSummary run) {
        return !run.owned() && run.status() != RunStatus.COMPLETED && run.status() != RunStatus.CANCELLED;
    }

    /** Does a job as it was called for. */
    static int goOn(Common common, Trusting trusting, Errand call, Recording recording, boolean json)
            throws InterruptedException {
        Caller there = call.caller(common.caller());
        Path workspace = there.path(call.workspace()).normalize();
        if (call.demo() && !json) {
            return DemoCommand.work(common, workspace, recording);
        }
        Settings settings = trusting.settings(common, there, Flags.of(call.flags()), json);
        ModelCatalog models = Models.of(there, settings);
        Session made =
                call.demo() ? DemoCommand.session(there, workspace) : Session.of(there, settings, workspace, models);
        Session session =
                call.sure().map(ModelChoice.defaults()::below).map(made::asking).orElse(made);
        if (call.workflow().isPresent()) {
            Workflow workflow = WorkflowFile.read(there, call.workflow().get().file());
            return new Working(common, session, models, settings, workflow).goOn(recording, json);
        }
        if (call.plan()) {
            return new PlannedGoal(common, session, models, settings).goOn(call, recording, json);
        }
        return new Doing(common, session, models, settings).work(new Job(session, call.agent(), recording), json);
    }
}
