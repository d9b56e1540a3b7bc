package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.ChoiceReport;
import dev.yardmaster.dispatch.ModelChoice;
import dev.yardmaster.event.Spending;
import dev.yardmaster.model.Model;
import dev.yardmaster.routing.RoutingReport;
import java.util.Locale;

/** What a model's choice gains where the router is not sure, for people and for programs. */
final class ChoiceReportText {

    private final Screen screen;

    ChoiceReportText(Screen screen) {
        this.screen = screen;
    }

    /** How often it was asked and right, beside the router; as a whole, and by how sure the router was. */
    void show(ChoiceReport report, Model model, ModelChoice choice) {
        screen.line("Asked " + SafeText.line(model.name()) + (model.scripted() ? " (scripted replies)" : "") + " about "
                + report.asked() + ": the router was less than " + Math.round(100 * choice.below())
                + " % sure, or found nobody");
        screen.line(row("tasks", "router", "model"));
        report.bands().forEach(band -> screen.line(row(sure(band), band.asked(), band.routerRight(), band.right())));
        if (report.bands().size() > 1) {
            screen.line(row("all of these", report.asked(), report.routerRight(), report.right()));
        }
        screen.line(String.format(
                Locale.ROOT,
                "  All tasks: %.1f %% with the model, %.1f %% by the router alone (best three: %.1f %%, %.1f %%)",
                100 * report.together().top1(),
                100 * report.alone().top1(),
                100 * report.together().top3(),
                100 * report.alone().top3()));
        Spending spent = report.spent();
        screen.text(
                "",
                "Tokens  " + Times.tokens(spent.usage())
                        + (model.scripted() ? " (scripted: figures of the script, no model was asked)" : ""));
        screen.text("", "Turns  " + Times.number(spent.turns()) + cost(spent));
    }

    private static String cost(Spending spent) {
        if (spent.dollars().signum() == 0 && spent.unpriced() == 0) {
            return "";
        }
        return " · Cost  " + SpentText.dollars(spent.dollars()) + " by list prices"
                + (spent.unpriced() == 0 ? "" : ", without " + spent.unpriced() + " replies of unknown price");
    }

    private static String sure(ChoiceReport.Band band) {
        return band.declined()
                ? "declined"
                : Math.round(100 * band.from()) + " to " + Math.round(100 * band.to()) + " % sure";
    }

    private static String row(String tasks, String router, String model) {
        return String.format(Locale.ROOT, "  %-16s %6s %9s %9s", "", tasks, router, model);
    }

    private static String row(String what, int asked, int router, int model) {
        return String.format(
                Locale.ROOT, "  %-16s %6d %7.1f %% %7.1f %%", what, asked, share(router, asked), share(model, asked));
    }

    private static double share(int part, int all) {
        return all == 0 ? 0 : 100.0 * part / all;
    }

    /** One line of JSON: the figures with the model, and {@code model}, what it made of them; see docs/json.md. */
    static String json(ChoiceReport report, Model model, ModelChoice choice) {
        ObjectNode json = RoutingReportText.object(report.together());
        ObjectNode own = json.putObject("model")
                .put("name", model.name())
                .put("scripted", model.scripted())
                .put("below", choice.below())
                .put("asked", report.asked())
                .put("right", report.right())
                .put("routerRight", report.routerRight());
        RoutingReport alone = report.alone();
        own.putObject("alone")
                .put("declined", alone.declined())
                .put("top1", alone.top1())
                .put("top3", alone.top3())
                .put("mrr", alone.mrr());
        ArrayNode bands = own.putArray("bands");
        report.bands()
                .forEach(band -> bands.addObject()
                        .put("declined", band.declined())
                        .put("from", band.from())
                        .put("to", band.to())
                        .put("asked", band.asked())
                        .put("right", band.right())
                        .put("routerRight", band.routerRight()));
        own.put("turns", report.spent().turns());
        own.set("usage", JsonEvents.usage(report.spent().usage()));
        own.putObject("cost")
                .put("dollars", report.spent().dollars())
                .put("unpriced", report.spent().unpriced());
        return JsonLine.of(json);
    }
}
