package dev.yardmaster.cli.command;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.AgentRuntimeBuilder;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.TrustedAgents;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.dispatch.ModelChoice;
import dev.yardmaster.endpoint.ModelEndpoints;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import dev.yardmaster.tool.process.Containment;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Everything a task needs, put together from the settings: agents, models, workspace, policy. */
final class Session {

    private final AgentCatalog catalog;
    private final AgentRuntime runtime;
    private final Dispatcher dispatcher;

    private Session(AgentCatalog catalog, AgentRuntime runtime, Dispatcher dispatcher) {
        this.catalog = catalog;
        this.runtime = runtime;
        this.dispatcher = dispatcher;
    }

    /**
     * @param workspace the folder that tools may touch
     * @throws UsageException when the workspace cannot be used
     */
    static Session of(Caller caller, Settings settings, Path workspace, ModelCatalog models) {
        return of(caller, settings, workspace, workspace, models);
    }

    /** One whose agents are handed what belongs to another folder: a replay touches nothing, and knows all the same. */
    static Session of(Caller caller, Settings settings, Path workspace, Path known, ModelCatalog models) {
        List<Path> further = settings.permissions().folders().stream()
                .map(Sourced::value)
                .distinct()
                .toList();
        Policy policy = policy(settings);
        AgentCatalog catalog = agents(caller, settings);
        Router router = Routers.of(caller, Optional.empty()).lazy(catalog.all());
        Session session = of(
                catalog,
                router,
                workspace,
                further,
                all -> all.models(models)
                        .endpoints(ModelEndpoints.of(settings.calls().limits()))
                        .fallback(Models.fallbacks(caller, settings))
                        .textOnly(settings.calls().textOnlyModels())
                        .policy(policy)
                        .context(Windowed.of(caller))
                        .hooks(settings.hooks().all())
                        .trustHooksOf(TrustedAgents.of(caller)::isTrusted)
                        .knowledge(Knowing.of(caller, settings, known))
                        .originals(Store.originals(caller))
                        .sandbox(sandbox(settings))
                        .commandRecords(Store.commands(caller)));
        return session.labelled(settings.labels()).asking(Sureness.unlessGiven(caller));
    }

    private static Sandbox sandbox(Settings settings) {
        Sandbox wanted = settings.commands().sandbox();
        try {
            Containment.here().check(wanted);
        } catch (YardmasterException e) {
            throw new UsageException(e.getMessage() + " ("
                    + settings.commands().use().orElseThrow().source() + ")");
        }
        return wanted;
    }

    /** One that routes by words. @param rest what else the runtime is made of */
    static Session of(AgentCatalog catalog, Path workspace, UnaryOperator<AgentRuntimeBuilder> rest) {
        return of(catalog, new LexicalRouter(catalog.all()), workspace, List.of(), rest);
    }

    private static Session of(
            AgentCatalog catalog,
            Router router,
            Path workspace,
            List<Path> further,
            UnaryOperator<AgentRuntimeBuilder> rest) {
        Path[] folders = further.toArray(Path[]::new);
        try {
            Workspace.of(workspace, folders);
        } catch (YardmasterException e) {
            throw new UsageException(e.getMessage());
        }
        AgentRuntime runtime = rest.apply(
                        AgentRuntime.builder().catalog(catalog).workspace(workspace, folders))
                .build();
        return new Session(catalog, runtime, new Dispatcher(runtime, router));
    }

    /** The same with another router. */
    Session routing(Router other) {
        return new Session(catalog, runtime, dispatcher.routing(other));
    }

    /** The same that has a model decide who of the best gets a task, when the router is not sure. */
    Session asking(ModelChoice when) {
        return new Session(catalog, runtime, dispatcher.asking(when));
    }

    /** @throws UsageException when a label is to go to an agent that there is not */
    private Session labelled(Map<String, Sourced<String>> labels) {
        var agents = new TreeMap<String, String>();
        labels.forEach((label, agent) -> {
            try {
                agents.put(label, catalog.get(agent.value()).name());
            } catch (UnknownAgentException e) {
                throw new UsageException(agent.source() + ": tasks labelled '" + label + "': " + e.getMessage());
            }
        });
        return new Session(catalog, runtime, dispatcher.labelled(agents));
    }

    /** All agents that are to be had: of named folders, of the project, of the home folder, and the stock ones. */
    static AgentCatalog agents(Caller caller, Settings settings) {
        AgentCatalog all = ownAgents(caller, settings).stock().build();
        for (Sourced<Path> folder : settings.agents()) {
            if (all.files().stream().noneMatch(each -> Path.of(each.file()).startsWith(folder.value()))) {
                caller.err()
                        .println("yardmaster: there are no agent files in '"
                                + SafeText.line(folder.value().toString())
                                + "' (" + folder.source() + "); they end in .md and begin with '---', 'name: …',"
                                + " 'description: …', '---'");
            }
        }
        return all;
    }

    /** The same without the stock ones. */
    static AgentCatalog.Builder ownAgents(Caller caller, Settings settings) {
        var own = AgentCatalog.builder()
                .availableTools(Knowing.tools())
                .project(caller.folder())
                .home(caller.home());
        settings.agents().stream().map(Sourced::value).distinct().forEach(own::folder);
        return own;
    }

    private static Policy policy(Settings settings) {
        Mode mode = settings.mode().map(Sourced::value).orElse(Mode.DEFAULT);
        Optional<String> off = settings.permissions().bypassOff();
        if (mode == Mode.BYPASS && off.isPresent()) {
            throw new UsageException("mode bypassPermissions ("
                    + settings.mode().orElseThrow().source() + ") is switched off by " + off.get()
                    + "; use another mode and --allow rules, or change that setting");
        }
        return settings.mode()
                .map(each -> Policy.of(mode, each.source()))
                .orElse(Policy.of(mode))
                .with(settings.rules().toArray(Rule[]::new));
    }

    AgentCatalog catalog() {
        return catalog;
    }

    Workspace workspace() {
        return runtime.workspace();
    }

    /** Who would get a task with these labels; needs no model. */
    Match match(String task, List<String> labels) {
        return dispatcher.match(task, labels);
    }

    /** The same by words alone: for a task whose specialist is known, so that no embedding model is loaded for it. */
    Match matchByWords(String task) {
        return new LexicalRouter(catalog.all()).route(task);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Its agents hand subtasks on through the dispatcher. */
    AgentRuntime runtime() {
        return dispatcher.runtime();
    }

    /** The policy of one agent. */
    Policy policyOf(AgentDefinition agent) {
        return runtime.policyOf(agent);
    }
}
