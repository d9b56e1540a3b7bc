package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.ChoiceReport;
import dev.yardmaster.dispatch.ModelChoice;
import dev.yardmaster.model.Model;
import dev.yardmaster.routing.RoutingReport;
import java.util.List;
import java.util.Locale;

/** How well a router does, for people and for programs. */
public final class RoutingReportText {

    private static final int CONFUSIONS = 10;

    private final Screen screen;

    public RoutingReportText(Screen screen) {
        this.screen = screen;
    }

    /** The figures, and who is confused with whom most often. */
    public void show(RoutingReport report, int agents) {
        screen.line(report.queries() + " tasks, " + agents + " agents");
        screen.line(row("chosen rightly", report.top1()));
        screen.line(row("among the best three", report.top3()));
        screen.line(String.format(Locale.ROOT, "  %-22s %6.3f", "mean reciprocal rank", report.mrr()));
        screen.line(String.format(Locale.ROOT, "  %-22s %6d", "declined", report.declined()));
        screen.line(String.format(
                Locale.ROOT,
                "  %-22s %6.1f ms, 99 of 100 within %.1f ms",
                "half of them within",
                report.p50Millis(),
                report.p99Millis()));
        List<RoutingReport.Confusion> confusions =
                report.confusions().stream().limit(CONFUSIONS).toList();
        if (!confusions.isEmpty()) {
            screen.line();
            screen.line("Confused most often:");
            confusions.forEach(each -> screen.line("  " + each.count() + " × " + SafeText.line(each.expected()) + " → "
                    + SafeText.line(each.chosen())));
        }
    }

    /** The same of what a model chose some of, and what it gained. */
    public void show(ChoiceReport report, Model model, ModelChoice choice, int agents) {
        show(report.together(), agents);
        screen.line();
        new ChoiceReportText(screen).show(report, model, choice);
    }

    private static String row(String what, double share) {
        return String.format(Locale.ROOT, "  %-22s %5.1f %%", what, 100 * share);
    }

    /** One line of JSON; see docs/json.md. */
    public static String json(RoutingReport report) {
        return JsonLine.of(object(report));
    }

    /** The same of what a model chose some of, with what it gained. */
    public static String json(ChoiceReport report, Model model, ModelChoice choice) {
        return ChoiceReportText.json(report, model, choice);
    }

    static ObjectNode object(RoutingReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("v", 1)
                .put("queries", report.queries())
                .put("answered", report.answered())
                .put("declined", report.declined())
                .put("top1", report.top1())
                .put("top3", report.top3())
                .put("mrr", report.mrr())
                .put("p50_ms", report.p50Millis())
                .put("p99_ms", report.p99Millis());
        ArrayNode confusions = json.putArray("confusions");
        report.confusions()
                .forEach(each -> confusions
                        .addObject()
                        .put("expected", each.expected())
                        .put("chosen", each.chosen())
                        .put("count", each.count()));
        return json;
    }
}
