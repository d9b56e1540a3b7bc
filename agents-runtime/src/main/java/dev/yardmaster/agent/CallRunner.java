package dev.yardmaster.agent;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the tool calls of one agent's replies: finds the tool, asks the policy, records the decision and the call. Of the
 * calls of a reply those that only read run in parallel, the others in order. What a call leads to is taken from
 * recorded steps alone, so that a resumed run comes to the same.
 */
final class CallRunner {

    /** The decision's rule for calls that come to no policy, because they are none of a tool that is there. */
    private static final String NO_CALL = "not a call";

    /** The decision's rule for calls that a person approved for the rest of the work. */
    private static final String ALWAYS = "always";

    private final String agent;
    private final ToolSet tools;
    private final Policy policy;
    private final Workspace workspace;
    private final GuardedCalls guarded;
    private final Interceptors interceptors;
    private final NodeContext context;
    private final ReadFiles readFiles = new ReadFiles();
    private final Approval approval = new Approval();
    private final CallGuard stuck = new CallGuard();

    CallRunner(Agent agent, NodeContext context) {
        this.agent = agent.name();
        this.tools = agent.tools();
        this.policy = agent.policy();
        this.workspace = agent.workspace();
        this.guarded = agent.equipment().guarded();
        this.interceptors = agent.equipment().interceptors();
        this.context = context;
    }

    /**
     * What a call comes to here and now.
     *
     * @param accesses what it would touch: what is decided about, and what it is then granted
     * @param problem why it is no call of a tool that is here; else empty
     */
    private record Reach(Optional<Tool> tool, List<Access> accesses, String problem) {}

    /**
     * A call that may run, or a result that stands in for it.
     *
     * @param recheck whether the policy's word is an earlier process's: what the call touches may have changed since
     */
    private record Prepared(
            ToolCall call, String step, Effect effect, Reach reach, boolean recheck, Optional<ToolResult> instead) {

        boolean onlyReads() {
            return effect == Effect.READ_ONLY;
        }
    }

    /** Runs the calls of one reply. @return their results, in the order of the calls */
    List<ToolResult> run(int turn, List<ToolCall> calls) throws Exception {
        var results = new ArrayList<ToolResult>();
        var batch = new ArrayList<Prepared>();
        for (int i = 0; i < calls.size(); i++) {
            Prepared prepared = prepare(turn, i + 1, calls.get(i));
            if (!prepared.onlyReads()) {
                results.addAll(inParallel(batch));
                batch.clear();
            }
            batch.add(prepared);
            if (!prepared.onlyReads()) {
                results.addAll(inParallel(batch));
                batch.clear();
            }
        }
        results.addAll(inParallel(batch));
        return results;
    }

    /** Records that none of the calls of a reply was run. */
    List<ToolResult> refuse(int turn, List<ToolCall> calls, String why) throws Exception {
        var refused = new ArrayList<Prepared>();
        for (int i = 0; i < calls.size(); i++) {
            refused.add(rejected(calls.get(i), AgentStep.call(turn, i + 1), why));
        }
        return inParallel(refused);
    }

    private Prepared prepare(int turn, int number, ToolCall call) throws Exception {
        String step = AgentStep.call(turn, number);
        if (stuck.isStuck(agent, call)) {
            return rejected(
                    call,
                    step,
                    "this is the same call again, and its result will be the same. Use what it"
                            + " said before, or try something else");
        }
        Reach reach = reach(call);
        var decidedHere = new AtomicBoolean();
        Decision decision =
                context.step(AgentStep.decision(turn, number), Decision.class, call, Effect.READ_ONLY, () -> {
                    decidedHere.set(true);
                    return decide(call, reach);
                });
        return switch (decision.behavior()) {
            case ALLOW ->
                permitted(
                        call,
                        step,
                        reach,
                        !decidedHere.get() && !decision.rule().equals(ALWAYS));
            case DENY -> rejected(call, step, told(decision));
            case ASK -> asked(call, step, reach, AgentStep.approval(turn, number), decision);
        };
    }

    private Reach reach(ToolCall call) {
        Optional<Tool> tool = tools.find(call.name());
        if (tool.isEmpty()) {
            String has = tools.names().isEmpty() ? "no tools" : String.join(", ", tools.names());
            return new Reach(tool, List.of(), "there is no tool '" + call.name() + "' for this agent. It has: " + has);
        }
        try {
            return new Reach(tool, List.copyOf(tool.get().accesses(call, workspace)), "");
        } catch (InvalidArgumentsException e) {
            return new Reach(tool, List.of(), e.getMessage());
        }
    }

    private Decision decide(ToolCall call, Reach reach) {
        if (!reach.problem().isEmpty()) {
            return new Decision(Decision.Behavior.DENY, NO_CALL, "agent '" + agent + "'", reach.problem());
        }
        Decision decision = policy.decide(reach.tool().orElseThrow(), call, reach.accesses(), workspace);
        boolean approved = decision.behavior() == Decision.Behavior.ASK && approval.isApproved(call);
        return approved
                ? new Decision(Decision.Behavior.ALLOW, ALWAYS, "answer", "approved before for the rest of this work")
                : decision;
    }

    private static String told(Decision decision) {
        return decision.rule().equals(NO_CALL)
                ? decision.reason()
                : "not permitted (" + decision.rule() + ", " + decision.source() + "): " + decision.reason();
    }

    private Prepared asked(ToolCall call, String step, Reach reach, String scope, Decision decision)
            throws InterruptedException {
        Answer answer = context.scope(scope).ask(Approval.question(agent, call, reach.accesses(), decision));
        return approval.allows(call, answer)
                ? permitted(call, step, reach, false)
                : rejected(call, step, "not approved" + (answer.reason().isBlank() ? "" : ": " + answer.reason()));
    }

    private static Prepared permitted(ToolCall call, String step, Reach reach, boolean recheck) {
        Effect effect = reach.tool().map(tool -> tool.effect(call)).orElse(Effect.ONCE);
        return new Prepared(call, step, effect, reach, recheck, Optional.empty());
    }

    private static Prepared rejected(ToolCall call, String step, String why) {
        return new Prepared(
                call,
                step,
                Effect.READ_ONLY,
                new Reach(Optional.empty(), List.of(), why),
                false,
                Optional.of(new ToolResult.Rejected(why)));
    }

    private List<ToolResult> inParallel(List<Prepared> batch) throws Exception {
        List<ToolResult> results = batch.size() == 1 ? List.of(run(batch.getFirst())) : onThreads(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).instead().isEmpty()) {
                stuck.heard(batch.get(i).call(), results.get(i));
            }
        }
        return results;
    }

    private List<ToolResult> onThreads(List<Prepared> batch) throws Exception {
        var results = new ArrayList<ToolResult>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<ToolResult>>();
            batch.forEach(prepared -> running.add(threads.submit(() -> run(prepared))));
            try {
                for (Future<ToolResult> each : running) {
                    results.add(each.get());
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return results;
    }

    private ToolResult run(Prepared prepared) throws Exception {
        return context.step(
                prepared.step(),
                ToolResult.class,
                prepared.call(),
                prepared.effect(),
                () -> prepared.instead().isPresent() ? prepared.instead().get() : intercepted(prepared));
    }

    private ToolResult intercepted(Prepared prepared) throws Exception {
        Reach reach = prepared.reach();
        if (!reach.problem().isEmpty()) {
            return new ToolResult.Rejected(reach.problem()); // not so when it was permitted, in an earlier process
        }
        Tool tool = reach.tool().orElseThrow();
        if (prepared.recheck()) {
            Decision now = policy.decide(tool, prepared.call(), reach.accesses(), workspace);
            if (now.behavior() != Decision.Behavior.ALLOW) {
                return new ToolResult.Rejected("not run: it was permitted before the run was resumed, and is not now ("
                        + now.rule() + ", " + now.source() + "): " + now.reason());
            }
        }
        var ran = new AtomicBoolean();
        return interceptors.call(agent, tool.name(), prepared.effect(), prepared.call(), call -> {
            boolean repeatable = prepared.effect() == Effect.READ_ONLY || prepared.effect() == Effect.IDEMPOTENT;
            if (!repeatable && !ran.compareAndSet(false, true)) {
                throw new IllegalStateException("an interceptor runs a call of " + tool.name()
                        + " twice; its effect is " + prepared.effect() + ", so it runs once");
            }
            if (call.equals(prepared.call())) {
                return invoke(tool, prepared, call, reach.accesses());
            }
            Reach changed = reach(call);
            Optional<ToolResult> refused = refusal(prepared, call, changed);
            return refused.isPresent() ? refused.get() : invoke(tool, prepared, call, changed.accesses());
        });
    }

    /** Why a call that an interceptor changed may not run: only what was permitted, and recorded as such, does. */
    private Optional<ToolResult> refusal(Prepared prepared, ToolCall call, Reach changed) {
        if (!changed.tool().equals(prepared.reach().tool())) {
            return refusal("made it a call of '" + call.name() + "'; only arguments can be changed");
        }
        if (!changed.problem().isEmpty()) {
            return refusal("changed its arguments to some that do not fit: " + changed.problem());
        }
        Tool tool = changed.tool().orElseThrow();
        Decision decision = policy.decide(tool, call, changed.accesses(), workspace);
        if (decision.behavior() != Decision.Behavior.ALLOW) {
            return refusal("changed its arguments to some that are not allowed without asking (" + decision.rule()
                    + ", " + decision.source() + "): " + decision.reason());
        }
        return tool.effect(call).compareTo(prepared.effect()) > 0
                ? refusal("changed its arguments so that it does more than what was permitted")
                : Optional.empty();
    }

    private static Optional<ToolResult> refusal(String what) {
        return Optional.of(new ToolResult.Rejected("not run: an interceptor of this application " + what));
    }

    private ToolResult invoke(Tool tool, Prepared prepared, ToolCall call, List<Access> accesses) throws Exception {
        var toolContext = new ToolContext(
                workspace,
                readFiles,
                line -> context.publish(new ToolProgress(context.path(), prepared.step(), line)),
                policy.grant(tool, accesses, workspace));
        try {
            return guarded.run(tool.name(), prepared.effect(), () -> tool.run(call, toolContext));
        } catch (InvalidArgumentsException e) {
            return new ToolResult.Rejected(e.getMessage());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new ToolResult.Failed(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        }
    }
}
