package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.Effect;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.worktree.Change;
import dev.yardmaster.worktree.MergedWork;
import dev.yardmaster.worktree.RecordedWork;
import dev.yardmaster.worktree.Worktree;
import dev.yardmaster.worktree.Worktrees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The git worktrees of a plan's subtasks. Each begins with what was in the workspace when the plan began, and with what the
 * subtasks did that it comes after: with nothing else, however long the others take. All is merged when all are over, in the
 * plan's order, so that what comes of it does not depend on who was done first.
 */
record PlanWorktrees(AgentRuntime runtime, RoutedPlan plan) {

    /** The workspace as it was when a plan began, as a commit. */
    static final Channel<String> START = Channel.of("start", String.class);

    /** Before all subtasks. */
    Update begin(State state, NodeContext context) throws Exception {
        String commit = context.step(
                "worktree/start",
                String.class,
                plan.round(),
                Effect.IDEMPOTENT,
                () -> worktrees().snapshot(run(context), "start-" + plan.round()));
        return Update.of(START, commit);
    }

    private Worktrees worktrees() throws InterruptedException {
        return Worktrees.of(runtime.workspace());
    }

    private static String run(NodeContext context) {
        return context.run().value();
    }

    /** Work on a subtask, somewhere. */
    @FunctionalInterface
    interface Work {
        Attempt in(AgentRuntime place, String told) throws Exception;
    }

    /** Whether a subtask works in the workspace: it changes nothing, and comes after nobody who does. */
    private boolean staysInWorkspace(RoutedSubtask subtask) {
        return !subtask.changing() && before(subtask).stream().noneMatch(RoutedSubtask::changing);
    }

    /** Has an attempt made, in a worktree where it needs one. @param tried how many there were before it */
    Attempt attempt(RoutedSubtask subtask, int tried, State state, NodeContext context, Work work) throws Exception {
        if (staysInWorkspace(subtask)) {
            return work.in(runtime, "");
        }
        Base base = context.step(
                "worktree/base", Base.class, subtask.id(), Effect.IDEMPOTENT, () -> base(subtask, tried, state));
        String name = (plan.round() == 1 ? "" : plan.round() + "-") + subtask.id() + (tried == 0 ? "" : "-" + tried);
        var recorded = RecordedWork.of(runtime.workspace(), context);
        Worktree worktree = recorded.open(base.commit(), () -> worktrees().open(run(context), name, base.commit()));
        Attempt attempt = work.in(runtime.in(worktree), base.told());
        Change change =
                recorded.close(worktree, subtask.id() + ": " + subtask.subtask().task());
        return attempt.leaving(change);
    }

    /** What a worktree begins with. @param told what its agent is to know of it */
    record Base(String commit, String told) {}

    private Base base(RoutedSubtask subtask, int tried, State state) throws InterruptedException {
        List<Attempt> attempts = plan.of(state.get(Planning.ATTEMPTS));
        if (tried > 0) {
            Optional<Change> own = Attempt.last(attempts, subtask.id()).flatMap(Attempt::change);
            if (own.isPresent()) {
                return new Base(own.get().commit(), "");
            }
        }
        List<Change> changes = before(subtask).stream()
                .flatMap(each -> Attempt.last(attempts, each.id()).stream())
                .flatMap(attempt -> attempt.change().stream())
                .filter(change -> !change.isEmpty())
                .toList();
        Worktrees.Together together = worktrees().together(state.get(START), changes);
        String told = together.left().stream()
                .map(change -> "What is on the branch " + change.branch() + " ('git show " + change.branch()
                        + "') was done before you, too, and is not in your workspace: it conflicts with the rest in "
                        + String.join(", ", change.files()) + ".")
                .collect(Collectors.joining("\n"));
        return new Base(together.commit(), told);
    }

    /** All that a subtask comes after, over others too, in an order in which they can be done. */
    private List<RoutedSubtask> before(RoutedSubtask subtask) {
        Set<String> needed = new LinkedHashSet<>(subtask.subtask().after());
        List<RoutedSubtask> ordered = PlanGraph.inOrder(plan);
        for (RoutedSubtask each : ordered.reversed()) {
            if (needed.contains(each.id())) {
                needed.addAll(each.subtask().after());
            }
        }
        return ordered.stream().filter(each -> needed.contains(each.id())).toList();
    }

    /** When all are over: what was done is merged into the workspace, one after the other. */
    Update merge(State state, NodeContext context) throws Exception {
        List<Attempt> attempts = plan.of(state.get(Planning.ATTEMPTS));
        var inWorkspace = new ArrayList<String>();
        inWorkspace.add(state.get(START));
        var conflicts = new ArrayList<Attempt>();
        for (RoutedSubtask each : PlanGraph.inOrder(plan)) {
            List<Attempt> own = attempts.stream()
                    .filter(attempt -> attempt.subtask().equals(each.id()))
                    .filter(attempt -> attempt.change().isPresent())
                    .toList();
            if (!own.isEmpty()) {
                merged(own, inWorkspace, context.scope(each.id())).ifPresent(conflicts::add);
            }
        }
        context.step("worktree/end", String.class, state.get(START), Effect.IDEMPOTENT, () -> {
            worktrees().forget(run(context), "start-" + plan.round());
            return "";
        });
        return conflicts.isEmpty() ? Update.none() : Update.of(Planning.ATTEMPTS, conflicts);
    }

    /** Merges what the attempts at one subtask came to. @return that it conflicts, if it does */
    private Optional<Attempt> merged(List<Attempt> own, List<String> inWorkspace, NodeContext context)
            throws Exception {
        Attempt last = own.getLast();
        Change change = last.change().orElseThrow();
        List<String> earlier = own.subList(0, own.size() - 1).stream() // of no more use
                .map(each -> each.change().orElseThrow().branch())
                .toList();
        var recorded = new RecordedWork(runtime.workspace(), context, earlier);
        MergedWork merged = last.isDone()
                ? recorded.merge(change, inWorkspace, runtime.keeper(context.run()))
                : recorded.leave(change);
        if (last.isDone() && !change.isEmpty() && merged.conflicts().isEmpty()) {
            inWorkspace.add(change.commit());
        }
        return merged.conflicts().isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempt(
                        plan.round(), last.subtask(), last.agent(), Attempt.Status.CONFLICT, merged.told(), List.of()));
    }
}
