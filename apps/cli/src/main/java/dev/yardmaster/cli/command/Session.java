package dev.yardmaster.cli.command;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Everything a task needs, put together from the settings: agents, models, workspace, policy. */
final class Session {

    private final AgentCatalog catalog;
    private final AgentRuntime runtime;
    private final Router router;

    private Session(AgentCatalog catalog, AgentRuntime runtime, Router router) {
        this.catalog = catalog;
        this.runtime = runtime;
        this.router = router;
    }

    /**
     * @param workspace the folder that tools may touch
     * @throws UsageException when the workspace cannot be used
     */
    static Session of(Caller caller, Settings settings, Path workspace, ModelCatalog models) {
        List<Path> further = settings.permissions().folders().stream()
                .map(Sourced::value)
                .distinct()
                .toList();
        AgentCatalog catalog = agents(caller, settings);
        Router router = Routers.of(caller, Optional.empty()).lazy(catalog.all());
        return of(catalog, policy(settings), workspace, further, models, call -> false, router);
    }

    /**
     * One that routes by words.
     *
     * @param repeatable the commands that may be run again after a crash
     */
    static Session of(
            AgentCatalog catalog, Policy policy, Path workspace, ModelCatalog models, Predicate<ToolCall> repeatable) {
        return of(catalog, policy, workspace, List.of(), models, repeatable, new LexicalRouter(catalog.all()));
    }

    private static Session of(
            AgentCatalog catalog,
            Policy policy,
            Path workspace,
            List<Path> further,
            ModelCatalog models,
            Predicate<ToolCall> repeatable,
            Router router) {
        Path[] folders = further.toArray(Path[]::new);
        try {
            Workspace.of(workspace, folders);
        } catch (YardmasterException e) {
            throw new UsageException(e.getMessage());
        }
        return new Session(
                catalog,
                AgentRuntime.builder()
                        .catalog(catalog)
                        .models(models)
                        .workspace(workspace, folders)
                        .policy(policy)
                        .repeatable("Bash", repeatable)
                        .build(),
                router);
    }

    /** All agents that are to be had: of named folders, of the project, of the home folder, and the stock ones. */
    static AgentCatalog agents(Caller caller, Settings settings) {
        var all = AgentCatalog.builder()
                .availableTools(BuiltinTools.all().answersTo())
                .project(caller.folder())
                .home(caller.home())
                .stock();
        settings.agents().stream().map(Sourced::value).distinct().forEach(all::folder);
        return all.build();
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

    /** Who would get a task; needs no model. */
    Match match(String task) {
        return router.route(task);
    }

    /** The same by words alone: for a task whose specialist is known, so that no embedding model is loaded for it. */
    Match matchByWords(String task) {
        return new LexicalRouter(catalog.all()).route(task);
    }

    Dispatcher dispatcher() {
        return new Dispatcher(runtime, router);
    }

    AgentRuntime runtime() {
        return runtime;
    }

    /** The policy of one agent. */
    Policy policyOf(AgentDefinition agent) {
        return runtime.policyOf(agent);
    }
}
