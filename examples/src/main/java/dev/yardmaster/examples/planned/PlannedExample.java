package dev.yardmaster.examples.planned;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.dispatch.PlanOptions;
import dev.yardmaster.dispatch.PlanText;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Model;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A shop's orders are to be exported: code, a page about it, and a look at what may leak. Nobody says who does what or in
 * which order: that is planned. Needs python3.
 */
public final class PlannedExample {

    static final String GOAL =
            "Export orders as CSV: the function with its tests, a page for the people who use it, and make"
                    + " sure that no customer data leaks";

    private final AgentRuntime runtime;
    private final Graph graph;

    PlannedExample(Path workspace, Model model) {
        runtime = AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(List.of(
                                AgentDefinition.of(
                                                "python-developer",
                                                "Writes Python functions and their tests.",
                                                "You code.")
                                        .withTools("Read", "Write", "Edit", "Bash"),
                                AgentDefinition.of(
                                                "technical-writer",
                                                "Writes pages for users of a program.",
                                                "You write.")
                                        .withTools("Read", "Write"),
                                AgentDefinition.of("privacy-reviewer", "Finds personal data that leaks.", "You review.")
                                        .withTools("Read", "Grep")))
                        .build())
                .model(model)
                .workspace(workspace)
                .policy(Policy.acceptEdits().with(Rule.allow("Bash(python3 -m unittest)", "example")))
                .build();
        graph = Dispatcher.lexical(runtime).planned(PlanOptions.defaults());
    }

    /** The shop as it is before. */
    static Path prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("orders.py"), """
                ORDERS = [
                    {"id": 1, "total": 30, "email": "mia@example.org"},
                    {"id": 2, "total": 45, "email": "ben@example.org"},
                ]
                """);
        return folder;
    }

    Outcome run(Orchestrator orchestrator) throws InterruptedException {
        return orchestrator.start(graph, State.of(Dispatcher.TASK, GOAL)).await();
    }

    /** @throws YardmasterException when something is not done */
    static void tell(State state) {
        System.out.println(PlanText.of(state.get(Planning.PLAN)) + "\n");
        for (Attempt attempt : state.get(Planning.ATTEMPTS)) {
            System.out.println(attempt.subtask() + " by " + attempt.agent().orElse("nobody") + ": " + attempt.text());
        }
        System.out.println("\n" + state.get(Planning.SUMMARY));
        List<Attempt> undone = Planning.undone(state);
        if (!undone.isEmpty()) {
            throw new YardmasterException("not everything was done: " + undone);
        }
    }

    public static void main(String[] args) throws Exception {
        Path workspace = prepare(Files.createTempDirectory("planned"));
        var example = new PlannedExample(workspace, ExampleModel.choose(PlannedScript.script(), args));
        try (var orchestrator = Orchestrator.inMemory()) {
            tell(example.run(orchestrator).orElseThrow());
        }
    }
}
