package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.RoutingReportText;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.routing.Router;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Query;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How well tasks are routed. */
@Command(
        name = "eval",
        header = "Measure how well labelled tasks are routed",
        description = {
            "Reads lines of JSON, {\"agent\": NAME, \"query\": TEXT}, routes each text and compares. Tasks that were taken"
                    + " from examples are measured with --without-examples or --leave-one-out: with the example itself in"
                    + " the agent's file, memory would be measured. A declined task counts as wrong.",
            "With --model, that model chooses where the router is not sure, as in 'do', and it is told how often that was"
                    + " right, and how often the router would have been; --sure 100 has it asked about all, which shows from where on"
                    + " it is worth it.",
            "",
            "Example:",
            "  yardmaster route eval tasks.jsonl --agents team --leave-one-out"
        })
final class RouteEvalCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "QUERIES", description = "A file of labelled tasks, one JSON object a line")
    private String file = "";

    @Option(
            names = "--agents",
            paramLabel = "DIR",
            description = "A folder of agent files, and no others are looked at; may be repeated")
    private List<String> folders = new ArrayList<>();

    @Option(names = "--without-examples", description = "Leave out all examples of all agents")
    private boolean withoutExamples;

    @Option(names = "--leave-one-out", description = "Leave out, for each task, the examples that say the same")
    private boolean leaveOneOut;

    @Option(names = "--router", paramLabel = "KIND", description = "lexical (words) or hybrid (words and meaning)")
    private @Nullable String router;

    @Option(
            names = "--model",
            paramLabel = "P:NAME",
            description = "The model to ask where the router is not sure; one short reply for each such task")
    private @Nullable String model;

    @Mixin
    private Sureness sureness = new Sureness();

    @Option(names = "--json", description = "The figures as one JSON object (docs/json.md)")
    private boolean json;

    RouteEvalCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        Caller caller = common.caller();
        if (withoutExamples && leaveOneOut) {
            throw new UsageException("--without-examples leaves out what --leave-one-out would; give one of them");
        }
        if (model == null && sureness.sure().isPresent()) {
            throw new UsageException("--sure says when a model is asked; add --model, or leave it out");
        }
        List<Query> queries = queries(caller);
        AgentCatalog catalog = catalog(caller);
        tellUnknown(caller, queries, catalog);
        List<AgentDefinition> agents = withoutExamples
                ? catalog.all().stream().map(AgentDefinition::withoutExamples).toList()
                : catalog.all();
        Routers routers = Routers.of(caller, Optional.ofNullable(router));
        Router measured = leaveOneOut ? routers.leavingOneOut(agents) : routers.ready(agents);
        if (model != null) {
            return new ChoiceEval(common, agents, measured, sureness.choice(caller)).run(queries, model, json);
        }
        RoutingReport report = RoutingReport.measure(measured, queries);
        if (json) {
            caller.out().println(RoutingReportText.json(report));
        } else {
            new RoutingReportText(common.screen()).show(report, agents.size());
        }
        return Exit.DONE;
    }

    private AgentCatalog catalog(Caller caller) {
        if (folders.isEmpty()) {
            return Session.agents(caller, Flags.ofAgents(caller, folders).over(caller));
        }
        var builder = AgentCatalog.builder();
        folders.forEach(folder -> builder.folder(caller.path(folder)));
        AgentCatalog catalog = builder.build();
        if (catalog.all().isEmpty()) {
            throw new UsageException(
                    "there are no agents in " + String.join(", ", folders) + "; 'yardmaster agents check' says why");
        }
        return catalog;
    }

    private List<Query> queries(Caller caller) {
        Path path = caller.path(file);
        try {
            List<Query> queries = RoutingReport.queries(Files.readAllLines(path));
            if (queries.isEmpty()) {
                throw new UsageException("'" + file + "' holds no labelled tasks; write {\"agent\": \"NAME\","
                        + " \"query\": \"TEXT\"}, one a line");
            }
            return queries;
        } catch (MalformedInputException e) {
            throw new UsageException("'" + file + "' is not text in UTF-8");
        } catch (IOException e) {
            throw new UsageException("'" + file + "' cannot be read: " + FileTrouble.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + file + "', " + e.getMessage());
        }
    }

    /** Labels that nobody has: their tasks cannot be right. */
    private static void tellUnknown(Caller caller, List<Query> queries, AgentCatalog catalog) {
        List<String> names = catalog.all().stream().map(AgentDefinition::name).toList();
        queries.stream()
                .map(Query::agent)
                .distinct()
                .filter(name -> !names.contains(name))
                .forEach(name -> caller.err()
                        .println("yardmaster: tasks are labelled '" + name + "', and there is no such agent"
                                + DidYouMean.find(name, names)
                                        .map(other -> "; did you mean '" + other + "'?")
                                        .orElse("; they count as wrong")));
    }
}
