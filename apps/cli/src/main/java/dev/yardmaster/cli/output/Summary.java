package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.Failure;
import dev.yardmaster.routing.Match;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.FileChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of a run, section by section. */
public final class Summary {

    /** The tools that say which file they change. */
    private static final Set<String> WRITING = Set.of("write", "edit");

    private final Screen screen;
    private final Paint paint;
    private final Report report;
    private final Path root;

    public Summary(Screen screen, Report report, Path root) {
        this.screen = screen;
        this.paint = screen.paint();
        this.report = report;
        this.root = root;
    }

    /** How it ended, in a line. */
    public void outcome() {
        String agent =
                report.agent().map(AgentProfile::agent).map(SafeText::line).orElse("nobody");
        String took = " in " + Times.of(report.took());
        screen.line(
                switch (report.ending()) {
                    case DONE -> paint.good("✓ Done") + " by " + agent + took;
                    case NOT_DONE ->
                        paint.doubtful("○ Not done") + ": " + agent + " left items of its checklist open" + took;
                    case FAILED -> paint.bad("✗ Failed") + took;
                    case CANCELLED -> paint.doubtful("○ Cancelled") + " after " + Times.of(report.took());
                    case INTERRUPTED -> paint.doubtful("○ Interrupted") + " after " + Times.of(report.took());
                    case PARKED -> paint.doubtful("○ Parked") + Summary.until(report);
                    case SUSPENDED -> paint.doubtful("○ Waits for a person");
                });
    }

    /** What the agent said last. */
    public void lastWords() {
        if (!report.lastWords().isBlank()) {
            screen.line(paint.bold("Says"));
            screen.text("  ", SafeText.of(report.lastWords()).strip());
        }
    }

    /** What is another in the workspace; of a run that was taken over, since then, and which files it wrote before. */
    public void changes(List<FileChange> changes) {
        Optional<Report> before = report.before();
        new DiffText(screen).show(before.isPresent() ? "Changes since it was resumed" : "Changes", changes);
        before.ifPresent(this::written);
    }

    private void written(Report before) {
        List<CallRecord> writes = before.calls().stream()
                .filter(call ->
                        call.isGood() && WRITING.contains(call.call().name().toLowerCase(Locale.ROOT)))
                .toList();
        if (!writes.isEmpty()) {
            screen.text(
                    "  ",
                    "Before that: "
                            + writes.stream()
                                    .map(call -> CallText.of(call.call(), root))
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Who got it and why, where nobody was named. */
    public void route() {
        report.route()
                .filter(route -> route.match().stage() != Match.Stage.MENTION)
                .ifPresent(new RouteText(screen)::decision);
    }

    public void checklist() {
        if (report.checklist().isEmpty()) {
            return;
        }
        ChecklistReport checklist = report.checklist().get();
        screen.line(paint.bold("Checklist") + "  " + ChecklistText.counts(checklist));
        Map<String, CallRecord> calls = report.citations();
        for (ChecklistReport.Item item : checklist.items()) {
            String sign = switch (item.verdict()) {
                case DONE -> paint.good("✓");
                case NOT_APPLICABLE -> paint.faint("–");
                case OPEN -> paint.bad("○");
            };
            List<String> lines = Columns.wrap(SafeText.line(item.item()), screen.width() - 4);
            screen.line("  " + sign + " " + lines.getFirst());
            lines.stream().skip(1).forEach(line -> screen.line("    " + line));
            String cited = item.calls().stream()
                    .map(call -> cited(call, calls.get(call)))
                    .collect(Collectors.joining(", "));
            String note = SafeText.line(item.note());
            String why = cited.isEmpty() || note.isEmpty() ? cited + note : cited + ": " + note;
            Columns.wrap(why, screen.width() - 6).stream()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> screen.line("      " + paint.faint(line)));
        }
    }

    private String cited(String citation, @Nullable CallRecord call) {
        String what = call == null ? "(no such call)" : Columns.cut(CallText.of(call.call(), root), 40);
        return SafeText.line(citation) + " " + what;
    }

    /** Tool calls by tool, and what was denied or did not work. */
    public void calls() {
        var byTool = new LinkedHashMap<String, Integer>();
        report.calls().forEach(call -> byTool.merge(SafeText.line(call.call().name()), 1, Integer::sum));
        String tools = byTool.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        String counts = report.calls().size() + (tools.isEmpty() ? "" : ": " + tools);
        List<String> lines = Columns.wrap(counts, screen.width() - 12);
        screen.line(paint.bold("Tool calls") + "  " + lines.getFirst());
        lines.stream().skip(1).forEach(line -> screen.line("  " + line));
        listed("not understood", report.calls().stream().filter(CallRecord::isNoCall));
        listed(
                "did not work",
                report.calls().stream().filter(call -> !call.isGood() && !call.isDenied() && !call.isNoCall()));
        listed("denied", report.calls().stream().filter(CallRecord::isDenied));
        for (ToolCall call : report.interrupted()) {
            screen.line("  " + paint.doubtful("○") + " "
                    + Columns.cut("interrupted: " + CallText.of(call, root), screen.width() - 4));
        }
    }

    /** Calls of one reply end in any order; they are listed as they were made. */
    private static int place(CallRecord call) {
        return AgentStep.find(call.step())
                .map(step -> step.turn() * 1_000 + step.call())
                .orElse(0);
    }

    private void listed(String title, java.util.stream.Stream<CallRecord> calls) {
        List<CallRecord> all =
                calls.sorted(Comparator.comparing(Summary::place)).toList();
        if (all.isEmpty()) {
            return;
        }
        screen.line("  " + all.size() + " " + title + ":");
        for (CallRecord call : all) {
            screen.line("    " + paint.bad("✗") + " "
                    + Columns.cut(call.citation() + " " + CallText.of(call.call(), root), screen.width() - 6));
            screen.text("      ", CallText.result(call));
        }
    }

    /** Tokens, and whether they were a model's. */
    public void tokens() {
        var usage = report.usage();
        String text = Times.tokens(usage)
                + (report.scripted() ? " (scripted: figures of the script, no model was asked)" : "");
        List<String> lines = Columns.wrap(text, screen.width() - 8);
        screen.line(paint.bold("Tokens") + "  " + lines.getFirst());
        lines.stream().skip(1).forEach(line -> screen.line("  " + line));
        screen.text("", SpentText.turns(report));
    }

    /** Where and why it failed, and what to do next. */
    public void failures() {
        for (Failure failure : report.failures()) {
            var where = new ArrayList<String>();
            where.add("node '" + failure.at().value() + "'");
            report.agentAt(failure.at().value()).ifPresent(agent -> where.add("agent '" + agent + "'"));
            report.turnAt(failure.at().value()).ifPresent(turn -> where.add("turn " + turn));
            screen.line(paint.bad("Failed at ") + SafeText.line(String.join(", ", where)));
            screen.text("  ", SafeText.of(failure.message()));
        }
    }

    /** What to do next when it did not end well. */
    public void next() {
        String next = switch (report.ending()) {
            case DONE -> "";
            case NOT_DONE -> "Next: look at the open items above; give what is missing as a task of its own.";
            case FAILED -> failed(report);
            case CANCELLED ->
                "Next: what was changed so far is in the workspace, and 'yardmaster undo "
                        + report.view().id() + "' takes it back; the same task begins anew.";
            case INTERRUPTED -> goesOn(report);
            case PARKED -> resumes(report);
            case SUSPENDED -> "";
        };
        if (!next.isEmpty()) {
            screen.text("", next);
        }
    }

    /** How to go on with a run that failed. */
    static String failed(Report report) {
        return SpentText.goesOn(report.view().id().value(), report.failures())
                .map(command -> "Next: '" + command
                        + "' goes on where it was, with more; what was changed so far is in the" + " workspace.")
                .orElse("Next: mend what is said above, then 'yardmaster resume "
                        + report.view().id()
                        + "' tries again what failed; what was changed so far is in the workspace.");
    }

    /** Until when a run waits. */
    static String until(Report report) {
        return report.view().waitsUntil().map(due -> " until " + Times.at(due)).orElse("");
    }

    /** How to go on with a run that waits for a time. */
    static String resumes(Report report) {
        String id = report.view().id().value();
        return "Next: 'yardmaster resume " + id
                + "' goes on from then on (on a terminal it waits until then);" + " 'yardmaster cancel " + id
                + "' gives it up.";
    }

    /** How to go on with a run that was interrupted. */
    static String goesOn(Report report) {
        String how = report.view().questions().isEmpty() ? "goes on where it was" : "asks again and goes on";
        return "Next: 'yardmaster resume " + report.view().id() + "' " + how + "; 'yardmaster cancel "
                + report.view().id() + "' gives it up.";
    }
}
