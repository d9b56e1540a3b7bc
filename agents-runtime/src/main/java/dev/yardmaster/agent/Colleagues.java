package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.tool.Liaison;
import dev.yardmaster.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whom one call of an agent turns to. What they do is recorded in scopes below that call's step: {@code
 * turn/3/call/1/colleague} and {@code turn/3/call/1/person}.
 */
final class Colleagues implements Liaison {

    /** How many agents may work for others at once in a runtime; as the format has it. */
    static final int AT_ONCE = 20;

    private final Agent agent;
    private final NodeContext context;
    private final String step;

    Colleagues(Agent agent, NodeContext context, String step) {
        this.agent = agent;
        this.context = context;
        this.step = step;
    }

    @Override
    public ToolResult handOff(String name, String task, String model) throws InterruptedException {
        List<String> names = agent.post().colleagues(agent).stream()
                .map(AgentDefinition::name)
                .toList();
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
        try {
            return result(agent.post().called(agent, name, model), task);
        } catch (YardmasterException e) {
            return new ToolResult.Failed("agent '" + name + "' did not come to an end: " + e.getMessage());
        } finally {
            seats.release();
        }
    }

    private ToolResult result(Agent colleague, String task) throws InterruptedException {
        try {
            AgentResult result = colleague
                    .work(task, Optional.empty(), Optional.empty(), context.scope(step + "/colleague"))
                    .result();
            return new ToolResult.Text(told(result), List.of(), Optional.of(result.usage()));
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return new ToolResult.Failed("agent '" + colleague.name() + "' did not come to an end: " + e);
        }
    }

    private static String told(AgentResult result) {
        String open = result.checklist().map(ChecklistReport::open).orElse(List.of()).stream()
                .map(item -> "- " + item.item() + (item.note().isEmpty() ? "" : " (" + item.note() + ")"))
                .collect(Collectors.joining("\n"));
        return result.text() + (open.isEmpty() ? "" : "\n\nOpen on its checklist:\n" + open);
    }

    @Override
    public Answer ask(Question question) throws InterruptedException {
        return context.scope(step + "/person").ask(question);
    }
}
