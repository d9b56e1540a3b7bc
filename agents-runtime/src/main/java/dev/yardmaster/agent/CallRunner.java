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

/**
 * Runs the tool calls of one agent's replies: finds the tool, asks the policy, records the decision and the call. Of the
 * calls of a reply those that only read run in parallel, the others in order.
 */
final class CallRunner {

    private final String agent;
    private final ToolSet tools;
    private final Policy policy;
    private final Workspace workspace;
    private final GuardedCalls guarded;
    private final NodeContext context;
    private final ReadFiles readFiles = new ReadFiles();
    private final Approval approval = new Approval();
    private final CallGuard stuck = new CallGuard();

    CallRunner(
            String agent,
            ToolSet tools,
            Policy policy,
            Workspace workspace,
            GuardedCalls guarded,
            NodeContext context) {
        this.agent = agent;
        this.tools = tools;
        this.policy = policy;
        this.workspace = workspace;
        this.guarded = guarded;
        this.context = context;
    }

    /** A call that may run, or a result that stands in for it. */
    private record Prepared(
            ToolCall call, String step, Optional<Tool> tool, List<Access> accesses, Optional<ToolResult> instead) {

        boolean onlyReads() {
            return instead.isPresent() || tool.orElseThrow().effect(call) == Effect.READ_ONLY;
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

    private Prepared prepare(int turn, int number, ToolCall call) throws Exception {
        String step = AgentStep.call(turn, number);
        Optional<Tool> tool = tools.find(call.name());
        if (tool.isEmpty()) {
            return rejected(
                    call,
                    step,
                    "there is no tool '" + call.name() + "' for this agent. It has: "
                            + (tools.names().isEmpty() ? "no tools" : String.join(", ", tools.names())));
        }
        if (stuck.isStuck(agent, call)) {
            return rejected(
                    call,
                    step,
                    "this is the same call again, and its result will be the same. Use what it"
                            + " said before, or try something else");
        }
        List<Access> accesses;
        try {
            accesses = List.copyOf(tool.get().accesses(call, workspace));
        } catch (InvalidArgumentsException e) {
            return rejected(call, step, e.getMessage());
        }
        Decision decision = context.step(
                AgentStep.decision(turn, number),
                Decision.class,
                call,
                Effect.READ_ONLY,
                () -> decide(tool.get(), call, accesses));
        return switch (decision.behavior()) {
            case ALLOW -> new Prepared(call, step, tool, accesses, Optional.empty());
            case DENY ->
                rejected(
                        call,
                        step,
                        "not permitted (" + decision.rule() + ", " + decision.source() + "): " + decision.reason());
            case ASK -> asked(call, step, tool.get(), accesses, decision);
        };
    }

    private Decision decide(Tool tool, ToolCall call, List<Access> accesses) {
        Decision decision = policy.decide(tool, call, accesses, workspace);
        boolean approved = decision.behavior() == Decision.Behavior.ASK && approval.isApproved(call);
        return approved
                ? new Decision(Decision.Behavior.ALLOW, "always", "answer", "approved before for the rest of this work")
                : decision;
    }

    private Prepared asked(ToolCall call, String step, Tool tool, List<Access> accesses, Decision decision)
            throws InterruptedException {
        Answer answer = context.ask(Approval.question(agent, call, accesses, decision));
        return approval.allows(call, answer)
                ? new Prepared(call, step, Optional.of(tool), accesses, Optional.empty())
                : rejected(call, step, "not approved" + (answer.reason().isBlank() ? "" : ": " + answer.reason()));
    }

    private static Prepared rejected(ToolCall call, String step, String why) {
        return new Prepared(call, step, Optional.empty(), List.of(), Optional.of(new ToolResult.Rejected(why)));
    }

    private List<ToolResult> inParallel(List<Prepared> batch) throws Exception {
        if (batch.size() == 1) {
            return List.of(run(batch.getFirst()));
        }
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
        Effect effect = prepared.instead().isPresent()
                ? Effect.READ_ONLY
                : prepared.tool().orElseThrow().effect(prepared.call());
        return context.step(
                prepared.step(),
                ToolResult.class,
                prepared.call(),
                effect,
                () -> prepared.instead().isPresent() ? prepared.instead().get() : invoke(prepared, effect));
    }

    private ToolResult invoke(Prepared prepared, Effect effect) throws Exception {
        Tool tool = prepared.tool().orElseThrow();
        var toolContext = new ToolContext(
                workspace,
                readFiles,
                line -> context.publish(new ToolProgress(context.path(), prepared.step(), line)),
                policy.grant(tool, prepared.accesses(), workspace));
        try {
            return guarded.run(tool.name(), effect, () -> tool.run(prepared.call(), toolContext));
        } catch (InvalidArgumentsException e) {
            return new ToolResult.Rejected(e.getMessage());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new ToolResult.Failed(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        }
    }
}
