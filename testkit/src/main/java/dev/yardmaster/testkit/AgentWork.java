package dev.yardmaster.testkit;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent did on one task, read from a run's journal.
 *
 * @param at the execution it worked in
 * @param scope empty, or the scopes of the agents it worked for, ending in a slash
 * @param profile who worked, on which model, with which tools
 * @param replies what its model replied, by turn
 * @param calls its tool calls, by turn and place in the reply
 * @param checklist what it could last show for its checklist; empty when it has none, or was not asked yet
 */
public record AgentWork(
        NodePath at,
        String scope,
        AgentProfile profile,
        List<ModelReply> replies,
        List<ToolUse> calls,
        Optional<ChecklistReport> checklist) {

    /** Whose steps they are: agents in one execution differ by their scopes. */
    private record Place(NodePath at, String scope) {}

    public AgentWork {
        replies = List.copyOf(replies);
        calls = List.copyOf(calls);
    }

    /** All agents' work in a run, in the order they began. */
    public static List<AgentWork> in(RunView view) {
        var works = new LinkedHashMap<Place, Reading>();
        for (RunEvent.Recorded recorded : view.entries()) {
            Fact fact = recorded.entry().fact();
            String name = fact instanceof Fact.StepStarted started
                    ? started.step()
                    : fact instanceof Fact.StepFinished finished ? finished.step() : "";
            AgentStep.find(name)
                    .ifPresent(step -> works.computeIfAbsent(
                                    new Place(recorded.entry().at(), step.scope()), place -> new Reading())
                            .add(step, fact));
        }
        var read = new ArrayList<AgentWork>();
        works.forEach((place, reading) -> reading.work(place).ifPresent(read::add));
        return read;
    }

    public String agent() {
        return profile.agent();
    }

    /** The words of its last reply; empty when there was none. */
    public String words() {
        return replies.isEmpty() ? "" : replies.getLast().message().text();
    }

    /** Gathers the steps of one agent's work. */
    private static final class Reading {

        private static final Comparator<AgentStep> BY_PLACE =
                Comparator.comparingInt(AgentStep::turn).thenComparingInt(step -> step.call());

        private Optional<AgentProfile> profile = Optional.empty();
        private Optional<ChecklistReport> checklist = Optional.empty();
        private final List<ModelReply> replies = new ArrayList<>();
        private final Map<AgentStep, ToolCall> calls = new LinkedHashMap<>();
        private final Map<AgentStep, Decision> decisions = new LinkedHashMap<>();
        private final Map<AgentStep, ToolResult> results = new LinkedHashMap<>();

        void add(AgentStep step, Fact fact) {
            if (fact instanceof Fact.StepStarted started && isOfCall(step)) {
                calls.put(call(step), started.input().as(ToolCall.class));
            }
            if (fact instanceof Fact.StepFinished finished) {
                finished.output().ifPresent(output -> output(step, output));
            }
        }

        private void output(AgentStep step, Json output) {
            if (step.kind() == AgentStep.Kind.AGENT) {
                profile = Optional.of(output.as(AgentProfile.class));
            } else if (step.kind() == AgentStep.Kind.MODEL) {
                replies.add(output.as(ModelReply.class));
            } else if (step.kind() == AgentStep.Kind.DECISION) {
                decisions.put(call(step), output.as(Decision.class));
            } else if (step.kind() == AgentStep.Kind.CALL) {
                results.put(step, output.as(ToolResult.class));
            } else if (step.kind() == AgentStep.Kind.CHECKLIST) {
                checklist = Optional.of(output.as(ChecklistReport.class));
            }
        }

        private static boolean isOfCall(AgentStep step) {
            return step.kind() == AgentStep.Kind.CALL || step.kind() == AgentStep.Kind.DECISION;
        }

        private static AgentStep call(AgentStep step) {
            return new AgentStep(step.scope(), AgentStep.Kind.CALL, step.turn(), step.call());
        }

        Optional<AgentWork> work(Place place) {
            List<ToolUse> uses = calls.keySet().stream()
                    .sorted(BY_PLACE)
                    .map(step -> new ToolUse(
                            step.turn(),
                            step.call(),
                            calls.get(step),
                            Optional.ofNullable(decisions.get(step)),
                            Optional.ofNullable(results.get(step))))
                    .toList();
            return profile.map(who -> new AgentWork(place.at(), place.scope(), who, replies, uses, checklist));
        }
    }
}
