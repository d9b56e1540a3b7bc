package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookInput;
import dev.yardmaster.hook.HookMatcher;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where one agent's work is hooked. Whether there are hooks at a point is taken from what was recorded when the work began, so
 * that a resumed run comes to the same steps; before calls, those that there are now are asked, within the step of the
 * decision. What hooks said is not asked for again; where one had not answered yet when its process died, it is.
 */
final class HookPoints {

    /** How often hooks may send an agent on that says it is done. */
    private static final int MOST_STOPS = 8;

    private final Agent agent;
    private final NodeContext context;
    private final List<AgentProfile.Hooked> recorded;
    private final Hooks hooks;
    private final boolean first;
    private int stops;

    HookPoints(Agent agent, List<AgentProfile.Hooked> recorded, NodeContext context) {
        this.agent = agent;
        this.context = context;
        this.recorded = recorded;
        this.hooks = agent.hooks();
        this.first = agent.post().depth() == 0;
    }

    /**
     * Asks before the work begins.
     *
     * @return what hooks want the agent told
     * @throws AgentStoppedException when one of them refuses the task
     */
    String begin(Opening.Brief brief) throws Exception {
        if (!first || recorded.isEmpty()) {
            return "";
        }
        String source = brief.follows().isPresent() ? "resume" : "startup";
        var start = new Point(HookEvent.SESSION_START, AgentStep.hooks("start"), List.of(source));
        HookVerdict started =
                ask(start, Map.of("source", source, "model", agent.model().name()));
        endedBy(started);
        var given = new Point(HookEvent.USER_PROMPT_SUBMIT, AgentStep.hooks("prompt"), List.of());
        HookVerdict prompt = ask(given, Map.of("prompt", brief.task()));
        endedBy(prompt);
        if (prompt.denies()) {
            throw new AgentStoppedException(
                    AgentStoppedException.Reason.HOOK,
                    "a hook refused the task of agent '" + agent.name() + "': " + prompt.reason());
        }
        return String.join("\n", List.of(started.context(), prompt.context())).strip();
    }

    /** Asks about a call that is about to be decided about. Recorded by the caller. */
    HookVerdict before(HookedCall call) throws InterruptedException {
        if (hooks.isEmpty()) {
            return HookVerdict.none();
        }
        Hooks asked = hooks.at(HookEvent.PRE_TOOL_USE).on(call.names()).when(call::isMeantBy);
        return asked.isEmpty()
                ? HookVerdict.none()
                : asked.ask(input(
                        HookEvent.PRE_TOOL_USE,
                        Map.of(
                                "tool_name",
                                call.tool().name(),
                                "tool_input",
                                call.input(),
                                "tool_use_id",
                                call.call().id())));
    }

    /**
     * Asks after a call has run and worked.
     *
     * @param step the call's
     * @param settled told when hooks may have changed the files of the call
     * @return what the agent is told
     * @throws AgentStoppedException when one of them ends the work
     */
    ToolResult after(HookedCall call, String step, ToolResult.Text result, Runnable settled) throws Exception {
        var point = new Point(HookEvent.POST_TOOL_USE, AgentStep.hooksAfter(step), call.names());
        if (!isHooked(point)) {
            return result;
        }
        Hooks asked = hooks.at(HookEvent.POST_TOOL_USE).on(call.names()).when(call::isMeantBy);
        HookVerdict verdict = context.step(
                point.step(),
                HookVerdict.class,
                call.call(),
                Effect.IDEMPOTENT,
                () -> afterwards(asked, call, result, settled));
        endedBy(verdict);
        return told(result, verdict);
    }

    private HookVerdict afterwards(Hooks asked, HookedCall call, ToolResult.Text result, Runnable settled)
            throws InterruptedException {
        if (asked.isEmpty()) {
            return HookVerdict.none();
        }
        String before = WrittenFiles.state(call.accesses());
        HookVerdict verdict = asked.ask(input(
                HookEvent.POST_TOOL_USE,
                Map.of(
                        "tool_name",
                        call.tool().name(),
                        "tool_input",
                        call.input(),
                        "tool_response",
                        call.response(result),
                        "tool_use_id",
                        call.call().id())));
        if (before.equals(WrittenFiles.state(call.accesses()))) {
            return verdict;
        }
        settled.run();
        return verdict.withContext("A hook has changed the file after this call; read it again before you change it.");
    }

    /** A result, and what hooks said of it. */
    static ToolResult told(ToolResult result, HookVerdict verdict) {
        if (!(result instanceof ToolResult.Text text)) {
            return result;
        }
        var parts = new ArrayList<String>();
        parts.add(verdict.output().orElse(text.text()));
        if (verdict.denies()) {
            parts.add("A hook objects: " + verdict.reason());
        }
        if (!verdict.context().isEmpty()) {
            parts.add(verdict.context());
        }
        if (parts.size() == 1 && verdict.output().isEmpty()) {
            return text;
        }
        ToolResult.Text told = text.withText(String.join("\n\n", parts));
        return verdict.output().isPresent() ? told.withAttachments(List.of()) : told; // what a hook replaces is gone
    }

    /**
     * Asks when the agent says that it is done.
     *
     * @return what it is told to go on with; empty when it may stop
     */
    Optional<String> stop(int turn, String words) throws Exception {
        HookEvent event = first ? HookEvent.STOP : HookEvent.SUBAGENT_STOP;
        if (stops == MOST_STOPS || recorded.isEmpty()) {
            return Optional.empty();
        }
        var point = new Point(event, AgentStep.hooks(turn), List.of(agent.name()));
        HookVerdict verdict = ask(point, Map.of("stop_hook_active", stops > 0, "last_assistant_message", words));
        if (!verdict.denies() || verdict.stop().isPresent()) {
            return Optional.empty();
        }
        stops++;
        return Optional.of(verdict.reason());
    }

    /** Tells that the work is over. */
    void end() throws Exception {
        if (first && !recorded.isEmpty()) {
            ask(new Point(HookEvent.SESSION_END, AgentStep.hooks("end"), List.of("other")), Map.of("reason", "other"));
        }
    }

    /** @throws AgentStoppedException when a hook ended the work */
    void endedBy(HookVerdict verdict) {
        if (verdict.stop().isPresent()) {
            throw new AgentStoppedException(
                    AgentStoppedException.Reason.HOOK,
                    "a hook ended the work of agent '" + agent.name() + "': "
                            + verdict.stop().get());
        }
    }

    /** Whether there is anything at which anybody is asked. */
    boolean any() {
        return !recorded.isEmpty();
    }

    /** @param names what matchers go by; empty where the event has none */
    private record Point(HookEvent event, String step, List<String> names) {}

    private boolean isHooked(Point point) {
        return any()
                && recorded.stream()
                        .filter(each -> each.event().equals(point.event().spelling()))
                        .anyMatch(each -> point.names().isEmpty()
                                || HookMatcher.of(each.matcher()).matches(point.names()));
    }

    private HookVerdict ask(Point point, Map<String, Object> of) throws Exception {
        if (!isHooked(point)) {
            return HookVerdict.none();
        }
        Hooks all = hooks.at(point.event());
        Hooks asked = point.names().isEmpty() ? all : all.on(point.names());
        return context.step(
                point.step(),
                HookVerdict.class,
                of,
                Effect.IDEMPOTENT,
                () -> asked.isEmpty() ? HookVerdict.none() : asked.ask(input(point.event(), of)));
    }

    private HookInput input(HookEvent event, Map<String, Object> of) {
        ObjectNode json = Json.of(of).as(ObjectNode.class);
        json.put("session_id", context.run().toString())
                .put("prompt_id", context.idempotencyKey())
                .put("transcript_path", "")
                .put("cwd", agent.workspace().root().toString())
                .put("permission_mode", agent.policy().mode().spelling())
                .put("hook_event_name", event.spelling())
                .put("agent_type", agent.name());
        if (!first) {
            json.put("agent_id", context.idempotencyKey());
        }
        Object effort = agent.definition().extensions().get("effort");
        if (effort != null) {
            json.putObject("effort").put("level", effort.toString());
        }
        return new HookInput(event, Json.of((JsonNode) json), agent.workspace().root());
    }
}
