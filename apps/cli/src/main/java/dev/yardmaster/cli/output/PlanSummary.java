package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.dispatch.Attempt;
import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.dispatch.RoutedSubtask;
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

    /** What it was an attempt at. */
    private Optional<RoutedSubtask> part(Attempt attempt) {
        return report.plans().stream()
                .filter(plan -> plan.round() == attempt.round())
                .flatMap(plan -> plan.subtasks().stream())
                .filter(each -> each.id().equals(attempt.subtask()))
                .findFirst();
    }

    private void attempt(Attempt attempt) {
        String sign = switch (attempt.status()) {
            case DONE -> attempt.open().isEmpty() ? paint.good("✓") : paint.doubtful("○");
            case FAILED -> paint.bad("✗");
            case CONFLICT -> paint.bad("⚠");
            case SKIPPED -> paint.doubtful("–");
        };
        String who = attempt.agent().map(name -> " · " + name).orElse("");
        Optional<RoutedSubtask> part = part(attempt);
        boolean chosen = part.map(each ->
                        attempt.agent().equals(each.candidates().stream().findFirst()))
                .orElse(false);
        String how = attempt.agent().isEmpty() || part.isEmpty()
                ? ""
                : " · " + (chosen ? part.get().route().match().stage().inWords() : "the next candidate");
        screen.line("  " + sign + " " + SafeText.line(attempt.subtask() + who) + paint.faint(how));
        if (chosen) {
            Columns.wrap(SafeText.line(part.get().route().match().reason()), screen.width() - 6)
                    .forEach(line -> screen.line("      " + paint.faint(line)));
        }
        List<String> lines = Columns.wrap(SafeText.of(attempt.text()).strip(), screen.width() - 4);
        lines.stream().limit(MOST_LINES).forEach(line -> screen.line(line.isEmpty() ? "" : "    " + line));
        if (lines.size() > MOST_LINES) {
            screen.line(
                    "    " + paint.faint("… " + (lines.size() - MOST_LINES) + " more lines; --json has all of them"));
        }
        attempt.open().forEach(item -> screen.text("    ", "not shown: " + SafeText.line(item)));
    }
}
