package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.JsonEvents;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.PlanOptions;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;
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
        if (!json) {
            brief(model);
        }
        return new Teamwork(common, session)
                .work(graph(), Recording.fresh(common.caller(), errand, goal, settings.budget()), json);
    }

    /** Does what is left of it. */
    int goOn(Recording recording, boolean json) throws InterruptedException {
        return new Teamwork(common, session).work(graph(), recording, json);
    }

    private Graph graph() {
        return graph(session);
    }

    /** What plans a goal and has it done. */
    static Graph graph(Session session) {
        return session.dispatcher().planned(PlanOptions.defaults().withApproval());
    }

    private void brief(ModelCatalog.Resolved model) {
        Screen screen = common.screen();
        var briefing = new Briefing(screen, session, settings);
        briefing.place();
        briefing.model(model);
        briefing.budget();
        screen.text("", "A plan is made first; you are asked before it runs.");
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
