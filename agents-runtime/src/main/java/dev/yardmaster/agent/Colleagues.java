package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.Spending;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.BudgetExhaustedException;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.tool.Liaison;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.worktree.MergedWork;
import dev.yardmaster.worktree.NoWorktreeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whom one call of an agent turns to. What they do is recorded in scopes below that call's step: {@code
 * turn/3/call/1/colleague}, {@code turn/3/call/1/page} and {@code turn/3/call/1/person}.
 */
final class Colleagues implements Liaison {

    /** How many agents may work for others at once in a runtime; as the format has it. */
    static final int AT_ONCE = 20;

    private final Agent agent;
    private final HookPoints hooks;
    private final NodeContext context;
    private final String step;
    private final CallOrder order;

    Colleagues(Agent agent, HookPoints hooks, NodeContext context, String step, CallOrder order) {
        this.order = order;
        this.agent = agent;
        this.hooks = hooks;
        this.context = context;
        this.step = step;
    }

    @Override
    public ToolResult handOff(String name, String task, String model) throws InterruptedException {
        return handOff(name, task, model, List.of(), false);
    }

    @Override
    public ToolResult handOffApart(String name, String task, String model) throws InterruptedException {
        return handOff(name, task, model, List.of(), true);
    }

    @Override
    public Optional<ToolResult> handOver(String name, String task, String model, List<String> without)
            throws InterruptedException {
        return names().contains(name) && mayUnasked(name, task)
                ? Optional.of(handOff(name, task, model, without, false))
                : Optional.empty();
    }

    /** Whether a call that says the same would run without a person being asked. */
    private boolean mayUnasked(String name, String task) {
        Tool handing = agent.tools().find(Granted.HAND_OFF).orElseThrow();
        var call = new ToolCall(
                "", handing.name(), Json.of(Map.of("subagent_type", name, "description", "a skill", "prompt", task)));
        return agent.policy().decide(handing, call, agent.workspace()).behavior() == Decision.Behavior.ALLOW;
    }

    private List<String> names() {
        return agent.post().colleagues(agent).stream()
                .map(AgentDefinition::name)
                .toList();
    }

    private ToolResult handOff(String name, String task, String model, List<String> without, boolean apart)
            throws InterruptedException {
        List<String> names = names();
        if (!names.contains(name)) {
            return new ToolResult.Rejected("there is no colleague '" + name + "' whom you may ask"
                    + DidYouMean.hint(name, names) + "; there are "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        var seats = agent.equipment().seats();
        if (!seats.tryAcquire()) {
            return new ToolResult.Rejected(
                    AT_ONCE + " agents work for others already; go on yourself, or ask again when one of them is done");
        }
        Ending ending;
        try {
            Agent colleague = agent.post().called(agent, name, model, without);
            if (apart || colleague.isIsolated()) {
                ending = apart(colleague, task);
            } else {
                ToolResult result = result(colleague, task);
                ending = () -> result;
            }
        } catch (BudgetExhaustedException e) {
            throw e;
        } catch (YardmasterException e) {
            return failed(name, String.valueOf(e.getMessage()), Spending.none());
        } finally {
            seats.release();
        }
        return ending.result();
    }

    /** What is still to be done when a colleague's work is over. */
    @FunctionalInterface
    private interface Ending {
        ToolResult result() throws InterruptedException;
    }

    /** In a worktree, which is merged into the caller's workspace, or, where the work comes to nothing, left on its branch. */
    private Ending apart(Agent colleague, String task) throws InterruptedException {
        try {
            var apart = new WorkApart(
                    colleague,
                    agent.workspace(),
                    CallKeeper.of(agent, context).keeper(),
                    context.scope(AgentStep.apart(step)));
            order.begun(step);
            ToolResult result = result(apart.agent(), task);
            return () -> ended(apart, result);
        } catch (NoWorktreeException e) {
            var rejected =
                    new ToolResult.Rejected("'" + colleague.name() + "' is to work in a worktree: " + e.getMessage());
            return () -> rejected;
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("steps of a worktree throw nothing else", e);
        }
    }

    private ToolResult ended(WorkApart apart, ToolResult result) throws InterruptedException {
        try {
            order.awaitTurn(step);
            return switch (result) {
                case ToolResult.Text text -> text.withText(told(text.text(), apart.merge()));
                case ToolResult.Failed failed ->
                    new ToolResult.Failed(told(failed.why(), apart.leave()), failed.spent());
                default -> result;
            };
        } catch (NoWorktreeException e) {
            return new ToolResult.Failed("what was done is in the worktree '" + apart.folder()
                    + "' and could not be merged: " + e.getMessage());
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("steps of a worktree throw nothing else", e);
        }
    }

    private static String told(String result, MergedWork merged) {
        String more = merged.told();
        return more.isEmpty() ? result : result + "\n\n(" + more + ")";
    }

    private ToolResult result(Agent colleague, String task) throws InterruptedException {
        Assignment work = colleague.assignment(
                Optional.empty(), context.scope(step + "/colleague"), Optional.of(hooks.session()));
        try {
            AgentResult result =
                    work.on(new Opening.Brief(task, Optional.empty())).result();
            return new ToolResult.Text(told(result)).withSpent(result.spent());
        } catch (YardmasterException e) {
            Optional<BudgetExhaustedException> own = context.allowance().exhausted();
            if (e instanceof BudgetExhaustedException && own.isPresent()) {
                throw own.get(); // once there is more, the colleague goes on where it was
            }
            return failed(colleague.name(), String.valueOf(e.getMessage()), work.spent());
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return failed(colleague.name(), e.toString(), work.spent());
        }
    }

    @Override
    public Optional<ToolResult.Text> read(String text, String question) throws InterruptedException {
        Optional<Agent> reader = agent.post().runtime().readingFor(agent);
        if (reader.isEmpty()) {
            return Optional.empty();
        }
        String recorded = recorded(text, question);
        return result(reader.get(), PageReader.task(recorded, question)) instanceof ToolResult.Text answer
                ? Optional.of(answer)
                : Optional.empty();
    }

    private String recorded(String text, String question) throws InterruptedException {
        try {
            return context.scope(step + "/page").step("text", String.class, question, Effect.READ_ONLY, () -> text);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a text cannot fail", e);
        }
    }

    private static ToolResult failed(String name, String why, Spending spent) {
        return new ToolResult.Failed("agent '" + name + "' did not come to an end: " + why, Optional.of(spent));
    }

    private static String told(AgentResult result) {
        String open = result.checklist().map(ChecklistReport::open).orElse(List.of()).stream()
                .map(item -> "- " + item.item() + (item.note().isEmpty() ? "" : " (" + item.note() + ")"))
                .collect(Collectors.joining("\n"));
        return result.text() + (open.isEmpty() ? "" : "\n\nOpen on its checklist:\n" + open);
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        NodeContext person = context.scope(step + "/person");
        notify(question, person);
        return person.ask(question);
    }

    private void notify(Question question, NodeContext person) throws InterruptedException {
        try {
            hooks.asks(question.text(), person);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("hooks fail by their answers alone", e);
        }
    }
}
