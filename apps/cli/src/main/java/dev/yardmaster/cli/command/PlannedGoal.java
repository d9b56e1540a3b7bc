package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.JsonEvents;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.PlanOptions;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.worktree.NoWorktreeException;
import dev.yardmaster.worktree.Worktrees;
import java.util.Optional;

/** A goal that is planned first, and then done by several specialists. */
final class PlannedGoal {

    private final Common common;
    private final Session session;
    private final ModelCatalog models;
    private final Settings settings;

    PlannedGoal(Common common, Session session, ModelCatalog models, Settings settings) {
        this.common = common;
        this.session = session;
        this.models = models;
        this.settings = settings;
    }

    /** Begins it. @param errand how it was called for */
    int begin(String goal, Errand errand, boolean json) throws InterruptedException {
        ModelCatalog.Resolved model;
        try {
            model = models.resolve(Optional.empty());
        } catch (NoModelException e) {
            return withoutModel(e, json);
        }
        if (errand.worktrees()) {
            checkWorktrees();
        }
        if (!json) {
            brief(model, errand.worktrees());
        }
        return new Teamwork(common, session)
                .work(
                        graph(session, errand.worktrees()),
                        Recording.fresh(common.caller(), errand, goal, settings.budget()),
                        json);
    }

    /** Does what is left of it. */
    int goOn(Errand errand, Recording recording, boolean json) throws InterruptedException {
        return new Teamwork(common, session).work(graph(session, errand.worktrees()), recording, json);
    }

    /** What plans a goal and has it done. */
    static Graph graph(Session session, boolean worktrees) {
        PlanOptions options = PlanOptions.defaults().withApproval();
        return session.dispatcher().planned(worktrees ? options.withWorktrees() : options);
    }

    /** Before anything is spent. */
    private void checkWorktrees() throws InterruptedException {
        try {
            Worktrees.of(session.workspace()).check();
        } catch (NoWorktreeException e) {
            throw new UsageException("--worktrees: " + e.getMessage());
        }
    }

    private void brief(ModelCatalog.Resolved model, boolean worktrees) {
        Screen screen = common.screen();
        var briefing = new Briefing(screen, session, settings);
        briefing.place();
        briefing.model(model);
        briefing.budget();
        screen.text("", "A plan is made first; you are asked before it runs.");
        if (worktrees) {
            screen.text(
                    "",
                    "Subtasks work in git worktrees; what they change is merged into the workspace when all are over.");
        }
        screen.line();
    }

    private int withoutModel(NoModelException problem, boolean json) {
        if (json) {
            JsonEvents.problem(common.caller().out(), Exit.FAILED, problem.kind(), problem.getMessage());
            return Exit.FAILED;
        }
        Screen screen = common.screen();
        new Briefing(screen, session, settings).place();
        screen.line(screen.paint().bold("Model") + "  "
                + screen.paint().doubtful("none, so nothing was done: a plan is made by a model"));
        screen.text("  ", SafeText.of(String.valueOf(problem.getMessage())));
        return Exit.FAILED;
    }
}
