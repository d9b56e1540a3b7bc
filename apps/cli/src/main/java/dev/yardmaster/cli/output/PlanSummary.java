package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Planning;
import java.util.List;
import java.util.Optional;

/** What came of a plan: each subtask with who did it and what they said, then what it comes to. */
final class PlanSummary {

    private static final int MOST_LINES = 4;

    private final Screen screen;
    private final Paint paint;
    private final Report report;

    PlanSummary(Screen screen, Report report) {
        this.screen = screen;
        this.paint = screen.paint();
        this.report = report;
    }

    void show() {
        screen.line(paint.bold("Subtasks"));
        report.attempts().forEach(this::attempt);
        Optional.ofNullable(report.results().get(Planning.SUMMARY.name()))
                .map(summary -> summary.as(String.class))
                .ifPresent(summary -> {
                    screen.line(paint.bold("Summary"));
                    screen.text("  ", SafeText.of(summary));
                });
    }

    private void attempt(Attempt attempt) {
        String sign = switch (attempt.status()) {
            case DONE -> attempt.open().isEmpty() ? paint.good("✓") : paint.doubtful("○");
            case FAILED -> paint.bad("✗");
            case CONFLICT -> paint.bad("⚠");
            case SKIPPED -> paint.doubtful("–");
        };
        String who = attempt.agent().map(name -> " · " + name).orElse("");
        screen.line("  " + sign + " " + SafeText.line(attempt.subtask() + who));
        List<String> lines = Columns.wrap(SafeText.of(attempt.text()).strip(), screen.width() - 4);
        lines.stream().limit(MOST_LINES).forEach(line -> screen.line(line.isEmpty() ? "" : "    " + line));
        if (lines.size() > MOST_LINES) {
            screen.line(
                    "    " + paint.faint("… " + (lines.size() - MOST_LINES) + " more lines; --json has all of them"));
        }
        attempt.open().forEach(item -> screen.text("    ", "not shown: " + SafeText.line(item)));
    }
}
