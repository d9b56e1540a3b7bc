package dev.yardmaster.cli.output;

import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.FileChange;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of a workflow: how it ended, its nodes, its channels, what was changed, called and used. */
public final class WorkflowSummary {

    private static final int MOST_NODES = 40;

    private final Screen screen;
    private final Paint paint;
    private final Report report;
    private final Path root;
    private final Summary common;

    public WorkflowSummary(Screen screen, Report report, Path root) {
        this.screen = screen;
        this.paint = screen.paint();
        this.report = report;
        this.root = root;
        this.common = new Summary(screen, report, root);
    }

    /** All of it. @param nodes the names of the workflow's nodes */
    public void show(List<String> nodes, List<FileChange> changes) {
        outcome();
        common.failures();
        screen.line();
        nodes(nodes);
        if (report.attempts().isEmpty()) {
            channels();
        } else {
            new PlanSummary(screen, report).show();
        }
        common.changes(changes);
        calls();
        common.tokens();
        next();
    }

    private void outcome() {
        String name = report.view().graph().equals(Planning.GRAPH)
                ? "the plan"
                : "workflow '" + SafeText.line(report.view().graph()) + "'";
        String took = " in " + Times.of(report.took());
        screen.line(
                switch (report.ending()) {
                    case DONE -> paint.good("✓ Done") + ": " + name + took;
                    case NOT_DONE -> paint.doubtful("○ Not done") + ": " + SafeText.line(missing()) + took;
                    case FAILED -> paint.bad("✗ Failed") + ": " + name + took;
                    case CANCELLED -> paint.doubtful("○ Cancelled") + ": " + name + " after " + Times.of(report.took());
                    case INTERRUPTED ->
                        paint.doubtful("○ Interrupted") + ": " + name + " after " + Times.of(report.took());
                    case PARKED -> paint.doubtful("○ Parked") + Summary.until(report) + ": " + name;
                    case SUSPENDED -> paint.doubtful("○ Waits for a person") + ": " + name;
                });
    }

    private String missing() {
        return Stream.of(
                        report.undone().isEmpty() ? "" : "no one did " + String.join(", ", report.undone()),
                        report.leftOpen().isEmpty()
                                ? ""
                                : "items of a checklist are open at " + String.join(", ", report.leftOpen()))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private void nodes(List<String> all) {
        List<NodeRun> runs = report.nodes();
        screen.line(paint.bold("Nodes") + "  " + runs.size() + (runs.size() == 1 ? " execution" : " executions"));
        int column = runs.stream()
                .mapToInt(run -> Columns.of(SafeText.line(run.node().path().value())))
                .max()
                .orElse(0);
        int width = Math.min(column, screen.width() / 2);
        for (NodeRun run : runs.stream().limit(MOST_NODES).toList()) {
            String sign = switch (run.node().status()) {
                case COMPLETED -> paint.good("✓");
                case FAILED -> paint.bad("✗");
                case RUNNING -> paint.doubtful("○");
            };
            String path =
                    Columns.pad(Columns.cut(SafeText.line(run.node().path().value()), width), width);
            String more = run.agent().map(agent -> "  " + SafeText.line(agent)).orElse("")
                    + (run.node().attempts() > 1 ? "  " + run.node().attempts() + " attempts" : "");
            screen.line("  " + sign + " " + path + "  " + Times.of(run.took())
                    + paint.faint(Columns.cut(more, screen.width() - width - 14)));
        }
        if (runs.size() > MOST_NODES) {
            screen.line("  " + paint.faint("… " + (runs.size() - MOST_NODES) + " more; --json has all of them"));
        }
        var reached = runs.stream()
                .map(run -> run.node().path().value().replaceAll("[#/\\[].*", ""))
                .collect(Collectors.toSet());
        String others = all.stream().filter(node -> !reached.contains(node)).collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            screen.text("  ", SafeText.line("did not run: " + others));
        }
    }

    private void channels() {
        Map<String, dev.yardmaster.event.Json> results = report.results();
        var untouched = report.untouched();
        List<String> written = results.keySet().stream()
                .filter(name -> !untouched.contains(name))
                .toList();
        if (written.isEmpty()) {
            return;
        }
        screen.line(paint.bold("Channels"));
        for (String channel : written) {
            List<String> lines = ChannelText.lines(results.get(channel), screen.width() - 4);
            screen.line("  " + paint.notable(channel) + (lines.size() == 1 ? "" : ":"));
            lines.forEach(line -> screen.line(line.isEmpty() ? "" : "    " + line));
        }
    }

    private void calls() {
        var byTool = new LinkedHashMap<String, Integer>();
        report.calls().forEach(call -> byTool.merge(SafeText.line(call.call().name()), 1, Integer::sum));
        String tools = byTool.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        screen.text("", "Tool calls  " + report.calls().size() + (tools.isEmpty() ? "" : ": " + tools));
        List<Happening.Called> bad =
                report.called().stream().filter(each -> !each.call().isGood()).toList();
        listed(
                "not understood",
                bad.stream().filter(each -> each.call().isNoCall()).toList());
        listed(
                "did not work",
                bad.stream()
                        .filter(each -> !each.call().isDenied() && !each.call().isNoCall())
                        .toList());
        listed("denied", bad.stream().filter(each -> each.call().isDenied()).toList());
        for (ToolCall call : report.interrupted()) {
            screen.line("  " + paint.doubtful("○") + " "
                    + Columns.cut("interrupted: " + CallText.of(call, root), screen.width() - 4));
        }
    }

    private void listed(String title, List<Happening.Called> calls) {
        if (calls.isEmpty()) {
            return;
        }
        screen.line("  " + calls.size() + " " + title + ":");
        for (Happening.Called called : calls) {
            CallRecord call = called.call();
            String where = SafeText.line(called.place().node()) + " " + call.citation() + " ";
            screen.line("    " + paint.bad("✗") + " "
                    + Columns.cut(where + CallText.of(call.call(), root), screen.width() - 6));
            screen.text("      ", CallText.result(call));
        }
    }

    private void next() {
        String next = switch (report.ending()) {
            case DONE -> "";
            case NOT_DONE -> "Next: look at the open items of these nodes; give what is missing as a task of its own.";
            case FAILED -> Summary.failed(report);
            case CANCELLED -> "Next: what was changed so far is in the workspace; the same command begins anew.";
            case INTERRUPTED -> Summary.goesOn(report);
            case PARKED -> Summary.resumes(report);
            case SUSPENDED -> "";
        };
        if (!next.isEmpty()) {
            screen.text("", next);
        }
    }
}
