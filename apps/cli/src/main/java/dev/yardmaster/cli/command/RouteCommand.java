package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.yardmaster.cli.output.JsonLine;
import dev.yardmaster.cli.output.RouteJson;
import dev.yardmaster.cli.output.RouteText;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.event.Failure;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who would get a task, explained. */
@Command(
        name = "route",
        header = "Explain who would get a task, and why",
        description = {
            "Shows the candidates with their scores, the words and the example they were found by. Runs nothing, and asks no"
                    + " model unless --model says which: that one then chooses where the router is not sure, as in 'do'. Exit"
                    + " code 1 when no specialist fits. 'route eval' measures how often that is right.",
            "",
            "Example:",
            "  yardmaster route \"this query takes 5 seconds\""
        })
final class RouteCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "TASK",
            arity = "0..*",
            description = "The task, in quotes; - reads it from standard input")
    private List<String> words = new ArrayList<>();

    @Option(names = "--agents", paramLabel = "DIR", description = "A folder of agent files; may be repeated")
    private List<String> folders = new ArrayList<>();

    @Option(
            names = "--router",
            paramLabel = "KIND",
            description = "lexical (words) or hybrid (words and meaning, the default); also YARDMASTER_ROUTER")
    private @Nullable String router;

    @Option(
            names = "--model",
            paramLabel = "P:NAME",
            description = "The model to ask where the router is not sure; one short reply")
    private @Nullable String model;

    @Mixin
    private Choosing choosing = new Choosing();

    @Option(names = "--json", description = "The decision as one JSON object (docs/json.md)")
    private boolean json;

    RouteCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Caller caller = common.caller();
        String task = Task.of(common.caller(), words);
        Settings settings = Flags.ofAgents(caller, folders)
                .withModels(Optional.ofNullable(model).map(name -> new Sourced<>(name.strip(), "--model")), Map.of())
                .over(caller);
        ModelCatalog models = model == null ? ModelCatalog.builder().build() : Models.of(caller, settings);
        Session session = Session.of(caller, settings, caller.folder(), models);
        session = session.routing(Routers.of(caller, Optional.ofNullable(router))
                        .lazy(session.catalog().all()))
                .asking(choosing.choice(caller));
        Match match = model == null ? session.match(task, choosing.labels()) : decided(session.dispatcher(), task);
        if (json) {
            var object = JsonNodeFactory.instance.objectNode().put("v", 1);
            object.setAll(RouteJson.of(match));
            caller.out().println(JsonLine.of(object));
        } else {
            new RouteText(common.screen()).show(match);
        }
        return match.chosen().isPresent() ? Exit.DONE : Exit.FAILED;
    }

    /** With the model's word, which is asked in a run that nobody keeps. */
    private Match decided(Dispatcher dispatcher, String task) throws InterruptedException {
        State input = State.of(Dispatcher.TASK, task).with(Dispatcher.LABELS, choosing.labels());
        try (var orchestrator = Orchestrator.inMemory()) {
            return switch (orchestrator.start(dispatcher.routing(), input).await()) {
                case Outcome.Completed completed ->
                    completed.state().get(Dispatcher.ROUTE).match();
                case Outcome other ->
                    throw new UsageException(other.view().failures().stream()
                            .map(Failure::message)
                            .findFirst()
                            .orElse("the model did not answer"));
            };
        }
    }
}
