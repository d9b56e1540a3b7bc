package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.output.Happening.Place;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Usage;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.UnifiedDiff;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A run's events for programs: one JSON object a line, versioned. The format is docs/json.md. */
public final class JsonEvents implements Consumer<RunEvent> {

    private static final int VERSION = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final PrintStream out;
    private final Path root;
    private final Happenings happenings = new Happenings();

    /** @param root the workspace's */
    public JsonEvents(PrintStream out, Path root) {
        this.out = out;
        this.root = root;
    }

    /** The one line of a call that could not be carried out. */
    public static void problem(PrintStream out, int exit, String code, String message) {
        ObjectNode line = line("error");
        line.put("exit", exit).put("code", code).put("message", message);
        write(out, line);
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ObjectNode line(String event) {
        return object().put("v", VERSION).put("event", event);
    }

    static void write(PrintStream out, JsonNode line) {
        out.println(JsonLine.of(line));
        out.flush();
    }

    @Override
    public void accept(RunEvent event) {
        Optional<Happening> happening = happenings.read(event);
        if (happening.isEmpty()) {
            return;
        }
        ObjectNode line = of(happening.get());
        if (event instanceof RunEvent.Recorded recorded) {
            line.put("run", recorded.run().value())
                    .put("offset", recorded.offset())
                    .put("at", recorded.at().toString());
        }
        write(out, line);
    }

    private ObjectNode of(Happening happening) {
        Place place = happening.place();
        return switch (happening) {
            case Happening.Routed routed ->
                placed("route", place)
                        .put("step", routed.handedOn().orElse(null))
                        .setAll(RouteJson.of(routed.route()));
            case Happening.Planned planned -> RouteJson.add(placed("plan", place), planned.routes());
            case Happening.Started started -> placed("node.started", place).put("attempt", started.attempt());
            case Happening.Completed completed -> {
                ObjectNode line = placed("node.completed", place);
                ObjectNode writes = line.putObject("writes");
                completed
                        .writes()
                        .forEach(write ->
                                writes.set(write.channel(), write.value().as(JsonNode.class)));
                line.set("taken", texts(completed.taken()));
                yield line;
            }
            case Happening.Began began -> {
                var profile = began.profile();
                ObjectNode line = placed("agent.started", place);
                line.put("source", profile.source())
                        .put("model", profile.model())
                        .put("scripted", profile.scripted())
                        .put("mode", Mode.valueOf(profile.mode()).spelling());
                line.set("tools", texts(profile.tools()));
                ArrayNode handed = line.putArray("handed");
                profile.handed()
                        .forEach(each -> handed.addObject()
                                .put("kind", each.kind().name().toLowerCase(Locale.ROOT))
                                .put("source", each.source())
                                .put("bytes", each.bytes())
                                .put("sha256", each.sha256()));
                yield line;
            }
            case Happening.Thinking thinking -> placed("model.asked", place).put("turn", thinking.turn());
            case Happening.Tried tried -> AttemptJson.of(placed("model.attempt-failed", place), tried.attempt());
            case Happening.Waits waits -> AttemptJson.of(placed("model.waiting", place), waits.asked());
            case Happening.Replied replied -> {
                ObjectNode line = placed("model.replied", place)
                        .put("turn", replied.turn())
                        .put("text", replied.text())
                        .put("calls", replied.calls());
                replied.other().ifPresent(other -> line.put("model", other));
                line.set("usage", usage(replied.usage()));
                replied.dollars().ifPresent(amount -> line.put("dollars", amount));
                yield line;
            }
            case Happening.Summarized summarized -> {
                ObjectNode line = placed("context.summarized", place).put("turn", summarized.turn());
                line.set("usage", usage(summarized.usage()));
                yield line;
            }
            case Happening.Compacted compacted ->
                placed("context.compacted", place)
                        .put("turn", compacted.turn())
                        .put(
                                "why",
                                compacted
                                        .compaction()
                                        .why()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'))
                        .put("before", compacted.compaction().before())
                        .put("after", compacted.compaction().after())
                        .put("window", compacted.compaction().window());
            case Happening.Calling calling -> {
                ObjectNode line = placed("tool.started", place)
                        .put("step", calling.step())
                        .put("tool", calling.call().name());
                line.set("arguments", calling.call().arguments().as(JsonNode.class));
                yield line;
            }
            case Happening.Showing showing ->
                placed("tool.output", place).put("step", showing.step()).put("line", showing.line());
            case Happening.Speaking speaking ->
                placed("model.text", place).put("step", speaking.step()).put("text", speaking.text());
            case Happening.Faltered faltered ->
                placed("model.text-reset", place).put("step", faltered.step()).put("why", faltered.why());
            case Happening.Called called -> call(placed("tool.finished", place), called.call());
            case Happening.Merged merged -> {
                ObjectNode line = placed("worktree.ended", place)
                        .put("of", merged.of())
                        .put("branch", merged.work().branch());
                line.set("files", texts(merged.work().files()));
                line.set("conflicts", texts(merged.work().conflicts()));
                yield line;
            }
            case Happening.Hooked hooked -> {
                ObjectNode line = placed("hooks", place);
                ArrayNode ran = line.putArray("ran");
                hooked.ran()
                        .forEach(each -> ran.addObject()
                                .put("event", each.event())
                                .put("source", each.source())
                                .put("told", each.told()));
                yield line;
            }
            case Happening.Asked asked -> {
                ObjectNode line = placed("question.asked", place)
                        .put("question", asked.id())
                        .put("text", asked.question().text());
                line.set("choices", texts(asked.question().choices()));
                Optional.ofNullable(asked.question().details().get("diff")).ifPresent(diff -> line.put("diff", diff));
                yield line;
            }
            case Happening.Answered answered ->
                placed("question.answered", place)
                        .put("question", answered.answer().question())
                        .put("choice", answered.answer().choice())
                        .put("reason", answered.answer().reason())
                        .put("by", answered.answer().by());
            case Happening.Checked checked -> {
                ObjectNode line = placed("checklist", place).put("round", checked.round());
                line.set("items", checklist(checked.report()));
                yield line;
            }
            case Happening.Broke broke -> {
                ObjectNode line = placed("node.failed", place).put("retried", broke.retried());
                line.set("failure", failure(broke.failure()));
                yield line;
            }
            case Happening.Low low ->
                placed("budget.low", place)
                        .put("of", low.budget().whose())
                        .put("budget", low.budget().measure().word())
                        .put("used", low.budget().used())
                        .put("limit", low.budget().limit());
            case Happening.Ended ended -> placed("run.ended", place).put("status", ended.status());
        };
    }

    private static ObjectNode placed(String event, Place place) {
        ObjectNode line = line(event);
        if (!place.node().isEmpty()) {
            line.put("node", place.node());
        }
        if (!place.agent().isEmpty()) {
            line.put("agent", place.agent());
        }
        return line;
    }

    private ObjectNode call(ObjectNode line, CallRecord call) {
        line.put("step", call.step())
                .put("call", call.citation())
                .put("tool", call.call().name())
                .put("title", CallText.of(call.call(), root))
                .put("ok", call.isGood())
                .put("denied", call.isDenied())
                .put("understood", !call.isNoCall())
                .put("millis", call.took().toMillis())
                .put("result", kind(call.result()))
                .put("text", call.result().forModel());
        call.badExit().ifPresent(code -> line.put("exitCode", code));
        call.decision().ifPresent(decision -> line.set("decision", decision(decision)));
        return line;
    }

    private static String kind(ToolResult result) {
        return switch (result) {
            case ToolResult.Text text -> "text";
            case ToolResult.Rejected rejected -> "rejected";
            case ToolResult.Failed failed -> "failed";
            case ToolResult.InDoubt doubt -> "in-doubt";
        };
    }

    private static ObjectNode decision(Decision decision) {
        return NODES.objectNode()
                .put("behavior", decision.behavior().name().toLowerCase(Locale.ROOT))
                .put("rule", decision.rule())
                .put("source", decision.source())
                .put("reason", decision.reason());
    }

    /** The last line: what came of it. */
    public void result(Report report, List<FileChange> changes, int exit) {
        ObjectNode line = line("result");
        line.put("run", report.view().id().value())
                .put("exit", exit)
                .put("outcome", report.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        line.put("agent", report.agent().map(each -> each.agent()).orElse(null));
        line.put("scripted", report.scripted())
                .put("text", report.lastWords())
                .put("millis", report.took().toMillis())
                .put("toolCalls", report.calls().size())
                .put(
                        "denied",
                        report.calls().stream().filter(CallRecord::isDenied).count())
                .put(
                        "notUnderstood",
                        report.calls().stream().filter(CallRecord::isNoCall).count());
        SpentJson.add(line, report);
        line.set(
                "checklist",
                report.checklist().<JsonNode>map(JsonEvents::checklist).orElse(NODES.nullNode()));
        ended(line, report, changes);
        write(out, line);
    }

    /** What changed, and what failed. */
    static void ended(ObjectNode line, Report report, List<FileChange> changes) {
        ArrayNode files = line.putArray("changes");
        changes.forEach(change ->
                files.addObject().put("path", change.path()).put("diff", String.join("\n", UnifiedDiff.of(change))));
        ArrayNode questions = line.putArray("questions");
        report.view().questions().forEach((id, question) -> {
            ObjectNode each = questions
                    .addObject()
                    .put("id", id)
                    .put("node", id.replaceFirst(":.*", ""))
                    .put("text", question.text());
            each.set("choices", texts(question.choices()));
        });
        ArrayNode failures = line.putArray("failures");
        report.failures().forEach(failure -> failures.add(failure(failure)));
    }

    private static ArrayNode checklist(ChecklistReport report) {
        ArrayNode items = NODES.arrayNode();
        report.items().forEach(item -> {
            ObjectNode each = items.addObject()
                    .put("item", item.item())
                    .put(
                            "verdict",
                            item.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("note", item.note());
            each.set("calls", texts(item.calls()));
        });
        return items;
    }

    static ObjectNode usage(Usage usage) {
        return NODES.objectNode()
                .put("inputTokens", usage.inputTokens())
                .put("outputTokens", usage.outputTokens())
                .put("cacheReadTokens", usage.cacheReadTokens())
                .put("cacheWriteTokens", usage.cacheWriteTokens());
    }

    static ObjectNode failure(Failure failure) {
        ObjectNode json = NODES.objectNode()
                .put("kind", failure.kind())
                .put("message", failure.message())
                .put("retryable", failure.retryable())
                .put("node", failure.at().value());
        if (!failure.details().isEmpty()) {
            ObjectNode details = json.putObject("details");
            failure.details().forEach(details::put);
        }
        return json;
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
