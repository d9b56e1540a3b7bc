package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.JsonEvents;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A workflow on its way: what is told before it begins, the work, what is told afterwards. */
final class Working {

    private final Common common;
    private final Session session;
    private final ModelCatalog models;
    private final Settings settings;
    private final Workflow workflow;

    Working(Common common, Session session, ModelCatalog models, Settings settings, Workflow workflow) {
        this.common = common;
        this.session = session;
        this.models = models;
        this.settings = settings;
        this.workflow = workflow;
    }

    /** Begins it. @param errand how it was called for */
    int begin(Errand errand, State input, boolean json) throws InterruptedException {
        Map<String, ModelCatalog.Resolved> resolved;
        try {
            resolved = models();
        } catch (NoModelException e) {
            return withoutModel(e, json);
        }
        Graph graph = workflow.bind(session.runtime());
        if (!json) {
            brief(resolved);
        }
        String title = "workflow " + workflow.name();
        return work(graph, Recording.ofWorkflow(common.caller(), errand, title, input, settings.budget()), json);
    }

    /** Does what is left of it. */
    int goOn(Recording recording, boolean json) throws InterruptedException {
        return work(workflow.bind(session.runtime()), recording, json);
    }

    private int work(Graph graph, Recording recording, boolean json) throws InterruptedException {
        return new Teamwork(common, session).work(graph, recording, json);
    }

    /** The models of its agents, by name. */
    private Map<String, ModelCatalog.Resolved> models() {
        var resolved = new LinkedHashMap<String, ModelCatalog.Resolved>();
        for (String name : workflow.agents().values()) {
            Optional<AgentDefinition> agent = agent(name);
            if (agent.isPresent()) {
                ModelCatalog.Resolved model = models.resolve(agent.get().model());
                resolved.putIfAbsent(model.model().name(), model);
            }
        }
        return resolved;
    }

    /** Empty for one that there is not: binding the workflow tells all of those at once. */
    private Optional<AgentDefinition> agent(String name) {
        try {
            return Optional.of(session.catalog().get(name));
        } catch (UnknownAgentException e) {
            return Optional.empty();
        }
    }

    private void brief(Map<String, ModelCatalog.Resolved> resolved) {
        Screen screen = common.screen();
        var briefing = new Briefing(screen, session, settings);
        briefing.place();
        screen.text("", "Workflow  " + SafeText.line(described()));
        resolved.values().forEach(briefing::model);
        workflow.agents().values().stream()
                .flatMap(name -> agent(name).stream())
                .filter(agent -> session.policyOf(agent).mode() != Mode.PLAN)
                .findFirst()
                .ifPresent(briefing::widened);
        briefing.budget();
        screen.line();
    }

    private String described() {
        int nodes = workflow.picture().nodes().size();
        String who =
                String.join(", ", workflow.agents().values().stream().distinct().toList());
        return workflow.name() + ": " + nodes + (nodes == 1 ? " node, by " : " nodes, by ") + who;
    }

    private int withoutModel(NoModelException problem, boolean json) {
        if (json) {
            JsonEvents.problem(common.caller().out(), Exit.FAILED, problem.kind(), problem.getMessage());
            return Exit.FAILED;
        }
        Screen screen = common.screen();
        new Briefing(screen, session, settings).place();
        screen.text("", "Workflow  " + SafeText.line(described()));
        screen.line(screen.paint().bold("Model") + "  " + screen.paint().doubtful("none, so nothing was done"));
        screen.text("  ", SafeText.of(String.valueOf(problem.getMessage())));
        return Exit.FAILED;
    }
}
