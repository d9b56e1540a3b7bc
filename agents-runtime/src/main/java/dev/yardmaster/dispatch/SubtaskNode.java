package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.AgentStoppedException;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.agent.NoToolsException;
import dev.yardmaster.agent.UnfitAnswerException;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.BudgetExhaustedException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.NoModelException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A subtask with the agent whose turn it is to try it. An agent that is stopped is an outcome, which the graph decides
 * about; trouble that is not the agent's (a model that cannot be reached, an interrupt, a run whose budget is used up) fails
 * the node, so that the run can be resumed.
 */
record SubtaskNode(AgentRuntime runtime, RoutedSubtask routed, Budget budget, Optional<PlanWorktrees> worktrees)
        implements Node {

    @Override
    public Update run(State state, NodeContext context) throws Exception {
        RoutedPlan plan = state.get(Planning.PLAN);
        List<Attempt> attempts = plan.of(state.get(Planning.ATTEMPTS));
        return Update.of(Planning.ATTEMPTS, List.of(attempt(plan, attempts, state, context)));
    }

    private Attempt attempt(RoutedPlan plan, List<Attempt> attempts, State state, NodeContext context)
            throws Exception {
        Subtask subtask = routed.subtask();
        List<String> missing = subtask.after().stream()
                .filter(id -> Attempt.last(attempts, id).filter(Attempt::isDone).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            String why = "not begun: " + String.join(", ", missing) + " was not done";
            return new Attempt(plan.round(), routed.id(), Optional.empty(), Attempt.Status.SKIPPED, why, List.of());
        }
        int tried = (int) attempts.stream()
                .filter(attempt -> attempt.subtask().equals(routed.id()))
                .count();
        PlanWorktrees.Work work = (place, told) -> worked(place, plan, tried, told, state, context);
        return worktrees.isPresent()
                ? worktrees.get().attempt(routed, tried, state, context, work)
                : work.in(runtime, "");
    }

    /** @param told what its agent is to know of the place it works in */
    private Attempt worked(
            AgentRuntime place, RoutedPlan plan, int tried, String told, State state, NodeContext context)
            throws Exception {
        String agent = routed.candidates().get(tried);
        List<Attempt> attempts = plan.of(state.get(Planning.ATTEMPTS));
        String part = PlanPrompts.part(plan, routed.subtask(), attempts);
        try {
            AgentResult result = place.agent(accepting(runtime.catalog().get(agent)))
                    .budget(budget)
                    .prompt(any -> told.isEmpty() ? part : part + "\n\n" + told)
                    .work(state, context);
            return new Attempt(
                    plan.round(), routed.id(), Optional.of(agent), Attempt.Status.DONE, result.text(), open(result));
        } catch (BudgetExhaustedException e) {
            throwIfOfTheRun(context);
            return failed(plan, agent, e);
        } catch (AgentStoppedException | UnfitAnswerException | NoToolsException | NoModelException e) {
            return failed(plan, agent, e);
        }
    }

    private static void throwIfOfTheRun(NodeContext context) {
        context.allowance().exhausted().ifPresent(gone -> {
            throw gone;
        });
    }

    private Attempt failed(RoutedPlan plan, String agent, YardmasterException e) {
        return new Attempt(
                plan.round(),
                routed.id(),
                Optional.of(agent),
                Attempt.Status.FAILED,
                String.valueOf(e.getMessage()),
                List.of());
    }

    /** The agent with the acceptance on its checklist: it has to show that it is met, if it has tools to show it by. */
    private AgentDefinition accepting(AgentDefinition agent) {
        if (runtime.toolsOf(agent).tools().isEmpty()) {
            return agent;
        }
        return agent.withChecklist(
                Stream.concat(agent.checklist().items().stream(), routed.subtask().acceptance().stream())
                        .toArray(String[]::new));
    }

    private List<String> open(AgentResult result) {
        return result.checklist().map(ChecklistReport::open).orElse(List.of()).stream()
                .map(ChecklistReport.Item::item)
                .toList();
    }

    @Override
    public String kind() {
        return "agent";
    }

    @Override
    public List<Channel<?>> writes() {
        return List.of(Planning.ATTEMPTS);
    }
}
