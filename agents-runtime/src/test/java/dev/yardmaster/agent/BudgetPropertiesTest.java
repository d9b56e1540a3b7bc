package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random trees of agents under random limits: no budget is exceeded by more than one reply of each who works at once. */
@Timeout(120)
class BudgetPropertiesTest {

    private static final int LARGEST_REPLY = 150;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @TempDir
    Path workspace;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void hold_whatever_agents_do(int seed) throws Exception {
        var random = new Random(seed);
        Budget ofRun = random(random, 60);
        Budget ofEach = random(random, 25);
        Runaway model = model(seed);
        RunView view = run(model, ofRun, ofEach);
        int atOnce = mostAtOnce(view);
        holds(ofRun, spent(view, step -> true), atOnce, "the run, seed " + seed);
        for (String scope : scopes(view)) {
            Spending spent = spent(view, step -> step.startsWith(scope));
            holds(ofEach, spent, atOnce, "'" + scope + "', seed " + seed);
        }
    }

    private static Budget random(Random random, int turns) {
        return switch (random.nextInt(3)) {
            case 0 -> Budget.turns(1 + random.nextInt(turns));
            case 1 -> Budget.tokens(1 + random.nextInt(turns * 100));
            default -> Budget.turns(1 + random.nextInt(turns)).withTokens(1 + random.nextInt(turns * 100));
        };
    }

    /** What agents do follows from the seed, who they are, and how far they are. */
    private static Runaway model(int seed) {
        var model = new Runaway();
        model.usage = request -> {
            var random = random(seed, request);
            int total = 50 + random.nextInt(LARGEST_REPLY - 49);
            return new Usage(total - 10, 10);
        };
        for (String name : NAMES) {
            model.others.put(name, request -> calls(random(seed, request), request));
        }
        return model;
    }

    private static Random random(int seed, ModelRequest request) {
        return new Random(Objects.hash(seed, request.agent(), Runaway.turn(request)) * 31L);
    }

    private static List<ToolCall> calls(Random random, ModelRequest request) {
        int what = random.nextInt(10);
        if (what == 0) {
            return List.of();
        }
        if (what > 4) {
            return List.of(Runaway.probe(request));
        }
        var calls = new ArrayList<ToolCall>();
        int children = 1 + random.nextInt(3);
        for (int i = 0; i < children; i++) {
            String other = NAMES.get(random.nextInt(NAMES.size()));
            calls.add(Runaway.handOff(other, 100 * Runaway.turn(request) + i));
        }
        return calls;
    }

    private RunView run(Runaway model, Budget ofRun, Budget ofEach) throws InterruptedException {
        AgentRuntime runtime = AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(NAMES.stream()
                                .map(name -> AgentDefinition.of(name, "Works", "You work.")
                                        .withTools("Agent", "Probe"))
                                .toList())
                        .build())
                .model(model)
                .budget(ofEach)
                .tools(new Bench.Probe("Probe", Effect.READ_ONLY, call -> new ToolResult.Text("well")))
                .workspace(workspace)
                .retries(RetryPolicy.none())
                .policy(Policy.acceptEdits().with(Rule.allow("Probe", "test"), Rule.allow("Agent", "test")))
                .build();
        var graph = Graph.builder("g")
                .channels(Bench.TASK)
                .node("work", runtime.agent("a").reads(Bench.TASK))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(
                            graph,
                            State.of(Bench.TASK, "Go"),
                            RunOptions.defaults().withBudget(ofRun))
                    .await()
                    .view();
        }
    }

    private static void holds(Budget budget, Spending spent, int atOnce, String what) {
        budget.turns()
                .ifPresent(
                        most -> assertThat(spent.turns()).as("turns of " + what).isLessThanOrEqualTo(most));
        budget.tokens()
                .ifPresent(most -> assertThat(spent.tokens())
                        .as("tokens of " + what)
                        .isLessThan(most + (long) atOnce * LARGEST_REPLY));
    }

    /** How many agents were at work at once, at most: no more than that may have gone beyond what was set aside for them. */
    private static int mostAtOnce(RunView view) {
        var last = new TreeMap<String, Long>();
        for (RunEvent.Recorded each : view.entries()) {
            if (each.entry().fact() instanceof Fact.StepFinished step) {
                AgentStep.find(step.step()).ifPresent(found -> last.put(found.scope(), each.offset()));
            }
        }
        var now = new TreeSet<String>();
        int most = 1;
        for (RunEvent.Recorded each : view.entries()) {
            if (each.entry().fact() instanceof Fact.StepStarted step) {
                AgentStep.find(step.step()).ifPresent(found -> now.add(found.scope()));
            }
            most = Math.max(most, now.size());
            now.removeIf(scope -> last.getOrDefault(scope, Long.MAX_VALUE) <= each.offset());
        }
        return most;
    }

    /** The scopes of all agents that worked: empty for the first. */
    private static TreeSet<String> scopes(RunView view) {
        var scopes = new TreeSet<String>();
        for (Fact.StepStarted step : view.facts(Fact.StepStarted.class)) {
            AgentStep.find(step.step())
                    .filter(each -> each.kind() == AgentStep.Kind.AGENT)
                    .ifPresent(each -> scopes.add(each.scope()));
        }
        return scopes;
    }

    private static Spending spent(RunView view, Predicate<String> steps) {
        Map<String, Spending> each = new TreeMap<>();
        for (Fact.StepFinished step : view.facts(Fact.StepFinished.class)) {
            step.spent().filter(any -> steps.test(step.step())).ifPresent(spent -> each.put(step.step(), spent));
        }
        return each.values().stream().reduce(Spending.none(), Spending::plus);
    }
}
