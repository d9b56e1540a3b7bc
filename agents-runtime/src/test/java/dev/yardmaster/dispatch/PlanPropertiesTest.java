package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.ScriptedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated plans; a failure names its seed, and {@code -Dyardmaster.seed=N} runs that one alone. */
class PlanPropertiesTest {

    private static final int PLANS = 500;

    @TempDir
    Path workspace;

    AgentRuntime runtime() {
        return AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(List.of(
                                AgentDefinition.of("reviewer", "Reviews", "You review.")
                                        .withTools("Read", "Grep"),
                                AgentDefinition.of("builder", "Builds", "You build.")))
                        .build())
                .model(ScriptedModel.replies("nobody", "nothing"))
                .workspace(workspace)
                .build();
    }

    static LongStream seeds() {
        Long one = Long.getLong("yardmaster.seed");
        return one == null ? LongStream.rangeClosed(1, PLANS) : LongStream.of(one);
    }

    /** Subtasks in an order of their own, which come after some of those that are before them in another. */
    static List<Subtask> subtasks(SplittableRandom random) {
        int size = 1 + random.nextInt(10);
        var subtasks = new ArrayList<Subtask>();
        for (int i = 0; i < size; i++) {
            var after = new TreeSet<String>();
            for (int j = random.nextInt(3); j > 0 && i > 0; j--) {
                after.add("t" + random.nextInt(i));
            }
            subtasks.add(new Subtask(
                    "t" + i,
                    "Do " + i,
                    Optional.of(random.nextBoolean() ? "reviewer" : "builder"),
                    List.copyOf(after),
                    List.of("done"),
                    List.of("out")));
        }
        for (int i = size - 1; i > 0; i--) {
            subtasks.add(subtasks.remove(random.nextInt(i + 1)));
        }
        return subtasks;
    }

    /** Runs a plan in a random order of completions and compares at each moment what runs with what may. */
    private static void run(RoutedPlan plan, AgentRuntime runtime, PlanOptions options, SplittableRandom random) {
        State input = State.of(Planning.PLAN, plan);
        Progress progress = Progress.first(PlanGraph.of(plan, runtime, options), input);
        var running = new ArrayList<>(progress.ready());
        var done = new HashSet<String>();
        var begun = new HashSet<String>();
        while (!running.isEmpty()) {
            List<String> now = running.stream().map(Execution::node).toList();
            assertThat(begun.addAll(now) || now.stream().allMatch(begun::contains))
                    .isTrue();
            if (!now.contains(PlanGraph.BEGIN)) {
                assertThat(new TreeSet<>(now)).isEqualTo(mayRun(plan, options, done, new HashSet<>(now)));
            }
            Execution next = running.remove(random.nextInt(running.size()));
            Update update = next.node().equals(PlanGraph.BEGIN) ? Update.none() : done(plan, next.node());
            progress.complete(next, update, next.choose(update));
            done.add(next.node());
            running.addAll(progress.ready());
        }
        assertThat(progress.isOver()).isTrue();
        assertThat(progress.result().orElseThrow().get(Planning.ATTEMPTS))
                .extracting(Attempt::subtask)
                .containsExactlyInAnyOrderElementsOf(
                        plan.subtasks().stream().map(RoutedSubtask::id).toList());
    }

    private static Update done(RoutedPlan plan, String id) {
        return Update.of(
                Planning.ATTEMPTS,
                List.of(new Attempt(
                        plan.round(), id, Optional.of("builder"), Attempt.Status.DONE, "did " + id, List.of())));
    }

    /** What reads runs as soon as what it comes after is done; of what changes something, one at a time without worktrees. */
    private static Set<String> mayRun(RoutedPlan plan, PlanOptions options, Set<String> done, Set<String> running) {
        List<RoutedSubtask> open = plan.subtasks().stream()
                .filter(each -> !done.contains(each.id()))
                .filter(each -> done.containsAll(each.subtask().after()))
                .toList();
        Set<String> may = open.stream()
                .filter(each -> options.worktrees() || !each.changing())
                .map(RoutedSubtask::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (options.worktrees()) {
            return may;
        }
        List<String> changing = open.stream()
                .filter(RoutedSubtask::changing)
                .map(RoutedSubtask::id)
                .toList();
        List<String> atWork = changing.stream().filter(running::contains).toList();
        assertThat(atWork).as("changing at once").hasSizeLessThanOrEqualTo(1);
        may.addAll(atWork);
        return may;
    }

    @Test
    void run_in_order_side_by_side_where_they_can_be_and_never_two_that_change_something() {
        run(PlanOptions.defaults());
    }

    @Test
    void with_worktrees_run_as_soon_as_what_they_come_after_is_done() {
        run(PlanOptions.defaults().withWorktrees());
    }

    private void run(PlanOptions options) {
        AgentRuntime runtime = runtime();
        seeds().forEach(seed -> {
            var random = new SplittableRandom(seed);
            List<Subtask> subtasks = subtasks(random);
            Dispatcher dispatcher = Dispatcher.lexical(runtime);
            var found = new PlanRouting(runtime, dispatcher, options.maxSubtasks())
                    .ranked(new Plan(subtasks).subtasks(), dispatcher.checksOfParts(BudgetCheck.none(runtime)));
            assertThat(found.problems()).as("seed " + seed).isEmpty();
            try {
                run(new RoutedPlan("goal", 1, found.subtasks()), runtime, options, random);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " (replay with -Dyardmaster.seed=" + seed + "): " + e.getMessage() + "\n"
                                + subtasks,
                        e);
            }
        });
    }

    @Test
    void with_a_circle_an_unknown_name_or_a_double_one_are_refused_with_a_message() {
        seeds().forEach(seed -> {
            var random = new SplittableRandom(seed);
            var subtasks = new ArrayList<>(subtasks(random));
            int at = random.nextInt(subtasks.size());
            Subtask spoilt = subtasks.get(at);
            String said = switch (random.nextInt(4)) {
                case 0 -> {
                    subtasks.add(PlanTest.subtask("back", spoilt.id()));
                    subtasks.set(at, after(spoilt, "back"));
                    yield "wait for each other";
                }
                case 1 -> {
                    subtasks.set(at, after(spoilt, "nobody"));
                    yield "'nobody', which is no subtask";
                }
                case 2 -> {
                    subtasks.add(spoilt);
                    yield "two subtasks are called '" + spoilt.id() + "'";
                }
                default -> {
                    subtasks.set(at, after(spoilt, spoilt.id()));
                    yield "comes after itself";
                }
            };
            assertThat(PlanTest.problems(subtasks.toArray(Subtask[]::new)))
                    .as("seed " + seed)
                    .anyMatch(problem -> problem.contains(said));
        });
    }

    private static Subtask after(Subtask subtask, String more) {
        var after = new ArrayList<>(subtask.after());
        after.add(more);
        return new Subtask(
                subtask.id(), subtask.task(), subtask.specialist(), after, subtask.acceptance(), subtask.outputs());
    }
}
