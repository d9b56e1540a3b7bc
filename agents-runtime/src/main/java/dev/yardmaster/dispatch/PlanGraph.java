package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A plan as a graph. A subtask begins when those are over that it comes after; one that changes something begins, besides,
 * when the one before it that does is over, so that no two write into the workspace at once; with worktrees, it does not wait
 * for that. What only reads runs beside.
 */
final class PlanGraph {

    /** The node before all subtasks. */
    static final String BEGIN = "begin";

    private PlanGraph() {}

    static Graph of(RoutedPlan plan, AgentRuntime runtime, PlanOptions options) {
        Map<String, Set<String>> next = next(plan, options.worktrees());
        var worktrees =
                options.worktrees() ? Optional.of(new PlanWorktrees(runtime, plan)) : Optional.<PlanWorktrees>empty();
        GraphBuilder builder = Graph.builder("subtasks")
                .channels(Planning.PLAN, Planning.ATTEMPTS)
                .channels(options.worktrees() ? new Channel<?>[] {PlanWorktrees.START} : new Channel<?>[0])
                .node(
                        BEGIN,
                        (state, context) ->
                                worktrees.isPresent() ? worktrees.get().begin(state, context) : Update.none())
                .start(BEGIN)
                .maxIterations(plan.subtasks().stream()
                        .mapToInt(each -> each.candidates().size())
                        .max()
                        .orElse(1));
        for (RoutedSubtask each : plan.subtasks()) {
            builder.node(each.id(), new SubtaskNode(runtime, each, options.each(), worktrees));
        }
        next.get(BEGIN).forEach(id -> builder.edge(BEGIN, id));
        for (RoutedSubtask each : plan.subtasks()) {
            var targets = new ArrayList<>(next.get(each.id()));
            targets.add(each.id());
            builder.chooseAll(
                    each.id(),
                    state -> goesOn(each, state) ? List.of(each.id()) : next.get(each.id()),
                    targets.toArray(String[]::new));
        }
        return builder.build();
    }

    /** Whether another agent is to try. */
    private static boolean goesOn(RoutedSubtask subtask, State state) {
        List<Attempt> own = state.get(Planning.PLAN).of(state.get(Planning.ATTEMPTS)).stream()
                .filter(attempt -> attempt.subtask().equals(subtask.id()))
                .toList();
        return own.size() < subtask.candidates().size() && own.getLast().status() == Attempt.Status.FAILED;
    }

    /** What is said against splitting a goal that one specialist would do alone, one part after the other; empty when it is no such. */
    static Optional<String> doneAlone(RoutedPlan plan, PlanOptions options) {
        List<RoutedSubtask> row = inOrder(plan);
        String first = row.getFirst().candidates().getFirst();
        Map<String, Set<String>> next = next(plan, options.worktrees());
        boolean alone = row.size() > 1
                && row.stream().allMatch(each -> each.candidates().getFirst().equals(first))
                && IntStream.range(1, row.size())
                        .allMatch(i -> next.get(row.get(i - 1).id())
                                .contains(row.get(i).id()));
        return alone
                ? Optional.of("all " + row.size() + " subtasks are the work of '" + first
                        + "', who would do them one after another. Make them one subtask, with all that has to be true in"
                        + " the end; or name the specialist of each where they are different ones")
                : Optional.empty();
    }

    /** What begins after each subtask, and after {@link #BEGIN}. */
    private static Map<String, Set<String>> next(RoutedPlan plan, boolean apart) {
        var next = new LinkedHashMap<String, Set<String>>();
        next.put(BEGIN, new LinkedHashSet<>());
        plan.subtasks().forEach(each -> next.put(each.id(), new LinkedHashSet<>()));
        Optional<RoutedSubtask> before = Optional.empty();
        for (RoutedSubtask each : inOrder(plan)) {
            var needed = new LinkedHashSet<>(each.subtask().after());
            if (each.changing() && !apart) {
                before.map(RoutedSubtask::id).ifPresent(needed::add);
                before = Optional.of(each);
            }
            (needed.isEmpty() ? Set.of(BEGIN) : needed)
                    .forEach(id -> next.get(id).add(each.id()));
        }
        return next;
    }

    /** Those that need nothing, then those that need only these, and so on; else as in the plan. */
    static List<RoutedSubtask> inOrder(RoutedPlan plan) {
        var ordered = new ArrayList<RoutedSubtask>();
        var placed = new HashSet<String>();
        while (ordered.size() < plan.subtasks().size()) {
            List<RoutedSubtask> next = plan.subtasks().stream()
                    .filter(each -> !placed.contains(each.id()))
                    .filter(each -> placed.containsAll(each.subtask().after()))
                    .toList();
            next.forEach(each -> placed.add(each.id()));
            ordered.addAll(next);
        }
        return ordered;
    }
}
