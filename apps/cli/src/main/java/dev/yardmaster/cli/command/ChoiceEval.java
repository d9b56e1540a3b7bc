package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.RoutingReportText;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.dispatch.ChoiceReport;
import dev.yardmaster.dispatch.ChoiceTrial;
import dev.yardmaster.dispatch.ModelChoice;
import dev.yardmaster.endpoint.ModelEndpoints;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.routing.Router;
import dev.yardmaster.routing.RoutingReport.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How well labelled tasks are routed when a model chooses where the router is not sure. */
final class ChoiceEval {

    private final Common common;
    private final List<AgentDefinition> agents;
    private final Router router;
    private final ModelChoice choice;

    ChoiceEval(Common common, List<AgentDefinition> agents, Router router, ModelChoice choice) {
        this.common = common;
        this.agents = agents;
        this.router = router;
        this.choice = choice;
    }

    /** Routes, says whom it asks how often and at what price, asks, and tells. @param name the model's */
    int run(List<Query> queries, String name, boolean json) throws InterruptedException {
        Caller caller = common.caller();
        Settings settings = Flags.ofAgents(caller, List.of())
                .withModels(Optional.of(new Sourced<>(name.strip(), "--model")), Map.of())
                .over(caller);
        ModelCatalog models = Models.of(caller, settings);
        Model asked = models.resolve(Optional.empty()).model();
        AgentCatalog catalog = AgentCatalog.builder().definitions(agents).build();
        Session session = Session.of(
                        catalog,
                        caller.folder(),
                        all -> all.models(models)
                                .endpoints(ModelEndpoints.of(settings.calls().limits()))
                                .fallback(Models.fallbacks(caller, settings)))
                .routing(router)
                .asking(choice);
        ChoiceTrial trial = ChoiceTrial.of(session.dispatcher(), queries);
        Screen screen = common.screen();
        if (!json) {
            screen.text(
                    "",
                    "Asking " + SafeText.line(asked.name()) + Briefing.cost(asked) + " about " + trial.unsure() + " of "
                            + queries.size() + " tasks");
            screen.line();
        }
        ChoiceReport report = trial.ask(settings.budget());
        if (json) {
            caller.out().println(RoutingReportText.json(report, asked, choice));
        } else {
            new RoutingReportText(screen).show(report, asked, choice, agents.size());
        }
        return Exit.DONE;
    }
}
