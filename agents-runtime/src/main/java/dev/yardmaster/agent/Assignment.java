package dev.yardmaster.agent;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.tool.Desk;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One task's going-on. Whatever enters the transcript is the output of a recorded step, so it is the same again when the
 * steps are replayed, and a reader of the run can fold it too.
 */
final class Assignment {

    private static final int MAX_CHECKLIST_ROUNDS = 3;
    private static final int MAX_REPAIRS = 2;
    private static final int MAX_CUT_OFF = 3;

    private final Agent agent;
    private final Optional<AnswerForm> form;
    private final NodeContext context;
    private final Purse purse;
    private final ChecklistGate gate;
    private final List<ToolSchema> schemas;
    private final TranscriptSoFar transcript = new TranscriptSoFar();
    private final HookSession session;
    private final WithheldTools withheld;
    private HookPoints hooks;

    private int turn;
    private int toolCalls;
    private int cutOff;
    private Spending spent = Spending.none();

    /** What it said in the replies before that reached their limit; the next one goes on from there. */
    private String begun = "";

    /** What it said when it first said that it was done, and how many calls it had made by then. */
    private Optional<String> words = Optional.empty();

    private int callsByThen;
    private int round;
    private Optional<ChecklistReport> report = Optional.empty();
    private int answers;
    private int repairs;

    /** @param above what the hooks of the agent it works for have in common */
    Assignment(Agent agent, Optional<AnswerForm> form, NodeContext context, Optional<HookSession> above) {
        this.agent = agent;
        this.form = form;
        this.context = context;
        this.purse = new Purse(agent, context);
        this.gate = new ChecklistGate(agent.definition().checklist());
        this.schemas = agent.schemas();
        this.session = HookSession.of(agent, above, context);
        this.withheld = new WithheldTools(agent);
        this.hooks = new HookPoints(agent, List.of(), session, withheld, context);
    }

    Finished on(Opening.Brief brief) throws Exception {
        AgentProfile profile = context.step(
                AgentStep.agent(),
                AgentProfile.class,
                brief.task(),
                Effect.READ_ONLY,
                () -> agent.beginning(context.run()));
        hooks = new HookPoints(agent, profile.hooks(), session, withheld, context);
        try (session) {
            brief.follows().ifPresent(earlier -> earlier.messages().forEach(session.listener()));
            Finished finished = worked(brief.with(hooks.begin(brief)), profile);
            hooks.end();
            return finished;
        }
    }

    private Finished worked(Opening.Brief brief, AgentProfile profile) throws Exception {
        Opening opening = context.derived(
                AgentStep.opening(),
                Opening.class,
                brief,
                Opening::essence,
                () -> Opening.of(agent.systemPrompt(profile, form), brief, profile.model(), agent.offered()));
        opening.messages().forEach(transcript::add);
        session.listener().accept(opening.messages().getLast());
        transcript.listen(session.listener());
        var window = new WindowKeeper(
                agent, profile, schemas, transcript, opening.messages().getLast(), hooks, context);
        var told = new ToldFiles(transcript, agent.workspace());
        try (var desk = new Desk(session.variables(), context.run().toString())) {
            var calls = new CallRunner(agent, opening.seen(), told, desk, withheld, hooks, context);
            return finished(profile, turns(calls, window));
        } finally {
            CallKeeper.of(agent, context).settled();
        }
    }

    /** How work ended. @param text the agent's final words */
    private record End(String text, Optional<Json> answer) {}

    private Finished finished(AgentProfile profile, End end) {
        var result = new AgentResult(
                agent.name(), profile.model(), profile.scripted(), end.text(), turn, toolCalls, spent(), report);
        return new Finished(result, end.answer());
    }

    private End turns(CallRunner calls, WindowKeeper window) throws Exception {
        OptionalInt limit = turnLimit();
        while (true) {
            turn++;
            boolean over = limit.isPresent() && turn > limit.getAsInt();
            if (over && words.isPresent() && form.isEmpty()) {
                turn--;
                report = report.or(() -> Optional.of(gate.unanswered()));
                return new End(words.get(), Optional.empty());
            }
            Optional<ModelReply> reply = reply(over, window);
            if (reply.isEmpty()) {
                continue; // it did not fit: the next turn asks again, with less
            }
            Optional<End> end = isCutOff(reply.get())
                    ? cutOff(reply.get(), calls)
                    : went(reply.get().message(), calls);
            if (end.isPresent()) {
                Optional<String> further = hooks.stop(turn, end.get().text());
                if (further.isEmpty()) {
                    return end.get();
                }
                tell("Do not stop yet: " + further.get(), AgentStep.hooks(turn));
            }
        }
    }

    /** How many replies of its own it may take: what its file says; else a budget counts them, or the runtime's number. */
    private OptionalInt turnLimit() {
        OptionalInt named = agent.definition().maxTurns();
        boolean budgeted = agent.budget().limits(Budget.Measure.TURNS)
                || context.allowance().limits(Budget.Measure.TURNS);
        return named.isPresent() || budgeted
                ? named
                : OptionalInt.of(agent.equipment().accounting().turns());
    }

    private AgentStoppedException outOfTurns() {
        int taken = turn - 1;
        String more = agent.definition().maxTurns().isPresent()
                ? "raise maxTurns in " + agent.definition().source()
                : "allow it more: maxTurns in its file, or --max-turns " + 2 * taken + " for the run";
        return new AgentStoppedException(
                AgentStoppedException.Reason.MAX_TURNS,
                "agent '" + agent.name() + "' was stopped after " + taken
                        + " turns without being done; give it a smaller task, or " + more);
    }

    /** What it and those who worked for it have used up until now. */
    Spending spent() {
        return spent.plus(hooks.spent());
    }

    /** @param over whether it may take no further turn; what was recorded counts all the same */
    private Optional<ModelReply> reply(boolean over, WindowKeeper window) throws Exception {
        if (window.makeRoom(turn, this::summary)) {
            purse.promptIsShorter();
        }
        try (Purse.Payment payment = purse.payment()) {
            ModelReply reply = context.step(
                    AgentStep.model(turn),
                    ModelReply.class,
                    transcript.position(agent.name(), schemas),
                    Effect.READ_ONLY,
                    () -> {
                        if (over) {
                            throw outOfTurns();
                        }
                        agent.workspace().checkThere();
                        return payment.of(transcript.messages(), () -> window.orFull(() -> asked(window, payment)));
                    });
            spent = spent.plus(Spending.reply(reply.usage(), reply.dollars()));
            purse.heard(reply);
            if (!window.isReply(reply)) {
                return Optional.empty();
            }
            transcript.add(reply.message());
            return Optional.of(reply);
        }
    }

    /** What a model writes down of a part of the transcript that is to go; a recorded step like any other reply. */
    private ModelReply summary(String step, ModelRequest request) throws Exception {
        try (Purse.Payment payment = purse.payment()) {
            ModelReply reply = context.step(
                    step,
                    ModelReply.class,
                    transcript.position(agent.name(), List.of()),
                    Effect.READ_ONLY,
                    () -> payment.of(
                            request.messages(),
                            () -> WindowKeeper.orNothing(() -> reply(step, request, agent.chain(), false, payment))));
            spent = spent.plus(Spending.reply(reply.usage(), reply.dollars()));
            return reply;
        }
    }

    private ModelReply asked(WindowKeeper window, Purse.Payment payment) throws Exception {
        var request = new ModelRequest(agent.name(), transcript.messages(), schemas);
        List<Model> chain = window.attentive(agent.chain());
        return reply(
                AgentStep.model(turn),
                request,
                chain,
                agent.equipment().interceptors().isEmpty(),
                payment);
    }

    /** @param heard whether listeners get its words while they come */
    private ModelReply reply(String step, ModelRequest request, List<Model> chain, boolean heard, Purse.Payment payment)
            throws Exception {
        var live = new LiveReply(context, step, heard);
        ModelLine line = agent.equipment().line();
        return agent.equipment()
                .interceptors()
                .reply(
                        agent.model().name(),
                        request,
                        each -> agent.equipment()
                                .guarded()
                                .reply(
                                        agent.model(),
                                        () -> new ReplyAttempts(chain, line, context, step, live, payment).of(each)));
    }

    private Optional<End> went(Message.Assistant reply, CallRunner calls) throws Exception {
        cutOff = 0;
        String whole = CutOffWords.joined(begun, reply.text());
        begun = "";
        if (reply.calls().isEmpty()) {
            return said(whole);
        }
        heard(reply.calls(), calls.run(turn, reply.calls()));
        spent = spent.plus(calls.settled());
        return Optional.empty();
    }

    private void heard(List<ToolCall> wanted, List<ToolResult> results) {
        for (int i = 0; i < wanted.size(); i++) {
            toolCalls++;
            gate.saw(turn, i + 1, wanted.get(i), results.get(i));
            spent = spent.plus(results.get(i).spentByOthers());
            transcript.add(TranscriptFold.output(wanted.get(i), results.get(i)));
        }
    }

    /** What the agent is told before its next turn. @param about what the telling follows from, recorded with it */
    private void tell(String text, Object about) throws Exception {
        Message.User told = context.derived(
                AgentStep.user(turn + 1), Message.User.class, about, user -> user, () -> Message.User.of(text));
        transcript.add(told);
    }

    private static boolean isCutOff(ModelReply reply) {
        return reply.finish() == ModelReply.Finish.LENGTH || reply.finish() == ModelReply.Finish.CONTENT_FILTER;
    }

    /** A reply without its end: nothing in it is acted on. */
    private Optional<End> cutOff(ModelReply reply, CallRunner calls) throws Exception {
        if (reply.finish() == ModelReply.Finish.CONTENT_FILTER) {
            throw new ModelException(
                    ModelException.Kind.CONTENT_FILTERED,
                    "the content filter of " + agent.model().name() + " ended a reply to agent '" + agent.name()
                            + "' in turn " + turn + "; change the task's wording, or use another model");
        }
        cutOff++;
        if (cutOff == MAX_CUT_OFF) {
            throw new AgentStoppedException(
                    AgentStoppedException.Reason.CUT_OFF,
                    "agent '" + agent.name() + "' was stopped: " + cutOff
                            + " replies in a row reached the limit of output tokens of "
                            + agent.model().name() + "; raise that limit, or give it a smaller task");
        }
        List<ToolCall> wanted = reply.message().calls();
        begun = wanted.isEmpty() ? CutOffWords.joined(begun, reply.message().text()) : "";
        heard(wanted, calls.refuse(turn, wanted, "the reply was cut off at its limit of output tokens"));
        tell(
                "Your last reply reached its limit of output tokens, and its end is missing; nothing in it was run."
                        + " If it was to call a tool, call it again in smaller pieces. If it was your answer, go on"
                        + " exactly where it breaks off, without repeating any of it.",
                AgentStep.model(turn));
        return Optional.empty();
    }

    /** The agent calls nothing: it says that it is done, or answers what it was asked. */
    private Optional<End> said(String text) throws Exception {
        boolean gated = !agent.definition().checklist().isEmpty() && (report.isEmpty() || !isThrough());
        return gated ? shown(text) : answered(text);
    }

    private boolean isThrough() {
        return round == MAX_CHECKLIST_ROUNDS || report.orElseThrow().open().isEmpty();
    }

    private Optional<End> shown(String text) throws Exception {
        if (words.isEmpty()) {
            words = Optional.of(text);
            callsByThen = toolCalls;
            tell(gate.question(), AgentStep.model(turn));
            return Optional.empty();
        }
        round++;
        ChecklistReport shown = context.derived(
                AgentStep.checklist(round), ChecklistReport.class, text, each -> each, () -> gate.read(text));
        report = Optional.of(shown);
        if (!isThrough()) {
            tell(gate.openQuestion(shown), AgentStep.checklist(round));
            return Optional.empty();
        }
        return form.isEmpty() ? Optional.of(new End(words.get(), Optional.empty())) : answerAfterChecklist();
    }

    /** What it said first is its answer, if it is one and nothing was done since; otherwise it is asked for one. */
    private Optional<End> answerAfterChecklist() throws Exception {
        if (toolCalls == callsByThen) {
            AnswerCheck check = check(words.orElseThrow());
            if (check.answer().isPresent()) {
                return Optional.of(new End(words.get(), check.answer()));
            }
        }
        tell(form.orElseThrow().question(), AgentStep.checklist(round));
        return Optional.empty();
    }

    private Optional<End> answered(String text) throws Exception {
        if (form.isEmpty()) {
            return Optional.of(new End(text, Optional.empty()));
        }
        AnswerCheck check = check(text);
        if (check.answer().isPresent()) {
            return Optional.of(new End(text, check.answer()));
        }
        if (repairs == MAX_REPAIRS) {
            throw new UnfitAnswerException(agent.name(), form.get().target(), repairs + 1, check.problem(), text);
        }
        repairs++;
        tell(form.get().again(check.problem()), AgentStep.answer(answers));
        return Optional.empty();
    }

    private AnswerCheck check(String text) throws Exception {
        answers++;
        return context.derived(
                AgentStep.answer(answers),
                AnswerCheck.class,
                text,
                check -> check,
                () -> form.orElseThrow().check(text));
    }
}
