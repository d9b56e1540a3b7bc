package dev.yardmaster.agent;

import dev.yardmaster.agent.PreparedCall.Reach;
import dev.yardmaster.agent.PreparedCall.Word;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.model.KnownSecrets;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an agent's calls may run: whether there is such a tool, what the policy says, what a person answers.
 * All of it is recorded, and told to the model when the answer is no.
 */
final class CallGate {

    /** The decision's rule for calls that a person approved for the rest of the work. */
    private static final String ALWAYS = "always";

    private static final String PLACEHOLDER =
            "it holds '" + KnownSecrets.MARK + "…]', which stands for a secret that was taken"
                    + " out of what you were shown; written down, it would replace the secret. Leave the lines that have it as they"
                    + " are, and change those around it";

    private final String agent;
    private final ToolSet tools;
    private final ToolSet visible;
    private final Policy policy;
    private final Workspace workspace;
    private final HookPoints hooks;
    private final NodeContext context;
    private final CommandRecords commands;
    private final boolean people;
    private final WithheldTools withheld;
    private final Approval approval = new Approval();
    private final CallGuard guard;
    private final HandingOn handingOn;

    /** @param withheld what the agent had and has not any more */
    CallGate(Agent agent, WithheldTools withheld, HookPoints hooks, NodeContext context) {
        this.hooks = hooks;
        this.withheld = withheld;
        this.people = agent.equipment().around().people();
        this.agent = agent.name();
        this.guard = new CallGuard(agent.name());
        this.handingOn = new HandingOn(agent, context);
        this.tools = agent.granted().tools();
        this.visible = agent.tools();
        this.policy = agent.policy();
        this.workspace = agent.workspace();
        this.context = context;
        this.commands = agent.equipment().commands();
    }

    /**
     * Decides about one call; calls are given in the order of the transcript.
     *
     * @throws AgentStoppedException when the agent goes in circles
     */
    PreparedCall prepare(int turn, int number, ToolCall call) throws Exception {
        String step = AgentStep.call(turn, number);
        if (tools.find(call.name()).isEmpty()) {
            guard.unknownTool(call.name(), visible.names());
        }
        Optional<String> circling = guard.refusal(step, call);
        if (circling.isPresent()) {
            return PreparedCall.rejected(call, step, circling.get());
        }
        HandingOn.Named named = handingOn.named(step, call);
        return named.refusal().isPresent()
                ? PreparedCall.rejected(call, step, named.refusal().get())
                : decided(turn, number, named.call()).telling(named.told());
    }

    /** What it took, since this was asked last, to find out whom calls hand subtasks to. */
    Spending settled() {
        return handingOn.settled();
    }

    private PreparedCall decided(int turn, int number, ToolCall call) throws Exception {
        String step = AgentStep.call(turn, number);
        var decidedAbout = new AtomicReference<@Nullable Reach>();
        Ruling ruling = context.step(AgentStep.decision(turn, number), Ruling.class, call, Effect.READ_ONLY, () -> {
            Reach reach = reach(call);
            decidedAbout.set(reach);
            return foreseen(call, ruled(call, reach, AgentStep.decision(turn, number)));
        });
        hooks.heard(ruling.said());
        PreparedCall prepared = prepared(call, step, ruling, decidedAbout.get());
        return prepared.instead().isPresent() || ruling.behavior() != Decision.Behavior.ASK
                ? prepared
                : asked(prepared, AgentStep.approval(turn, number), ruling);
    }

    /** Where a person is to be asked, with what they are to see. */
    private Ruling foreseen(ToolCall asked, Ruling ruling) {
        if (ruling.behavior() != Decision.Behavior.ASK) {
            return ruling;
        }
        ToolCall call = changed(asked, ruling.said());
        Reach reach = reach(call);
        return reach.tool().isEmpty() || !reach.problem().isEmpty()
                ? ruling
                : ruling.with(ForeseenChange.of(reach.tool().get(), call, reach.accesses(), workspace));
    }

    /** @param decidedAbout what the call was found to come to when it was decided about; null where that was before */
    private PreparedCall prepared(ToolCall asked, String step, Ruling ruling, @Nullable Reach decidedAbout) {
        HookVerdict said = ruling.said();
        ToolCall call = changed(asked, said);
        if (ruling.behavior() == Decision.Behavior.DENY) {
            String context = said.context().isEmpty() ? "" : "\n\n" + said.context();
            return PreparedCall.rejected(call, step, told(ruling.decision()) + context);
        }
        boolean approved =
                ruling.behavior() == Decision.Behavior.ASK || ruling.rule().equals(ALWAYS);
        Word word = decidedAbout != null
                ? Word.FRESH
                : approved ? Word.PERSON : ruling.rule().equals(Ruling.HOOK) ? Word.HOOK : Word.POLICY;
        Reach reach = decidedAbout != null && call == asked ? decidedAbout : reach(call);
        return PreparedCall.permitted(call, step, reach, word)
                .hooked(said.input().isPresent() ? "A hook" : "", said.context());
    }

    /** The call as hooks want it. */
    private static ToolCall changed(ToolCall call, HookVerdict said) {
        return said.input().isPresent()
                ? new ToolCall(call.id(), call.name(), said.input().get())
                : call;
    }

    /** Hooks first: what they deny nobody else is asked about, and what they change is decided about as it is then. */
    private Ruling ruled(ToolCall call, Reach reach, String step) throws InterruptedException {
        if (!reach.problem().isEmpty()) {
            return Ruling.of(decide(call, reach));
        }
        Tool tool = reach.tool().orElseThrow();
        HookVerdict said = hooks.before(new HookedCall(tool, call, reach.accesses(), workspace), step);
        String source = said.ran().isEmpty() ? "" : said.ran().getLast().source();
        if (said.denies()) {
            return Ruling.of(new Decision(Decision.Behavior.DENY, Ruling.HOOK, source, said.reason()))
                    .with(said);
        }
        ToolCall asked = changed(call, said);
        Reach changed = asked == call ? reach : reach(asked);
        Decision decision = hooked(said, source, asked, changed);
        return decision.behavior() == Decision.Behavior.ASK
                ? requested(decision, said, asked, changed, step)
                : Ruling.of(decision).with(said);
    }

    /** Before a person is asked: hooks may say no in their place, and yes where a rule could. */
    private Ruling requested(Decision decision, HookVerdict said, ToolCall call, Reach reach, String step)
            throws InterruptedException {
        HookVerdict answer =
                hooks.requested(new HookedCall(reach.tool().orElseThrow(), call, reach.accesses(), workspace), step);
        HookVerdict both = said.and(answer);
        String source = answer.ran().isEmpty() ? "" : answer.ran().getLast().source();
        if (answer.denies()) {
            return Ruling.of(new Decision(Decision.Behavior.DENY, Ruling.HOOK, source, answer.reason()))
                    .with(both);
        }
        ToolCall changed = changed(call, answer);
        Reach now = changed == call ? reach : reach(changed);
        boolean allowed = answer.behavior().equals(Optional.of(Decision.Behavior.ALLOW))
                && again(changed, now, Word.HOOK).behavior() == Decision.Behavior.ALLOW;
        return allowed
                ? Ruling.of(new Decision(Decision.Behavior.ALLOW, Ruling.HOOK, source, answer.reason()))
                        .with(both)
                : Ruling.of(decision).with(said.and(answer.withoutInput()));
    }

    /** What the policy says, made stricter by hooks, and wider by them where a rule could make it so. */
    private Decision hooked(HookVerdict said, String source, ToolCall call, Reach reach) {
        Decision decision = decide(call, reach);
        Decision.Behavior wish = said.behavior().orElse(decision.behavior());
        if (wish == Decision.Behavior.ASK && decision.behavior() == Decision.Behavior.ALLOW) {
            return policy.mode() == Mode.DONT_ASK
                    ? new Decision(
                            Decision.Behavior.DENY,
                            Ruling.HOOK,
                            source,
                            "a hook has it asked for, and nothing is asked for in mode dontAsk")
                    : new Decision(Decision.Behavior.ASK, Ruling.HOOK, source, said.reason());
        }
        boolean widens = wish == Decision.Behavior.ALLOW && decision.refuses();
        return widens && again(call, reach, Word.HOOK).behavior() == Decision.Behavior.ALLOW
                ? new Decision(Decision.Behavior.ALLOW, Ruling.HOOK, source, said.reason())
                : decision;
    }

    /** What a call comes to now. */
    Reach reach(ToolCall call) {
        Optional<Tool> tool = tools.find(call.name());
        if (tool.isEmpty()) {
            List<String> names = visible.names();
            String has = names.isEmpty() ? "no tools" : String.join(", ", names);
            return Reach.nowhere(tool, "there is no tool '" + call.name() + "' for this agent. It has: " + has);
        }
        try {
            List<Access> accesses = commands.held(tool.get().accesses(call, workspace));
            return new Reach(tool, accesses, Policy.onlyReads(accesses, workspace), "");
        } catch (InvalidArgumentsException e) {
            return Reach.nowhere(tool, e.getMessage());
        }
    }

    private Decision decide(ToolCall call, Reach reach) {
        if (!reach.problem().isEmpty()) {
            return new Decision(Decision.Behavior.DENY, Decision.NO_CALL, "agent '" + agent + "'", reach.problem());
        }
        if (reach.effect(call) != Effect.READ_ONLY && call.arguments().text().contains(KnownSecrets.MARK)) {
            return new Decision(Decision.Behavior.DENY, Decision.NO_CALL, "agent '" + agent + "'", PLACEHOLDER);
        }
        Decision decision = again(call, reach);
        if (decision.behavior() == Decision.Behavior.ASK && !people) {
            return new Decision(
                    Decision.Behavior.DENY,
                    decision.rule(),
                    decision.source(),
                    decision.reason() + "; nobody is asked in the name of '" + agent + "'");
        }
        boolean approved = decision.behavior() == Decision.Behavior.ASK && approval.isApproved(call);
        return approved
                ? new Decision(Decision.Behavior.ALLOW, ALWAYS, "answer", "approved before for the rest of this work")
                : decision;
    }

    private static String told(Decision decision) {
        return decision.rule().equals(Decision.NO_CALL)
                ? decision.reason()
                : "not permitted (" + decision.rule() + ", " + decision.source() + "): " + decision.reason();
    }

    /** @param asked the call as it is when it is approved */
    private PreparedCall asked(PreparedCall asked, String scope, Ruling ruling) throws Exception {
        ToolCall call = asked.call();
        String step = asked.step();
        NodeContext asking = context.scope(scope);
        List<Access> accesses = asked.reach().accesses();
        String state = WrittenFiles.areIn(accesses)
                ? asking.step("files", String.class, call, Effect.READ_ONLY, () -> state(ruling, accesses))
                : "";
        Answer answer = asking.ask(Approval.question(agent, call, accesses, ruling));
        if (answer.arguments().isPresent() && !answer.choice().equals(Approval.DENY)) {
            return changed(call, step, answer.arguments().get());
        }
        if (answer.choice().equals(Approval.EDIT)) {
            return changed(call, step, context.scope(scope).scope(Approval.EDIT).ask(Approval.change(agent, call)));
        }
        return approval.allows(call, answer)
                ? asked.asked(state)
                : PreparedCall.rejected(
                        call, step, "not approved" + (answer.reason().isBlank() ? "" : ": " + answer.reason()));
    }

    /** Of what is shown, when it was read; else now. */
    private static String state(Ruling ruling, List<Access> accesses) {
        return ruling.change().isPresent() ? ruling.change().get().files() : WrittenFiles.state(accesses);
    }

    /** What a person wrote is approved by that; what is denied or no call of the tool stays so. */
    private PreparedCall changed(ToolCall call, String step, Answer answer) {
        if (answer.choice().isBlank()) {
            return PreparedCall.rejected(call, step, "not approved: it was to be changed, and nothing was written");
        }
        try {
            return changed(call, step, Approval.changed(call, answer.choice()).arguments());
        } catch (InvalidJsonException e) {
            return PreparedCall.rejected(
                    call, step, "not run: what a person wrote instead is no JSON: " + e.getMessage());
        }
    }

    private PreparedCall changed(ToolCall call, String step, Json arguments) {
        var changed = new ToolCall(call.id(), call.name(), arguments);
        Reach reach = reach(changed);
        Decision decision = decide(changed, reach);
        return decision.behavior() == Decision.Behavior.DENY
                ? PreparedCall.rejected(
                        call,
                        step,
                        "not run; it was changed by a person to "
                                + changed.arguments().text() + ", and that is " + told(decision))
                : PreparedCall.changed(changed, step, reach);
    }

    /** Takes note of what a call resulted in. */
    void heard(PreparedCall prepared, ToolResult result) {
        if (prepared.instead().isEmpty()) {
            guard.heard(prepared.step(), result);
        }
    }

    /** The policy's word on a call now, which may have been decided before. */
    Decision again(ToolCall call, Reach reach) {
        return again(call, reach, Word.POLICY);
    }

    /** @param word whose word it was; a hook's counts as an allow rule's does */
    Decision again(ToolCall call, Reach reach, Word word) {
        if (!reach.problem().isEmpty()) {
            return new Decision(Decision.Behavior.DENY, Decision.NO_CALL, "agent '" + agent + "'", reach.problem());
        }
        Tool tool = reach.tool().orElseThrow();
        Policy now = withheld.under(policy);
        Policy with = word == Word.HOOK ? now.allowing(Rule.allow(tool.name(), Ruling.HOOK)) : now;
        return commands.own(with.decide(tool, call, reach.accesses(), workspace), context, reach.accesses());
    }
}
