package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.routing.Match;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whom a call hands a subtask to that does not say so, before anybody decides about the call: rules about {@code
 * Agent(name)}, hooks and people see the name. Not thread-safe.
 */
final class HandingOn {

    private static final String TO = "subagent_type";

    /** Who does whatever it is, in the format; here, whoever fits. */
    private static final String ANYBODY = "general-purpose";

    private final Agent agent;
    private final NodeContext context;
    private Spending spent = Spending.none();

    HandingOn(Agent agent, NodeContext context) {
        this.agent = agent;
        this.context = context;
    }

    /**
     * A call that names somebody, where that is needed.
     *
     * @param refusal what the model is told instead of a result; empty when the call can be decided about
     * @param told what it is told with the result
     */
    record Named(ToolCall call, Optional<String> refusal, String told) {

        private static Named as(ToolCall call) {
            return new Named(call, Optional.empty(), "");
        }

        private static Named refused(ToolCall call, String why) {
            return new Named(call, Optional.of(why), "");
        }
    }

    /** What it took to decide since this was asked last. */
    Spending settled() {
        Spending since = spent;
        spent = Spending.none();
        return since;
    }

    /** @param step the call's; the decision is recorded in a scope below it */
    Named named(String step, ToolCall call) throws Exception {
        Optional<Tool> tool = agent.granted()
                .tools()
                .find(call.name())
                .filter(each -> each.name().equals(Granted.HAND_OFF));
        if (tool.isEmpty() || !isForAnybody(call) || !fits(tool.get(), call)) {
            return Named.as(call);
        }
        Set<String> may = mayBeAsked(tool.get(), call);
        if (may.isEmpty()) {
            return Named.refused(call, "there is no colleague whom you may ask; do it yourself");
        }
        String task = call.arguments().as(JsonNode.class).path("prompt").asText();
        String model = call.arguments().as(JsonNode.class).path("model").asText();
        Referral.Referred referred = agent.post()
                .runtime()
                .referral()
                .refer(
                        new Referral.Request(
                                task,
                                may::contains,
                                name -> agent.post()
                                        .called(agent, name, model, List.of())
                                        .profile()),
                        context.scope(AgentStep.referral(step)));
        spent = spent.plus(referred.spent());
        Match match = referred.match();
        return match.chosen()
                .map(name -> new Named(
                        to(name, call),
                        Optional.empty(),
                        "(" + name + " was asked, since you named nobody: " + match.reason() + ")"))
                .orElseGet(() -> Named.refused(call, nobody(match, may)));
    }

    private boolean isForAnybody(ToolCall call) {
        JsonNode arguments = call.arguments().as(JsonNode.class);
        String name = arguments == null ? "" : arguments.path(TO).asText("").strip();
        boolean there = agent.post().runtime().catalog().all().stream()
                .map(AgentDefinition::name)
                .anyMatch(ANYBODY::equals);
        return name.isEmpty() || name.equals(ANYBODY) && !there;
    }

    /** Whether it is a call but for the name; if not, that is said of it first. */
    private boolean fits(Tool tool, ToolCall call) {
        try {
            tool.accesses(to(ANYBODY, call), agent.workspace());
            return true;
        } catch (InvalidArgumentsException | ClassCastException e) {
            return false;
        }
    }

    /** The colleagues whom no rule keeps from being asked. */
    private Set<String> mayBeAsked(Tool tool, ToolCall call) {
        var may = new LinkedHashSet<String>();
        for (AgentDefinition each : agent.post().colleagues(agent)) {
            Decision decision = agent.policy().decide(tool, to(each.name(), call), agent.workspace());
            if (decision.behavior() != Decision.Behavior.DENY) {
                may.add(each.name());
            }
        }
        return may;
    }

    private static ToolCall to(String name, ToolCall call) {
        ObjectNode arguments = call.arguments().as(ObjectNode.class);
        arguments.put(TO, name);
        return new ToolCall(call.id(), call.name(), Json.of((JsonNode) arguments));
    }

    private static String nobody(Match match, Set<String> may) {
        return "nobody fits this subtask well enough: " + match.reason() + ". You may ask "
                + String.join(", ", List.copyOf(may)) + ": name one as " + TO
                + ", say more of what is to be done, or do it yourself";
    }
}
