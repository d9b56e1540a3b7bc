package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.dispatch.Route;
import dev.yardmaster.dispatch.RoutedPlan;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run amounts to: read from its journal, and from nothing else. */
public final class Report {

    /** How it ended. */
    public enum Ending {
        DONE,
        /** It ran to its end, and items of a checklist are open, or subtasks were not done. */
        NOT_DONE,
        FAILED,
        CANCELLED,
        /** Its process was stopped, as by Ctrl-C; it can be resumed. */
        INTERRUPTED,
        /** It waits for a person. */
        SUSPENDED,
        /** It waits for a time, as a model's server asked for. */
        PARKED
    }

    private final RunView view;
    private final Optional<Outcome> outcome;
    private final List<Happening> happenings;

    private Report(RunView view, Optional<Outcome> outcome) {
        this.view = view;
        this.outcome = outcome;
        this.happenings = Happenings.of(view);
    }

    public static Report of(Outcome outcome) {
        return new Report(outcome.view(), Optional.of(outcome));
    }

    /** Of a run whose process was stopped. */
    public static Report interrupted(RunView view) {
        return new Report(view, Optional.empty());
    }

    private <H extends Happening> Stream<H> all(Class<H> type) {
        return happenings.stream().filter(type::isInstance).map(type::cast);
    }

    private static <T> Optional<T> last(Stream<T> stream) {
        return stream.reduce((first, second) -> second);
    }

    public Ending ending() {
        if (outcome.isEmpty()) {
            return Ending.INTERRUPTED;
        }
        return switch (outcome.get()) {
            case Outcome.Completed completed ->
                leftOpen().isEmpty() && undone().isEmpty() ? Ending.DONE : Ending.NOT_DONE;
            case Outcome.Suspended suspended ->
                view.questions().isEmpty() && view.waitsUntil().isPresent() ? Ending.PARKED : Ending.SUSPENDED;
            case Outcome.Failed failed -> Ending.FAILED;
            case Outcome.Cancelled cancelled -> Ending.CANCELLED;
        };
    }

    /** The nodes whose agent left items of its checklist open when it worked there last, iterations aside. */
    public List<String> leftOpen() {
        var last = new TreeMap<String, ChecklistReport>();
        all(Happening.Checked.class)
                .filter(checked -> checked.place().scope().isEmpty())
                .forEach(checked -> last.put(checked.place().node().replaceAll("#[0-9.]+", ""), checked.report()));
        return last.keySet().stream()
                .filter(node -> !last.get(node).open().isEmpty())
                .toList();
    }

    /** What came of the subtasks of a plan; empty unless it was planned and ran to its end. */
    public List<Attempt> attempts() {
        return outcome.orElse(null) instanceof Outcome.Completed completed
                        && view().graph().equals(Planning.GRAPH)
                ? completed.state().get(Planning.ATTEMPTS)
                : List.of();
    }

    /** The plans that were run, in order: a second one where the first was made anew. */
    public List<RoutedPlan> plans() {
        return view().graph().equals(Planning.GRAPH)
                ? all(Happening.Completed.class)
                        .flatMap(completed -> completed.writes().stream())
                        .filter(write -> write.channel().equals(Planning.PLAN.name()))
                        .map(write -> write.value().as(RoutedPlan.class))
                        .toList()
                : List.of();
    }

    /** The subtasks of a plan that were not done. */
    public List<String> undone() {
        return outcome.orElse(null) instanceof Outcome.Completed completed
                        && view().graph().equals(Planning.GRAPH)
                ? Planning.undone(completed.state()).stream()
                        .map(Attempt::subtask)
                        .toList()
                : List.of();
    }

    /** What the channels hold in the end; empty unless the run is completed. */
    public Map<String, Json> results() {
        return outcome.orElse(null) instanceof Outcome.Completed completed
                ? new TreeMap<>(completed.state().json())
                : Map.of();
    }

    /** The channels that are as they were given to the run. */
    public Set<String> untouched() {
        var given = new TreeSet<String>();
        view().facts(Fact.RunAdmitted.class)
                .forEach(admitted ->
                        admitted.input().as(JsonNode.class).fieldNames().forEachRemaining(given::add));
        all(Happening.Completed.class)
                .flatMap(completed -> completed.writes().stream())
                .forEach(write -> given.remove(write.channel()));
        return given;
    }

    /** The executions of nodes, in the order of their starts. */
    public List<NodeRun> nodes() {
        return NodeRun.of(view(), this::agentAt);
    }

    /** What the replies cost. */
    public Cost cost() {
        return Cost.of(happenings, LocalDate.ofInstant(view().startedAt(), ZoneOffset.UTC));
    }

    public RunView view() {
        return view;
    }

    /**
     * What was done before this process took the run over from another one; empty when it began it. What the workspace was
     * like then is known of no earlier time.
     */
    public Optional<Report> before() {
        long epoch = view.facts(Fact.RunResumed.class).stream()
                .mapToLong(Fact.RunResumed::epoch)
                .max()
                .orElse(1);
        return view.entries().stream()
                .filter(each ->
                        epoch > 1 && each.entry().fact() instanceof Fact.RunResumed resumed && resumed.epoch() == epoch)
                .findFirst()
                .map(taken -> interrupted(RunView.of(view.id(), view.entries().subList(0, (int) taken.offset()))));
    }

    /** From its first entry to its last; of a run that was resumed how long there was work in it: it may have lain for days. */
    public Duration took() {
        return view().facts(Fact.RunResumed.class).isEmpty() ? between() : view().worked();
    }

    private Duration between() {
        return Duration.between(view().startedAt(), view().lastAt());
    }

    /** Who got the task itself. */
    public Optional<Route> route() {
        return last(all(Happening.Routed.class)
                        .filter(routed -> routed.handedOn().isEmpty()))
                .map(Happening.Routed::route);
    }

    /** All that was decided about who gets what, in order; where a model had the last word, that alone. */
    public List<Happening.Routed> routes() {
        return all(Happening.Routed.class)
                .filter(routed -> routed.route().undecided().isEmpty())
                .toList();
    }

    /** The agent that had the task itself. */
    public Optional<AgentProfile> agent() {
        return all(Happening.Began.class)
                .filter(began -> began.place().scope().isEmpty())
                .findFirst()
                .map(Happening.Began::profile);
    }

    /** All tool calls that are over, with their places. */
    List<Happening.Called> called() {
        return all(Happening.Called.class).toList();
    }

    /** All tool calls that are over, in the order in which they ended. */
    public List<CallRecord> calls() {
        return all(Happening.Called.class).map(Happening.Called::call).toList();
    }

    /** Calls that were begun and have no end; those that wait for a person left out. */
    public List<ToolCall> interrupted() {
        var ended = all(Happening.Called.class)
                .map(called -> called.place().node() + " " + called.call().step())
                .collect(Collectors.toSet());
        return all(Happening.Calling.class)
                .filter(calling -> !ended.contains(calling.place().node() + " " + calling.step()))
                .filter(calling -> !waits(calling))
                .map(Happening.Calling::call)
                .toList();
    }

    /** Whether a question that somebody is to answer comes from within a call. */
    private boolean waits(Happening.Calling calling) {
        String within = calling.place().node() + ":" + calling.step() + "/";
        return view().questions().keySet().stream().anyMatch(id -> id.startsWith(within));
    }

    /** The agent's own calls as its checklist cites them. */
    Map<String, CallRecord> citations() {
        return all(Happening.Called.class)
                .filter(called -> called.place().scope().isEmpty())
                .map(Happening.Called::call)
                .collect(Collectors.toMap(CallRecord::citation, call -> call, (first, second) -> first));
    }

    /** What the agent wants to have said: its last words, or those before it was asked for its checklist. */
    public String lastWords() {
        Stream<Happening.Replied> words = all(Happening.Replied.class)
                .filter(reply -> reply.place().scope().isEmpty() && reply.calls() == 0);
        return (checklist().isPresent() ? words.findFirst() : last(words))
                .or(() -> last(all(Happening.Replied.class)
                        .filter(reply -> reply.place().scope().isEmpty())))
                .map(Happening.Replied::text)
                .orElse("");
    }

    public Optional<ChecklistReport> checklist() {
        return last(all(Happening.Checked.class)
                        .filter(checked -> checked.place().scope().isEmpty()))
                .map(Happening.Checked::report);
    }

    public Usage usage() {
        return view().usage();
    }

    /** Whether all replies came from scripts. */
    public boolean scripted() {
        return all(Happening.Began.class).allMatch(began -> began.profile().scripted());
    }

    public List<Failure> failures() {
        return view().failures();
    }

    /** Who worked at a node. */
    public Optional<String> agentAt(String node) {
        return last(all(Happening.Began.class)
                        .filter(began -> began.place().node().equals(node)))
                .map(began -> began.profile().agent());
    }

    /** The turn that was begun last at a node. */
    public Optional<Integer> turnAt(String node) {
        return last(all(Happening.Thinking.class)
                        .filter(thinking -> thinking.place().node().equals(node)))
                .map(Happening.Thinking::turn);
    }
}
