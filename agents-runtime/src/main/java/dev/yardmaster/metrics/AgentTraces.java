package dev.yardmaster.metrics;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.metrics.KnownRun.Scope;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import io.micrometer.observation.Observation;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is observed of the agents of a run, and of other steps of its nodes. */
final class AgentTraces {

    private static final String COLLEAGUE = "/colleague/";

    private final RunTrace run;
    private final Map<Scope, AgentProfile> profiles;
    private final Map<Scope, Observation> agents = new LinkedHashMap<>();
    private final Map<StepKey, Observation> steps = new HashMap<>();

    AgentTraces(RunTrace run, KnownRun history) {
        this.run = run;
        this.profiles = new HashMap<>(history.agents());
    }

    void started(NodePath at, Fact.StepStarted started) {
        var key = new StepKey(at, started.step());
        Optional<AgentStep> step = AgentStep.find(started.step());
        if (step.isEmpty()) {
            Observation other = run.observation("yardmaster.step", "step " + started.step(), run.of(at));
            steps.put(
                    key,
                    other.highCardinalityKeyValue("yardmaster.step", started.step())
                            .start());
            return;
        }
        var scope = new Scope(at, step.get().scope());
        switch (step.get().kind()) {
            case AGENT -> agent(scope);
            case MODEL -> steps.put(key, chat(scope, step.get().turn()).start());
            case CALL ->
                steps.put(key, tool(scope, started.input().as(ToolCall.class)).start());
            default -> {}
        }
    }

    void finished(NodePath at, Fact.StepFinished finished) {
        AgentStep.find(finished.step())
                .filter(step ->
                        step.kind() == AgentStep.Kind.AGENT && finished.output().isPresent())
                .ifPresent(step -> introduced(
                        new Scope(at, step.scope()),
                        finished.output().orElseThrow().as(AgentProfile.class)));
        Observation step = steps.remove(new StepKey(at, finished.step()));
        if (step == null) {
            return;
        }
        endBelow(at, finished.step() + "/", null);
        finished.failure().ifPresent(failure -> RunTrace.fail(step, failure));
        finished.usage().ifPresent(usage -> {
            step.highCardinalityKeyValue("gen_ai.usage.input_tokens", String.valueOf(usage.inputTokens()));
            step.highCardinalityKeyValue("gen_ai.usage.output_tokens", String.valueOf(usage.outputTokens()));
            answered(step, finished);
        });
        finished.dollars()
                .ifPresent(dollars -> step.highCardinalityKeyValue("yardmaster.cost", dollars.toPlainString()));
        failedCall(finished).ifPresent(type -> step.lowCardinalityKeyValue("error.type", type));
        step.stop();
    }

    private static void answered(Observation chat, Fact.StepFinished finished) {
        finished.output()
                .filter(output -> AgentStep.find(finished.step()).isPresent())
                .flatMap(output -> output.as(ModelReply.class).model())
                .ifPresent(model -> chat.lowCardinalityKeyValue("gen_ai.response.model", model));
    }

    private static Optional<String> failedCall(Fact.StepFinished finished) {
        return AgentStep.find(finished.step())
                .filter(step -> step.kind() == AgentStep.Kind.CALL)
                .flatMap(step -> finished.output())
                .map(output -> output.as(ToolResult.class))
                .flatMap(result -> switch (result) {
                    case ToolResult.Text text -> Optional.empty();
                    case ToolResult.Rejected rejected -> Optional.of("rejected");
                    case ToolResult.Failed failed -> Optional.of("failed");
                    case ToolResult.InDoubt doubt -> Optional.of("in-doubt");
                });
    }

    private Observation chat(Scope scope, int turn) {
        return operation("gen_ai.chat", "chat", model(scope), scope)
                .lowCardinalityKeyValue("gen_ai.response.model", model(scope))
                .highCardinalityKeyValue("yardmaster.turn", String.valueOf(turn));
    }

    /** A name that its agent has not may be anything: it is no tag. */
    private Observation tool(Scope scope, ToolCall call) {
        boolean known = Optional.ofNullable(profiles.get(scope))
                .filter(profile -> profile.tools().contains(call.name()))
                .isPresent();
        return operation("gen_ai.execute_tool", "execute_tool", known ? call.name() : "unknown", scope)
                .lowCardinalityKeyValue("gen_ai.tool.name", known ? call.name() : "unknown")
                .highCardinalityKeyValue("gen_ai.tool.call.id", call.id());
    }

    private Observation operation(String name, String operation, String of, Scope scope) {
        Observation observation = run.observation(name, operation + " " + of, agent(scope))
                .lowCardinalityKeyValue("gen_ai.operation.name", operation);
        return tagged(observation, scope);
    }

    private Observation tagged(Observation observation, Scope scope) {
        Optional<AgentProfile> profile = Optional.ofNullable(profiles.get(scope));
        return observation
                .lowCardinalityKeyValue(
                        "gen_ai.agent.name", profile.map(AgentProfile::agent).orElse("unknown"))
                .lowCardinalityKeyValue("gen_ai.request.model", model(scope))
                .lowCardinalityKeyValue(
                        "gen_ai.provider.name",
                        profile.map(AgentProfile::provider).orElse("unknown"));
    }

    private String model(Scope scope) {
        return Optional.ofNullable(profiles.get(scope)).map(AgentProfile::model).orElse("unknown");
    }

    /** The agent of a scope; one whose beginning was not heard here begins now. */
    private Observation agent(Scope scope) {
        Observation known = agents.get(scope);
        if (known != null) {
            return known;
        }
        String name = Optional.ofNullable(profiles.get(scope))
                .map(profile -> " " + profile.agent())
                .orElse("");
        Observation begun = run.observation("gen_ai.invoke_agent", "invoke_agent" + name, caller(scope))
                .lowCardinalityKeyValue("gen_ai.operation.name", "invoke_agent");
        agents.put(scope, tagged(begun, scope).start());
        return begun;
    }

    private void introduced(Scope scope, AgentProfile profile) {
        profiles.put(scope, profile);
        Observation agent = agents.get(scope);
        if (agent != null) {
            agent.contextualName("invoke_agent " + profile.agent());
            tagged(agent, scope);
        }
    }

    /** The call that an agent works for; the node for one that works for nobody. */
    private Observation caller(Scope scope) {
        Observation call = scope.name().endsWith(COLLEAGUE)
                ? steps.get(new StepKey(
                        scope.node(), scope.name().substring(0, scope.name().length() - COLLEAGUE.length())))
                : null;
        return call != null ? call : run.of(scope.node());
    }

    /** Ends what is still open in an execution. */
    void end(NodePath at, @Nullable Failure failure) {
        steps.entrySet().removeIf(step -> {
            boolean ends = step.getKey().node().equals(at);
            if (ends) {
                step.getValue().stop();
            }
            return ends;
        });
        endBelow(at, "", failure);
    }

    private void endBelow(NodePath at, String scope, @Nullable Failure failure) {
        for (Iterator<Map.Entry<Scope, Observation>> all = agents.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Scope, Observation> each = all.next();
            if (each.getKey().node().equals(at) && each.getKey().name().startsWith(scope)) {
                if (failure != null) {
                    RunTrace.fail(each.getValue(), failure);
                }
                each.getValue().stop();
                all.remove();
            }
        }
    }

    void close() {
        steps.values().forEach(Observation::stop);
        agents.values().forEach(Observation::stop);
        steps.clear();
        agents.clear();
    }
}
