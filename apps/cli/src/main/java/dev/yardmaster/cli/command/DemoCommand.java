package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.Report;
import dev.yardmaster.cli.output.RouteText;
import dev.yardmaster.cli.output.Summary;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.event.Budget;
import dev.yardmaster.examples.slowquery.SlowQuery;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.FileChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job, offline. */
@Command(
        name = "demo",
        header = "See a specialist mend a slow database query, offline",
        description = {
            "Makes the folder yardmaster-demo with a small shop whose report really takes seconds, routes the task"
                    + " to the specialist that fits, and lets it work with real tools: it measures, changes schema and"
                    + " query, measures again, runs the tests. Only the model's replies are scripted, so it needs no key and"
                    + " no network. Nothing is asked; the folder stays, and is made anew the next time.",
            "",
            "Examples:",
            "  yardmaster demo",
            "  yardmaster demo --pace 2"
        })
final class DemoCommand implements Callable<Integer> {

    private static final String FOLDER = "yardmaster-demo";

    @Option(
            names = "--pace",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Wait so long before each reply, as for a live model: time to watch, to stop it or to kill it")
    private int pace;

    @Mixin
    private Common common;

    DemoCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (pace < 0 || pace > 60) {
            throw new UsageException("--pace takes 0 to 60 seconds, not " + pace);
        }
        Screen screen = common.screen();
        var paint = screen.paint();
        Path folder = common.caller().folder().resolve(FOLDER);
        screen.line(paint.bold("Task") + "  " + Columns.cut("\"" + SlowQuery.TASK + "\"", screen.width() - 6));
        screen.text(
                "",
                "The model is a script (its replies are written beforehand); everything else is real: files,"
                        + " commands, times.");
        screen.line();
        screen.status("making the workspace " + FOLDER + " …");
        SlowQuery.prepare(folder);
        screen.status("");
        var errand = new Errand(
                true, common.caller().folder().toString(), FOLDER, Optional.empty(), false, Flags.Values.none());
        var model = new PacedModel(SlowQuery.model(), Duration.ofSeconds(pace));
        return work(
                common,
                session(common.caller(), folder, model),
                folder,
                Recording.fresh(common.caller(), errand, SlowQuery.TASK, Budget.unlimited()));
    }

    /** Does what is left of the demo's task. */
    static int work(Common common, Path folder, Recording recording) throws InterruptedException {
        return work(common, session(common.caller(), folder), folder, recording);
    }

    private static int work(Common common, Session session, Path folder, Recording recording)
            throws InterruptedException {
        Screen screen = common.screen();
        return new Job(session, Optional.empty(), recording)
                .run(
                        screen,
                        Approver.on(common.caller(), screen, common.colours()),
                        (report, changes) -> tell(screen, folder, report, changes));
    }

    static Session session(Caller caller, Path folder) {
        return session(caller, folder, SlowQuery.model());
    }

    static Session session(Caller caller, Path folder, Model model) {
        Rule[] commands = SlowQuery.COMMANDS.stream()
                .map(command -> Rule.allow("Bash(" + command + ")", "demo"))
                .toArray(Rule[]::new);
        var stock = AgentCatalog.builder()
                .availableTools(BuiltinTools.all().answersTo())
                .stock()
                .build();
        var models = ModelCatalog.builder().defaultModel(model).build();
        // measuring, explaining, migrating what is not migrated yet, testing: all of it may be done twice
        return Session.of(
                stock,
                folder,
                all -> all.models(models)
                        .policy(Policy.acceptEdits().with(commands))
                        .repeatable("Bash", SlowQuery::isRepeatable)
                        .originals(Store.originals(caller)));
    }

    private static int tell(Screen screen, Path folder, Report report, List<FileChange> changes) {
        var summary = new Summary(screen, report, folder);
        screen.line();
        summary.outcome();
        summary.failures();
        screen.line();
        report.route().ifPresent(new RouteText(screen)::show); // with all who were considered
        screen.line();
        summary.changes(changes);
        screen.line();
        var measured = new Measured(report.calls());
        measured.times(screen);
        measured.tests(screen);
        screen.line();
        summary.checklist();
        screen.line();
        summary.calls();
        summary.tokens();
        screen.line();
        summary.lastWords();
        Waiting.show(screen, report);
        summary.next();
        screen.line();
        screen.line(screen.paint().bold("Check it by hand"));
        screen.line("  cd " + FOLDER);
        SlowQuery.COMMANDS.stream()
                .filter(command -> !command.contains("migrate"))
                .forEach(command -> screen.line("  " + command));
        return Job.exit(report);
    }
}
