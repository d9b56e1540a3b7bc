package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.agent.ModelAttempt;
import dev.yardmaster.agent.ModelWait;
import dev.yardmaster.agent.ReplyReset;
import dev.yardmaster.agent.ReplyText;
import dev.yardmaster.agent.ToolProgress;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.output.Happening.Place;
import dev.yardmaster.context.Compaction;
import dev.yardmaster.dispatch.PlanRoutes;
import dev.yardmaster.dispatch.Route;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.worktree.MergedWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a run's events, one after the other, as what is worth showing. The same events give the same happenings, whether
 * they come live or from a journal. Not thread-safe; one reads one run.
 */
public final class Happenings {

    /** Who gets a task, or a subtask that a call hands on; the second once a model has chosen. */
    private static final Pattern ROUTE = Pattern.compile("(?:(?<call>.+)/referral/)?(?:choice/)?route");

    /** Who does what of a plan; the second once a model has chosen. Its node is the plan's, and no other step is called so. */
    private static final Pattern PLAN = Pattern.compile("(?:choice/)?check");

    private static final Pattern PLANNING = Pattern.compile("check(?:#[0-9.]+)?");

    private final Map<String, AgentProfile> profiles = new HashMap<>();
    private final Map<String, Decision> decisions = new HashMap<>();
    private final Map<String, ToolCall> calls = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    /** All that a run did so far. */
    public static List<Happening> of(RunView view) {
        var reader = new Happenings();
        return view.entries().stream()
                .flatMap(event -> reader.read(event).stream())
                .toList();
    }

    /** What an event tells; empty for what is only of use inside. */
    public Optional<Happening> read(RunEvent event) {
        if (event instanceof RunEvent.Recorded recorded) {
            return read(recorded.entry().at(), recorded.entry().fact());
        }
        return switch (event) {
            case Budget.Low low -> Optional.of(new Happening.Low(place(low.at(), ""), low));
            case ToolProgress tool ->
                Optional.of(new Happening.Showing(live(tool.at(), tool.step()), tool.step(), tool.line()));
            case ReplyText reply ->
                Optional.of(new Happening.Speaking(live(reply.at(), reply.step()), reply.step(), reply.text()));
            case ReplyReset reset ->
                Optional.of(new Happening.Faltered(live(reset.at(), reset.step()), reset.step(), reset.why()));
            case ModelWait wait -> Optional.of(new Happening.Waits(live(wait.at(), wait.step()), wait));
            default -> Optional.empty();
        };
    }

    private Place live(NodePath at, String step) {
        return place(at, AgentStep.find(step).map(AgentStep::scope).orElse(""));
    }

    private Optional<Happening> read(NodePath at, Fact fact) {
        Place here = place(at, "");
        return switch (fact) {
            case Fact.StepStarted step -> started(at, step);
            case Fact.StepFinished step -> finished(at, step);
            case Fact.QuestionAsked asked -> Optional.of(new Happening.Asked(here, asked.id(), asked.question()));
            case Fact.QuestionAnswered answered -> {
                answers.put(answered.answer().question(), answered.answer().choice());
                yield Optional.of(new Happening.Answered(here, answered.answer()));
            }
            case Fact.Noted noted ->
                AgentStep.find(noted.about())
                        .filter(AttemptText::isReply)
                        .map(step -> new Happening.Tried(
                                place(at, step.scope()), noted.note().as(ModelAttempt.class)));
            case Fact.NodeStarted node -> Optional.of(new Happening.Started(here, node.attempt()));
            case Fact.NodeCompleted node -> Optional.of(new Happening.Completed(here, node.writes(), node.taken()));
            case Fact.NodeFailed failed -> Optional.of(new Happening.Broke(here, failed.failure(), failed.retried()));
            case Fact.RunCompleted end -> Optional.of(new Happening.Ended(here, "completed", List.of()));
            case Fact.RunFailed end -> Optional.of(new Happening.Ended(here, "failed", end.failures()));
            case Fact.RunCancelled end -> Optional.of(new Happening.Ended(here, "cancelled", List.of()));
            case Fact.RunSuspended end -> Optional.of(new Happening.Ended(here, "suspended", List.of()));
            default -> Optional.empty();
        };
    }

    private Optional<Happening> started(NodePath at, Fact.StepStarted step) {
        return AgentStep.find(step.step()).flatMap(name -> switch (name.kind()) {
            case MODEL, SUMMARY -> Optional.of(new Happening.Thinking(place(at, name.scope()), name.turn()));
            case CALL -> {
                ToolCall call = step.input().as(ToolCall.class);
                calls.put(key(at, step.step()), call);
                yield mayRun(at, step.step())
                        ? Optional.of(new Happening.Calling(place(at, name.scope()), step.step(), call))
                        : Optional.empty();
            }
            default -> Optional.empty();
        });
    }

    /** Whether a call that is recorded as begun does anything: one that was denied has a result only. */
    private boolean mayRun(NodePath at, String step) {
        Decision decision = decisions.get(key(at, step));
        if (decision == null) {
            return false;
        }
        return switch (decision.behavior()) {
            case ALLOW -> true;
            case DENY -> false;
            case ASK -> !"deny".equals(answers.get(at + ":" + step + "/approval/question"));
        };
    }

    private Optional<Happening> finished(NodePath at, Fact.StepFinished step) {
        if (step.output().isEmpty()) {
            return Optional.empty();
        }
        Matcher route = ROUTE.matcher(step.step());
        if (route.matches()) {
            Optional<String> call = Optional.ofNullable(route.group("call"));
            String scope = call.flatMap(AgentStep::find).map(AgentStep::scope).orElse("");
            return Optional.of(new Happening.Routed(
                    place(at, scope), call, step.output().get().as(Route.class)));
        }
        if (PLAN.matcher(step.step()).matches() && PLANNING.matcher(at.value()).matches()) {
            return Optional.of(
                    new Happening.Planned(place(at, ""), step.output().get().as(PlanRoutes.class)));
        }
        if (step.step().equals(MergedWork.STEP) || step.step().endsWith("/" + MergedWork.STEP)) {
            return merged(at, step);
        }
        return AgentStep.find(step.step()).flatMap(each -> finished(at, step, each));
    }

    private Optional<Happening> merged(NodePath at, Fact.StepFinished step) {
        MergedWork work = step.output().orElseThrow().as(MergedWork.class);
        String of = step.step().equals(MergedWork.STEP)
                ? ""
                : step.step().substring(0, step.step().length() - MergedWork.STEP.length() - 1);
        Optional<AgentStep> call = AgentStep.find(of.replaceFirst("/apart$", ""));
        String scope = call.map(AgentStep::scope).orElse("");
        return work.told().isEmpty()
                ? Optional.empty()
                : Optional.of(new Happening.Merged(place(at, scope), call.isPresent() ? "" : of, work));
    }

    private Optional<Happening> finished(NodePath at, Fact.StepFinished step, AgentStep name) {
        var output = step.output().orElseThrow();
        return switch (name.kind()) {
            case AGENT -> {
                AgentProfile profile = output.as(AgentProfile.class);
                profiles.put(key(at, name.scope()), profile);
                yield Optional.of(new Happening.Began(place(at, name.scope()), profile));
            }
            case MODEL -> {
                ModelReply reply = output.as(ModelReply.class);
                yield reply.finish() == ModelReply.Finish.CONTEXT_FULL
                        ? Optional.empty() // what is done about it is told before the next turn
                        : Optional.of(new Happening.Replied(
                                place(at, name.scope()),
                                name.turn(),
                                reply.message().text(),
                                reply.message().calls().size(),
                                step.usage().orElse(Usage.none()),
                                step.dollars(),
                                reply.model()));
            }
            case SUMMARY ->
                Optional.of(new Happening.Summarized(
                        place(at, name.scope()), name.turn(), step.usage().orElse(Usage.none()), step.dollars()));
            case COMPACTION ->
                Optional.of(new Happening.Compacted(place(at, name.scope()), name.turn(), output.as(Compaction.class)));
            case DECISION -> {
                decisions.put(key(at, call(step.step())), output.as(Decision.class));
                yield hooked(at, name, output);
            }
            case HOOKS -> hooked(at, name, output);
            case CALL -> Optional.of(called(at, step, name, output.as(ToolResult.class)));
            case CHECKLIST ->
                Optional.of(
                        new Happening.Checked(place(at, name.scope()), name.turn(), output.as(ChecklistReport.class)));
            default -> Optional.empty();
        };
    }

    private Optional<Happening> hooked(NodePath at, AgentStep step, Json output) {
        return step.hooks(output)
                .filter(verdict -> !verdict.ran().isEmpty())
                .map(verdict -> new Happening.Hooked(place(at, step.scope()), verdict.ran()));
    }

    private Happening called(NodePath at, Fact.StepFinished step, AgentStep name, ToolResult result) {
        String key = key(at, step.step());
        var record = new CallRecord(
                name.turn(),
                name.call(),
                step.step(),
                calls.get(key),
                result,
                Optional.ofNullable(decisions.get(key)),
                step.took());
        return new Happening.Called(place(at, name.scope()), record);
    }

    private Place place(NodePath at, String scope) {
        String agent = Optional.ofNullable(profiles.get(key(at, scope)))
                .map(AgentProfile::agent)
                .orElse("");
        return new Place(at.value(), scope, agent);
    }

    private static String call(String decision) {
        return decision.substring(0, decision.length() - "/decision".length());
    }

    private static String key(NodePath at, String name) {
        return at + " " + name;
    }
}
