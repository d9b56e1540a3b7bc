package dev.yardmaster.examples.worktrees;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.dispatch.PlanOptions;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.examples.ExampleModel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Model;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A shop has a sale: prices go down, and a page says so. Two specialists work on that at the same time in one repository, each in a
 * git worktree; both write into the list of changes, so the second one's work conflicts, and the plan is made anew for it. Needs
 * git.
 */
public final class WorktreesExample {

    static final String GOAL = "Have a spring sale: apples for 2, and a page about it; both belong into CHANGES.md";

    /** Its branches are named after it. */
    static final RunId RUN = new RunId("spring-sale");

    private final ShopRepository repository;
    private final Graph graph;

    WorktreesExample(ShopRepository repository, Model model) {
        this.repository = repository;
        AgentRuntime runtime = AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(List.of(
                                AgentDefinition.of("price-clerk", "Sets prices.", "You set prices.")
                                        .withTools("Read", "Edit"),
                                AgentDefinition.of("page-writer", "Writes pages for customers.", "You write.")
                                        .withTools("Read", "Write", "Edit", "Bash")))
                        .build())
                .model(model)
                .workspace(repository.folder())
                .policy(Policy.acceptEdits())
                .build();
        graph = Dispatcher.lexical(runtime).planned(PlanOptions.defaults().withWorktrees());
    }

    /** The shop as it is before. @throws YardmasterException when there is no git */
    static ShopRepository prepare(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("prices.csv"), "apples,3\npears,4\n");
        Files.writeString(folder.resolve("CHANGES.md"), "# Changes\n\n- The shop is open.\n");
        return ShopRepository.begin(folder);
    }

    Outcome run(Orchestrator orchestrator) throws InterruptedException {
        return orchestrator
                .start(
                        graph,
                        State.of(Dispatcher.TASK, GOAL),
                        RunOptions.defaults().withId(RUN))
                .await();
    }

    /** What the second round has taken over is on a branch still; that goes, too. */
    void tidyUp() throws InterruptedException {
        Leftovers.in(Workspace.of(repository.folder())).clear(List.of(RUN.value()), true);
    }

    private void tell(State state) throws IOException, InterruptedException {
        for (Attempt each : state.get(Planning.ATTEMPTS)) {
            System.out.println(each.round() + ". " + each.subtask() + " by "
                    + each.agent().orElse("nobody") + ", " + each.status() + ": " + each.text());
        }
        System.out.println("\nChanged, and not committed: that is the user's to do\n"
                + repository.git("status", "--short").stripTrailing());
        System.out.println("\nprices.csv and CHANGES.md, by both\n"
                + Files.readString(repository.folder().resolve("prices.csv"))
                + Files.readString(repository.folder().resolve("CHANGES.md")));
        System.out.println("Left on branches: "
                + repository.git("branch", "--list", "yardmaster/*").strip());
        tidyUp();
        List<Attempt> undone = Planning.undone(state);
        if (!undone.isEmpty()) {
            throw new YardmasterException("not everything was done: " + undone);
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("worktrees");
        var example = new WorktreesExample(prepare(folder), ExampleModel.choose(WorktreesScript.script(), args));
        try (var orchestrator = Orchestrator.inMemory()) {
            example.tell(example.run(orchestrator).orElseThrow());
        }
    }
}
