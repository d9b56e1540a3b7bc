package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.ResumeOptions;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.tool.ToolCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans whose specialists never stop by themselves. */
@Timeout(60)
class BudgetedPlanTest {

    static final RunId RUN = new RunId("run");

    @TempDir
    Path workspace;

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** Plans, and sums up; the specialists look for files for ever. */
    final Model model = new Model() {
        @Override
        public String name() {
            return "test:runaway";
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            asked.add(request.agent());
            Message.Assistant said = switch (request.agent()) {
                case "planner" ->
                    Message.Assistant.of(Json.of(Map.of("subtasks", List.of(subtask("tune"), subtask("edit"))))
                            .text());
                case "reporter" -> Message.Assistant.of("That was it.");
                default -> {
                    var pattern = Map.of("pattern", "*." + request.messages().size());
                    yield Message.Assistant.of("", new ToolCall("c", "Glob", Json.of(pattern)));
                }
            };
            return new ModelReply(said, new Usage(90, 10), ModelReply.Finish.OTHER);
        }
    };

    static Subtask subtask(String id) {
        return new Subtask(id, "Do " + id, Optional.of("finder"), List.of(), List.of(id + " is done"), List.of(id));
    }

    Outcome run(PlanOptions options, Budget budget, MemoryJournal journal) throws InterruptedException {
        AgentRuntime runtime = runtime();
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            return orchestrator
                    .start(
                            Dispatcher.lexical(runtime).planned(options),
                            State.of(Dispatcher.TASK, "Ship it"),
                            RunOptions.defaults().withId(RUN).withBudget(budget))
                    .await();
        }
    }

    private AgentRuntime runtime() {
        return AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(List.of(AgentDefinition.of("finder", "Finds files.", "You find.")
                                .withTools("Glob")))
                        .build())
                .model(model)
                .workspace(workspace)
                .build();
    }

    long asked(String agent) {
        return Collections.frequency(asked, agent);
    }

    @Test
    void the_run_fails_when_its_budget_is_used_up_and_goes_on_with_a_larger_one() throws Exception {
        var journal = new MemoryJournal();
        Outcome outcome = run(PlanOptions.defaults(), Budget.turns(21), journal);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.view().failures()).allSatisfy(failure -> {
            assertThat(failure.kind()).isEqualTo("budget.turns");
            assertThat(failure.at().value()).startsWith("work/");
        });
        assertThat(asked).hasSize(21);
        assertThat(asked("planner")).isEqualTo(1);

        asked.clear();
        try (var orchestrator =
                Orchestrator.builder().journal(journal.another()).build()) {
            var larger = ResumeOptions.defaults().withBudget(Budget.turns(30));
            var again = orchestrator.resume(RUN, Dispatcher.lexical(runtime()).planned(PlanOptions.defaults()), larger);
            assertThat(again.await().view().spent().turns()).isEqualTo(30);
        }
        assertThat(asked).hasSize(9).containsOnly("finder");
    }

    @Test
    void a_subtask_that_uses_up_its_own_is_not_done_and_the_plan_goes_on() throws Exception {
        var options = PlanOptions.defaults().withRevisions(0).withBudgetOfEach(Budget.turns(4));
        Outcome outcome = run(options, Budget.tokens(100_000), new MemoryJournal());
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        List<Attempt> attempts = ((Outcome.Completed) outcome).state().get(Planning.ATTEMPTS);
        assertThat(attempts).extracting(Attempt::status).containsOnly(Attempt.Status.FAILED);
        assertThat(attempts.getFirst().text()).startsWith("agent 'finder' has used up its budget of 4 turns: 4 turns;");
        assertThat(asked("finder")).isEqualTo(8);
        assertThat(asked).endsWith("reporter");
    }
}
