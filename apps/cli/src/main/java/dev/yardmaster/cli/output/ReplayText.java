package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.replay.Difference;
import dev.yardmaster.replay.Replayed;
import dev.yardmaster.run.RunView;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** What came of a replay, for people and for programs. */
public final class ReplayText {

    private final Replayed replayed;
    private final RunView run;

    public ReplayText(Replayed replayed) {
        this.replayed = replayed;
        this.run = replayed.recorded();
    }

    /** @param task the run's task in one line, safe to be shown */
    public void show(Screen screen, String task) {
        Paint paint = screen.paint();
        screen.line(paint.bold("Replay") + "  " + run.id() + "  " + status());
        screen.text("  ", task);
        if (replayed.isSame()) {
            screen.line(paint.good("Same") + "  " + counted());
            screen.text("  ", end());
            return;
        }
        Difference difference = replayed.difference().orElseThrow();
        screen.line(paint.bad("Different") + "  at entry " + difference.offset() + " of "
                + run.entries().size() + ", after " + counted());
        screen.text("  ", SafeText.of(difference.what() + meaning(difference)));
        for (String line : difference.lines()) {
            String shown = SafeText.line(line);
            screen.line("    "
                    + (line.startsWith("+ ") ? paint.good(shown) : line.startsWith("- ") ? paint.bad(shown) : shown));
        }
        screen.text(
                "",
                "'-' is as recorded, '+' as it is now. If the change is meant, record the run anew; if not, put it back.");
    }

    /** Prints one object. */
    public void json(PrintStream out, int exit) {
        ObjectNode line = JsonEvents.line("replay");
        line.put("run", run.id().value())
                .put("exit", exit)
                .put("same", replayed.isSame())
                .put("status", run.status().name().toLowerCase(Locale.ROOT))
                .put("nodes", replayed.nodes())
                .put("steps", replayed.steps());
        replayed.difference()
                .ifPresentOrElse(found -> line.set("difference", json(found)), () -> line.putNull("difference"));
        JsonEvents.write(out, line);
    }

    private static ObjectNode json(Difference found) {
        ObjectNode node = JsonEvents.object();
        node.put("kind", found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("node", found.at().node().value())
                .put("step", found.at().name())
                .put("offset", found.offset())
                .put("what", found.what());
        ArrayNode changes = node.putArray("changes");
        found.changes().forEach(change -> {
            ObjectNode one = changes.addObject().put("at", change.at());
            one.set("recorded", change.before().orElse(Json.none()).as(JsonNode.class));
            one.set("now", change.now().orElse(Json.none()).as(JsonNode.class));
        });
        return node;
    }

    private String status() {
        return switch (run.status()) {
            case RUNNING -> "not over when it was recorded";
            case SUSPENDED -> "waits";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    private String counted() {
        return count(replayed.nodes(), "node") + ", " + count(replayed.steps(), "step");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String end() {
        String as = run.status().isEnd()
                ? "It would go as it was recorded"
                : "As far as it is recorded, it would go like that";
        return as + ": the same prompts, tools and results, with "
                + count(replies(), "recorded reply").replace("replys", "replies") + " and "
                + count(calls(), "recorded call") + ". Nothing was run, and no model asked.";
    }

    private int replies() {
        return steps(AgentStep.Kind.MODEL);
    }

    private int calls() {
        return steps(AgentStep.Kind.CALL);
    }

    private int steps(AgentStep.Kind kind) {
        return (int) run.facts(Fact.StepFinished.class).stream()
                .filter(step -> AgentStep.find(step.step())
                        .filter(each -> each.kind() == kind)
                        .isPresent())
                .count();
    }

    /** What a difference of an agent's step means. */
    private String meaning(Difference difference) {
        if (difference.at().name().equals("route")) {
            return ": another specialist gets the task";
        }
        Optional<AgentStep> step = AgentStep.find(difference.at().name());
        if (step.isEmpty()) {
            return "";
        }
        String agent = profile(difference.at().node())
                .map(each -> "agent '" + each.agent() + "' (" + each.source() + ")")
                .orElse("the agent");
        return switch (step.get().kind()) {
            case AGENT -> ": the task of " + agent;
            case OPENING -> ": the prompt or the tools of " + agent;
            case USER ->
                ": what " + agent + " is told before turn " + step.get().turn();
            case MODEL ->
                ": what the model is asked for " + agent + " in turn "
                        + step.get().turn();
            case DECISION, CALL ->
                ": a call of " + agent + " in turn " + step.get().turn();
            case SUMMARY, COMPACTION ->
                ": what " + agent + " remembers before turn " + step.get().turn();
            case HOOKS -> ": what hooks of " + agent + " were asked about";
            case CHECKLIST -> ": the checklist of " + agent;
            case ANSWER -> ": the answer of " + agent;
        };
    }

    private Optional<AgentProfile> profile(NodePath node) {
        return run.entries().stream()
                .map(RunEvent.Recorded::entry)
                .filter(entry -> entry.at().equals(node))
                .flatMap(entry -> entry.fact() instanceof Fact.StepFinished step
                                && AgentStep.find(step.step())
                                        .filter(each -> each.kind() == AgentStep.Kind.AGENT)
                                        .isPresent()
                        ? step.output().stream()
                        : java.util.stream.Stream.empty())
                .map(output -> output.as(AgentProfile.class))
                .findFirst();
    }
}
