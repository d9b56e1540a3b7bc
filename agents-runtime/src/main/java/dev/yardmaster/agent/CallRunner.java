package dev.yardmaster.agent;

import dev.yardmaster.agent.PreparedCall.Reach;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.BudgetExhaustedException;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Desk;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Sighting;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the tool calls of one agent's replies. Of the calls of a reply those that only read run in parallel, the others
 * in order. What a call leads to is taken from recorded steps alone, in the order of the calls, so that a resumed run
 * comes to the same.
 */
final class CallRunner {

    private final Agent agent;
    private final NodeContext context;
    private final WithheldTools withheld;
    private final CallGate gate;
    private final CallKeeper keeper;
    private final SpilledResults spilled;
    private final HookPoints hooks;
    private final Desk desk;
    private final ReadFiles readFiles;
    private final CallOrder order = new CallOrder();

    /**
     * @param seen what the agent knows of files from the transcript it follows
     * @param told what is before its eyes
     * @param desk cleared by the caller
     * @param withheld is told of what works
     */
    CallRunner(
            Agent agent,
            List<Sighting> seen,
            ReadFiles.View told,
            Desk desk,
            WithheldTools withheld,
            HookPoints hooks,
            NodeContext context) {
        this.readFiles = new ReadFiles(told);
        this.hooks = hooks;
        this.agent = agent;
        this.desk = desk;
        this.context = context;
        this.withheld = withheld;
        this.gate = new CallGate(agent, withheld, hooks, context);
        this.keeper = CallKeeper.of(agent, context);
        this.spilled = new SpilledResults(agent.equipment().commands(), context);
        seen.forEach(readFiles::add);
    }

    /** Runs the calls of one reply. @return their results, in the order of the calls */
    List<ToolResult> run(int turn, List<ToolCall> calls) throws Exception {
        var results = new ArrayList<ToolResult>(calls.size());
        var batch = new ArrayList<PreparedCall>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            PreparedCall prepared = gate.prepare(turn, i + 1, calls.get(i));
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

    /** What it took, since this was asked last, to find out whom calls hand subtasks to. */
    Spending settled() {
        return gate.settled();
    }

    /** Records that none of the calls of a reply was run. */
    List<ToolResult> refuse(int turn, List<ToolCall> calls, String why) throws Exception {
        var refused = new ArrayList<PreparedCall>();
        for (int i = 0; i < calls.size(); i++) {
            refused.add(PreparedCall.rejected(calls.get(i), AgentStep.call(turn, i + 1), why));
        }
        return inParallel(refused);
    }

    private List<ToolResult> inParallel(List<PreparedCall> batch) throws Exception {
        if (batch.isEmpty()) {
            return List.of();
        }
        List<ToolResult> results = batch.size() == 1 ? List.of(run(batch.getFirst())) : onThreads(batch);
        for (int i = 0; i < batch.size(); i++) {
            gate.heard(batch.get(i), results.get(i));
            if (results.get(i) instanceof ToolResult.Text text) {
                ToolCall call = batch.get(i).call();
                batch.get(i).reach().tool().ifPresent(tool -> desk.worked(tool, call));
                withheld.worked(call, text);
                text.seen().forEach(readFiles::add);
            }
        }
        return results;
    }

    private List<ToolResult> onThreads(List<PreparedCall> batch) throws Exception {
        var results = new ArrayList<ToolResult>();
        order.begin(batch.stream().map(PreparedCall::step).toList());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<ToolResult>>();
            batch.forEach(prepared ->
                    running.add(threads.submit(() -> order.whole(prepared.step(), () -> run(prepared)))));
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

    private ToolResult run(PreparedCall prepared) throws Exception {
        ToolResult result = ran(prepared);
        Optional<Tool> tool = prepared.reach().tool();
        return tool.isPresent() && hooks.any()
                ? hooks.after(
                        new HookedCall(
                                tool.get(), prepared.call(), prepared.reach().accesses(), agent.workspace()),
                        prepared.step(),
                        result,
                        () -> keeper.changedAgain(prepared.reach().accesses()))
                : result;
    }

    private ToolResult ran(PreparedCall prepared) throws Exception {
        return context.step(
                prepared.step(),
                ToolResult.class,
                prepared.call(),
                prepared.effect(),
                new CallProbe(
                        prepared,
                        (tool, known) ->
                                toolContext(tool, prepared, prepared.reach().accesses(), known),
                        readFiles,
                        keeper),
                () -> prepared.instead().isPresent()
                        ? prepared.instead().get()
                        : kept(prepared, told(prepared, checked(prepared))));
    }

    private ToolResult kept(PreparedCall prepared, ToolResult result) throws InterruptedException {
        Optional<Tool> tool = prepared.reach().tool();
        return tool.isPresent() ? spilled.of(tool.get(), prepared.step(), result) : result;
    }

    /** The model called something else, and is to know. */
    private static ToolResult told(PreparedCall prepared, ToolResult result) {
        if (!(result instanceof ToolResult.Text text)) {
            return result;
        }
        String changed = prepared.changer().isEmpty()
                ? ""
                : prepared.changer() + " changed this call before it ran, to "
                        + prepared.call().arguments().text() + "\n";
        String context = prepared.context().isEmpty() ? "" : "\n\n" + prepared.context();
        return changed.isEmpty() && context.isEmpty() ? text : text.withText(changed + text.text() + context);
    }

    /** What was permitted in an earlier process is looked at again. */
    private ToolResult checked(PreparedCall prepared) throws Exception {
        agent.workspace().checkThere();
        Reach reach = prepared.reach();
        if (!reach.problem().isEmpty()) {
            return new ToolResult.Rejected(reach.problem());
        }
        if (prepared.word() != PreparedCall.Word.FRESH) {
            Decision now = gate.again(prepared.call(), reach, prepared.word());
            if (!prepared.word().holds(now)) {
                return new ToolResult.Rejected("not run: it was permitted before the run was resumed, and is not now ("
                        + now.rule() + ", " + now.source() + "): " + now.reason());
            }
        }
        return prepared.isAsAsked()
                ? intercepted(prepared)
                : new ToolResult.Rejected("not run: what it changes is not as it was when a person was asked about it."
                        + " Look at it again, and call again if that is still right");
    }

    private ToolResult intercepted(PreparedCall prepared) throws Exception {
        Tool tool = prepared.reach().tool().orElseThrow();
        var ran = new AtomicBoolean();
        var seen = new AtomicReference<List<Sighting>>(List.of());
        ToolResult result = agent.equipment()
                .interceptors()
                .call(agent.name(), tool.name(), prepared.effect(), prepared.call(), call -> {
                    if (!prepared.mayBeRepeated() && !ran.compareAndSet(false, true)) {
                        throw new IllegalStateException("an interceptor runs a call of " + tool.name()
                                + " twice; its effect is " + prepared.effect() + ", so it runs once");
                    }
                    Reach reach = call.equals(prepared.call()) ? prepared.reach() : gate.reach(call);
                    Optional<ToolResult> refused =
                            call.equals(prepared.call()) ? Optional.empty() : refusal(prepared, call, reach);
                    return refused.isPresent() ? refused.get() : invoke(tool, prepared, call, reach.accesses(), seen);
                });
        return result instanceof ToolResult.Text text && text.seen().isEmpty() ? text.withSeen(seen.get()) : result;
    }

    /** Why a call that an interceptor changed may not run: only what was permitted, and recorded as such, does. */
    private Optional<ToolResult> refusal(PreparedCall prepared, ToolCall call, Reach changed) {
        if (!changed.tool().equals(prepared.reach().tool())) {
            return refusal("made it a call of '" + call.name() + "'; only arguments can be changed");
        }
        if (!changed.problem().isEmpty()) {
            return refusal("changed its arguments to some that do not fit: " + changed.problem());
        }
        Decision decision = gate.again(call, changed);
        if (decision.behavior() != Decision.Behavior.ALLOW) {
            return refusal("changed its arguments to some that are not allowed without asking (" + decision.rule()
                    + ", " + decision.source() + "): " + decision.reason());
        }
        return changed.effect(call).compareTo(prepared.effect()) > 0
                ? refusal("changed its arguments so that it does more than what was permitted")
                : Optional.empty();
    }

    private static Optional<ToolResult> refusal(String what) {
        return Optional.of(new ToolResult.Rejected("not run: an interceptor of this application " + what));
    }

    private ToolResult invoke(
            Tool tool,
            PreparedCall prepared,
            ToolCall call,
            List<Access> accesses,
            AtomicReference<List<Sighting>> seen)
            throws Exception {
        try {
            return agent.equipment().guarded().run(tool.name(), prepared.effect(), () -> {
                ReadFiles known = readFiles.forCall();
                ToolResult result = keeper.around(
                        call, accesses, () -> ran(tool, call, toolContext(tool, prepared, accesses, known)));
                seen.set(known.sightings());
                return result instanceof ToolResult.Text text ? text.withSeen(seen.get()) : result;
            });
        } catch (InvalidArgumentsException e) {
            return new ToolResult.Rejected(e.getMessage());
        } catch (InterruptedException | BudgetExhaustedException e) {
            throw e;
        } catch (Exception e) {
            return new ToolResult.Failed(FileTrouble.told(e));
        }
    }

    /** Runs it; what an interrupt made of it is told as one, before anybody takes it for a failure to be tried again. */
    private ToolResult ran(Tool tool, ToolCall call, ToolContext context) throws Exception {
        try {
            ToolResult result = agent.equipment().stalls().run(tool, call, context);
            if (result instanceof ToolResult.Failed failed) {
                Interruption.check(failed.why());
            }
            return result;
        } catch (InvalidArgumentsException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Interruption.check(e);
            throw e;
        }
    }

    private ToolContext toolContext(Tool tool, PreparedCall prepared, List<Access> accesses, ReadFiles known) {
        return new ToolContext(
                agent.workspace(),
                known,
                line -> context.publish(new ToolProgress(context.path(), prepared.step(), line)),
                agent.policy().grant(tool, accesses, agent.workspace()),
                desk,
                prepared.effect(),
                new Colleagues(withheld.held(), hooks, context, prepared.step(), order),
                agent.equipment().commands().confinement(context, prepared.step(), accesses));
    }
}
