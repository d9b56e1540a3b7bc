package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.JsonEvents;
import dev.yardmaster.cli.output.Report;
import dev.yardmaster.cli.output.RouteText;
import dev.yardmaster.cli.output.Summary;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.dispatch.FollowUp;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.RunView;
import dev.yardmaster.workspace.FileChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A task on its way: what is told before it is begun, the work, what is told afterwards. */
final class Doing {

    private final Common common;
    private final Session session;
    private final ModelCatalog models;
    private final Settings settings;

    Doing(Common common, Session session, ModelCatalog models, Settings settings) {
        this.common = common;
        this.session = session;
        this.models = models;
        this.settings = settings;
    }

    Session session() {
        return session;
    }

    /**
     * Begins a task.
     *
     * @param match who gets it
     * @param labels that it carries
     * @param errand how it was called for
     * @param earlier what it goes on from
     */
    int begin(Match match, List<String> labels, Errand errand, Optional<Earlier> earlier, boolean json)
            throws InterruptedException {
        List<String> undecided =
                earlier.isPresent() ? List.of() : session.dispatcher().undecided(match);
        Optional<AgentDefinition> agent =
                match.chosen().or(() -> undecided.stream().findFirst()).map(session.catalog()::get);
        if (agent.isEmpty()) {
            return declined(match, json);
        }
        try {
            ModelCatalog.Resolved model = models.resolve(agent.get().model());
            if (!json) {
                brief(match, undecided, agent.get(), model);
            }
        } catch (NoModelException e) {
            return withoutModel(match, agent.get(), e, json);
        }
        boolean follows = earlier.map(Earlier::agent).equals(match.chosen());
        boolean named = match.stage() == Match.Stage.MENTION && !follows;
        Recording recording = earlier.map(
                        run -> Recording.following(common.caller(), errand, run.followUp(), settings.budget()))
                .orElseGet(() -> Recording.labelled(common.caller(), errand, match.task(), labels, settings.budget()));
        var job = new Job(session, named ? match.chosen() : Optional.empty(), recording);
        return json ? json(job) : onScreen(job, errand);
    }

    /** Does it; a person at the terminal may then give the same agent a further task, which sees the whole conversation. */
    private int onScreen(Job first, Errand errand) throws InterruptedException {
        Screen screen = common.screen();
        var approver = Approver.on(common.caller(), screen, common.colours());
        var last = new AtomicReference<RunView>();
        Job.Telling telling = (report, changes) -> {
            last.set(report.view());
            return tell(screen, report, changes);
        };
        int exit = first.run(screen, approver, telling);
        while (common.caller().tty().out() && (exit == Exit.DONE || exit == Exit.FAILED)) {
            Optional<String> more = approver.more();
            if (more.isEmpty()) {
                break;
            }
            var followUp = FollowUp.of(last.get(), more.get());
            var further = Recording.following(common.caller(), errand, followUp, settings.budget());
            exit = new Job(session, Optional.empty(), further).run(screen, approver, telling);
        }
        return exit;
    }

    /** Does what is left of a task, or all of it. */
    int work(Job job, boolean json) throws InterruptedException {
        if (json) {
            return json(job);
        }
        Screen screen = common.screen();
        return job.run(
                screen,
                Approver.on(common.caller(), screen, common.colours()),
                (report, changes) -> tell(screen, report, changes));
    }

    private void brief(Match match, List<String> undecided, AgentDefinition agent, ModelCatalog.Resolved model) {
        Screen screen = common.screen();
        var briefing = new Briefing(screen, session, settings);
        briefing.place();
        new RouteText(screen).show(match, undecided);
        briefing.model(model);
        briefing.widened(agent);
        briefing.budget();
        screen.line();
    }

    private int tell(Screen screen, Report report, List<FileChange> changes) {
        var summary = new Summary(screen, report, session.workspace().root());
        screen.line();
        summary.outcome();
        summary.route();
        summary.failures();
        screen.line();
        summary.changes(changes);
        screen.line();
        summary.calls();
        summary.checklist();
        summary.tokens();
        summary.lastWords();
        Waiting.show(screen, report);
        summary.next();
        return Job.exit(report);
    }

    private int json(Job job) throws InterruptedException {
        var events = new JsonEvents(common.caller().out(), session.workspace().root());
        return job.run(events, Approver.beside(common.caller(), common.colours()), (report, changes) -> {
            int exit = Job.exit(report);
            events.result(report, changes, exit);
            return exit;
        });
    }

    private int declined(Match match, boolean json) {
        String what = "no specialist fits this task: " + match.reason();
        String remedy =
                "name one with --agent or @name in the task, say more of what is to be done, or let a model split"
                        + " it with --plan; 'yardmaster agents' lists them";
        if (json) {
            JsonEvents.problem(common.caller().out(), Exit.FAILED, "no-specialist", what + "; " + remedy);
            return Exit.FAILED;
        }
        Screen screen = common.screen();
        new RouteText(screen).show(match);
        screen.line();
        screen.text(
                "",
                "Nothing was done: no specialist fits. "
                        + remedy.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + remedy.substring(1) + ".");
        return Exit.FAILED;
    }

    private int withoutModel(Match match, AgentDefinition agent, NoModelException problem, boolean json) {
        if (json) {
            JsonEvents.problem(common.caller().out(), Exit.FAILED, problem.kind(), problem.getMessage());
            return Exit.FAILED;
        }
        Screen screen = common.screen();
        var briefing = new Briefing(screen, session, settings);
        briefing.place();
        new RouteText(screen).show(match);
        screen.line();
        briefing.permissions(agent);
        screen.line();
        screen.line(screen.paint().bold("Model") + "  " + screen.paint().doubtful("none, so nothing was done"));
        screen.text("  ", SafeText.of(String.valueOf(problem.getMessage())));
        return Exit.FAILED;
    }
}
