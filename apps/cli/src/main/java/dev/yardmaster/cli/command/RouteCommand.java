package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.yardmaster.cli.output.JsonLine;
import dev.yardmaster.cli.output.RouteJson;
import dev.yardmaster.cli.output.RouteText;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.routing.Match;
import java.util.ArrayList;
import java.util.List;
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
            "Shows the candidates with their scores, the words and the example they were found by. Runs nothing and asks no"
                    + " model. Exit code 1 when no specialist fits. 'route eval' measures how often that is right.",
            "",
            "Example:",
            "  yardmaster route \"this query takes 5 seconds\""
        })
final class RouteCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "TASK", arity = "0..*", description = "The task, in quotes")
    private List<String> words = new ArrayList<>();

    @Option(names = "--agents", paramLabel = "DIR", description = "A folder of agent files; may be repeated")
    private List<String> folders = new ArrayList<>();

    @Option(
            names = "--router",
            paramLabel = "KIND",
            description = "lexical (words) or hybrid (words and meaning, the default); also YARDMASTER_ROUTER")
    private @Nullable String router;

    @Option(names = "--json", description = "The decision as one JSON object (docs/json.md)")
    private boolean json;

    RouteCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Caller caller = common.caller();
        String task = Task.of(words);
        var catalog = Session.agents(caller, Flags.ofAgents(caller, folders).over(caller));
        Match match = Routers.of(caller, Optional.ofNullable(router))
                .lazy(catalog.all())
                .route(task);
        if (json) {
            var object = JsonNodeFactory.instance.objectNode().put("v", 1);
            object.setAll(RouteJson.of(match));
            caller.out().println(JsonLine.of(object));
        } else {
            new RouteText(common.screen()).show(match);
        }
        return match.chosen().isPresent() ? Exit.DONE : Exit.FAILED;
    }
}
