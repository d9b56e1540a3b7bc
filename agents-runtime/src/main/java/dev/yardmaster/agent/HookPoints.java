package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookMatcher;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final HookSession session;
    private final HookDesk desk;
    private final Hooks hooks;
    private final boolean first;
    private int stops;
    private Spending spent = Spending.none();

    /** @param withheld what the agent has not any more when its hooks are asked */
    HookPoints(
            Agent agent,
            List<AgentProfile.Hooked> recorded,
            HookSession session,
            WithheldTools withheld,
            NodeContext context) {
        this.agent = agent;
        this.context = context;
        this.recorded = recorded;
        this.session = session;
        this.desk = new HookDesk(agent, session, withheld, context);
        this.hooks = agent.hooks();
        this.first = agent.post().depth() == 0;
    }

    /** What hooks of this agent, and of those who work for it, have in common. */
    HookSession session() {
        return session;
    }

    /**
     * Asks before the work begins.
     *
     * @return what hooks want the agent told
     * @throws AgentStoppedException when one of them refuses the task
     */
    String begin(Opening.Brief brief) throws Exception {
        if (recorded.isEmpty()) {
            return "";
        }
        if (!first) {
            var start = new Point(HookEvent.SUBAGENT_START, AgentStep.hooks("start"), List.of(agent.name()));
            HookVerdict started = ask(start, Map.of());
            heard(started);
            return started.context();
        }
        String source = brief.follows().isPresent() ? "resume" : "startup";
        var start = new Point(HookEvent.SESSION_START, AgentStep.hooks("start"), List.of(source));
        HookVerdict started =
                ask(start, Map.of("source", source, "model", agent.model().name()));
        session.variables(started.variables());
        heard(started);
        var given = new Point(HookEvent.USER_PROMPT_SUBMIT, AgentStep.hooks("prompt"), List.of());
        HookVerdict prompt = ask(given, Map.of("prompt", brief.task()));
        heard(prompt);
        if (prompt.denies()) {
            throw new AgentStoppedException(
                    AgentStoppedException.Reason.HOOK,
                    "a hook refused the task of agent '" + agent.name() + "': " + prompt.reason());
        }
        return String.join("\n", List.of(started.context(), prompt.context())).strip();
    }

    /** Asks about a call that is about to be decided about. Recorded by the caller. @param step of the decision */
    HookVerdict before(HookedCall call, String step) throws InterruptedException {
        return ask(HookEvent.PRE_TOOL_USE, call, step);
    }

    /** Asks about a call that a person is to be asked about; then tells of it, unless that was an answer. Recorded by the caller. */
    HookVerdict requested(HookedCall call, String step) throws InterruptedException {
        HookVerdict answer = ask(HookEvent.PERMISSION_REQUEST, call, step);
        return answer.behavior().isPresent() ? answer : answer.and(notified(call, step));
    }

    private HookVerdict notified(HookedCall call, String step) throws InterruptedException {
        String message =
                agent.name() + " needs your permission to use " + call.tool().name();
        Hooks asked = hooks.at(HookEvent.NOTIFICATION).on(List.of("permission_prompt"));
        return asked.isEmpty()
                ? HookVerdict.none()
                : desk.ask(HookEvent.NOTIFICATION, asked, notification(message, "permission_prompt"), step);
    }

    private static Map<String, Object> notification(String message, String type) {
        return Map.of("message", message, "title", "Yardmaster", "notification_type", type);
    }

    /** Tells that the agent asks a person something. @param scope of the question */
    void asks(String question, NodeContext scope) throws Exception {
        var point = new Point(HookEvent.NOTIFICATION, AgentStep.hooks("notice"), List.of("elicitation_dialog"));
        heard(ask(point, notification(agent.name() + " asks: " + question, "elicitation_dialog"), scope));
    }

    private HookVerdict ask(HookEvent event, HookedCall call, String step) throws InterruptedException {
        if (hooks.isEmpty()) {
            return HookVerdict.none();
        }
        Hooks asked = hooks.at(event).on(call.names()).when(call::isMeantBy);
        return asked.isEmpty() ? HookVerdict.none() : desk.ask(event, asked, about(call), step);
    }

    private static Map<String, Object> about(HookedCall call) {
        var about = new LinkedHashMap<String, Object>();
        about.put("tool_name", call.tool().name());
        about.put("tool_input", call.input());
        about.put("tool_use_id", call.call().id());
        return about;
    }

    /**
     * Asks after a call has run, whether or not it worked.
     *
     * @param step the call's
     * @param settled told when hooks may have changed the files of the call
     * @return what the agent is told
     * @throws AgentStoppedException when one of them ends the work
     */
    ToolResult after(HookedCall call, String step, ToolResult result, Runnable settled) throws Exception {
        boolean worked = result instanceof ToolResult.Text;
        if (!worked && !(result instanceof ToolResult.Failed)) {
            return result;
        }
        HookEvent event = worked ? HookEvent.POST_TOOL_USE : HookEvent.POST_TOOL_USE_FAILURE;
        var point = new Point(event, AgentStep.hooksAfter(step), call.names());
        if (!isHooked(point)) {
            return result;
        }
        Hooks asked = hooks.at(event).on(call.names()).when(call::isMeantBy);
        HookVerdict verdict = context.step(
                point.step(),
                HookVerdict.class,
                call.call(),
                Effect.IDEMPOTENT,
                () -> asked.isEmpty() ? HookVerdict.none() : afterwards(point, asked, call, result, settled));
        heard(verdict);
        return told(result, verdict);
    }

    private HookVerdict afterwards(Point point, Hooks asked, HookedCall call, ToolResult result, Runnable settled)
            throws InterruptedException {
        Map<String, Object> about = about(call);
        if (result instanceof ToolResult.Text text) {
            about.put("tool_response", call.response(text));
        } else {
            about.put("error", result.forModel());
            about.put("is_interrupt", false);
        }
        String before = WrittenFiles.state(call.accesses());
        HookVerdict verdict = desk.ask(point.event(), asked, about, point.step());
        if (before.equals(WrittenFiles.state(call.accesses()))) {
            return verdict;
        }
        settled.run();
        return verdict.withContext("A hook has changed the file after this call; read it again before you change it.");
    }

    /** A result, and what hooks said of it. */
    static ToolResult told(ToolResult result, HookVerdict verdict) {
        var said = new ArrayList<String>();
        if (verdict.denies()) {
            said.add("A hook objects: " + verdict.reason());
        }
        if (!verdict.context().isEmpty()) {
            said.add(verdict.context());
        }
        String more = String.join("\n\n", said);
        if (result instanceof ToolResult.Failed failed) {
            return more.isEmpty() ? failed : new ToolResult.Failed(joined(failed.why(), more), failed.spent());
        }
        if (!(result instanceof ToolResult.Text text)
                || more.isEmpty() && verdict.output().isEmpty()) {
            return result;
        }
        ToolResult.Text told = text.withText(joined(verdict.output().orElse(text.text()), more));
        return verdict.output().isPresent() ? told.withAttachments(List.of()) : told; // what a hook replaces is gone
    }

    private static String joined(String text, String more) {
        return more.isEmpty() ? text : text + "\n\n" + more;
    }

    /**
     * Asks before the conversation is made shorter.
     *
     * @param must whether it does not fit: then nobody keeps it from that
     * @return whether it may be
     */
    boolean mayCompact(int turn, boolean must) throws Exception {
        var point = new Point(HookEvent.PRE_COMPACT, AgentStep.hooks(turn, "compact"), List.of("auto"));
        HookVerdict verdict = ask(point, Map.of("trigger", "auto", "custom_instructions", ""));
        heard(verdict);
        return must || !verdict.denies();
    }

    /** Tells that the conversation was made shorter. */
    void compacted(int turn, String summary) throws Exception {
        var point = new Point(HookEvent.POST_COMPACT, AgentStep.hooks(turn, "compacted"), List.of("auto"));
        heard(ask(point, Map.of("trigger", "auto", "compact_summary", summary)));
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
        verdict.spent().ifPresent(this::add);
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

    /** Takes note of what was said, recorded or now. @throws AgentStoppedException when a hook ended the work */
    void heard(HookVerdict verdict) {
        verdict.spent().ifPresent(this::add);
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

    private synchronized void add(Spending more) {
        spent = spent.plus(more);
    }

    /** What answering questions of hooks has used up. */
    synchronized Spending spent() {
        return spent;
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
        return ask(point, of, context);
    }

    private HookVerdict ask(Point point, Map<String, Object> of, NodeContext scope) throws Exception {
        if (!isHooked(point)) {
            return HookVerdict.none();
        }
        Hooks all = hooks.at(point.event());
        Hooks asked = point.names().isEmpty() ? all : all.on(point.names());
        return scope.step(
                point.step(),
                HookVerdict.class,
                of,
                Effect.IDEMPOTENT,
                () -> asked.isEmpty() ? HookVerdict.none() : desk.ask(point.event(), asked, of, point.step()));
    }
}
