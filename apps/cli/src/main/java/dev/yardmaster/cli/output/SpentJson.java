package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Budget;
import dev.yardmaster.run.RunView;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/** What runs may use up and have, for programs. The format is docs/json.md. */
public final class SpentJson {

    private SpentJson() {}

    /** Writes a line of {@code runs --json}. @param status in a word @param since when it last changed */
    public static void run(PrintStream out, RunView view, String status, String task, Instant since) {
        ObjectNode line = JsonEvents.object()
                .put("v", 1)
                .put("run", view.id().value())
                .put("graph", view.graph())
                .put("status", status)
                .put("task", task)
                .put("startedAt", view.startedAt().toString())
                .put("since", since.toString());
        add(line, Report.interrupted(view));
        line.put("workedMillis", view.worked().toMillis());
        line.set("budget", budget(view.budget()));
        JsonEvents.write(out, line);
    }

    /** Adds what a run used up: turns, tokens, dollars. */
    static void add(ObjectNode line, Report report) {
        line.put("turns", report.view().spent().turns());
        line.set("usage", JsonEvents.usage(report.usage()));
        Cost cost = report.cost();
        ObjectNode price = line.putObject("cost").put("dollars", cost.dollars());
        price.set("unknown", JsonEvents.texts(List.copyOf(cost.unknown())));
    }

    private static ObjectNode budget(Budget budget) {
        ObjectNode limits = JsonEvents.object();
        budget.dollars().ifPresent(most -> limits.put("cost", most));
        budget.tokens().ifPresent(most -> limits.put("tokens", most));
        budget.turns().ifPresent(most -> limits.put("turns", most));
        budget.time().ifPresent(most -> limits.put("timeMillis", most.toMillis()));
        return limits;
    }
}
