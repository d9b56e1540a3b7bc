package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.tool.ToolResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the demo's commands printed of times and tests. */
final class Measured {

    private static final Pattern ELAPSED = Pattern.compile("elapsed: ([0-9.]+) s");
    private static final Pattern TESTS = Pattern.compile("Ran (\\d+) tests? in");

    private final List<CallRecord> commands;

    Measured(List<CallRecord> calls) {
        commands = calls.stream()
                .filter(call -> call.call().name().equals("Bash") && call.result() instanceof ToolResult.Text)
                .toList();
    }

    /** A command's measurement. */
    private record Time(String citation, double seconds) {}

    /** The times before and after, as the tool measured them. */
    void times(Screen screen) {
        List<Time> times =
                commands.stream().flatMap(call -> time(call).stream()).toList();
        screen.line(screen.paint().bold("Measured") + "  by python3 bench.py, as it printed them");
        if (times.size() < 2) {
            screen.line("  " + (times.isEmpty() ? "nothing was measured" : "it was measured once only"));
            return;
        }
        Time before = times.getFirst();
        Time after = times.getLast();
        screen.line("  before  " + seconds(before));
        screen.line("  after   " + seconds(after)
                + (after.seconds() > 0
                        ? String.format(Locale.ROOT, "   %.0f times as fast", before.seconds() / after.seconds())
                        : ""));
    }

    private static String seconds(Time time) {
        return String.format(Locale.ROOT, "%8.3f s  (call %s)", time.seconds(), time.citation());
    }

    private static Optional<Time> time(CallRecord call) {
        var matcher = ELAPSED.matcher(text(call));
        return matcher.find()
                ? Optional.of(new Time(call.citation(), Double.parseDouble(matcher.group(1))))
                : Optional.empty();
    }

    /** The last test run. */
    void tests(Screen screen) {
        Optional<CallRecord> run = commands.stream()
                .filter(call -> TESTS.matcher(text(call)).find())
                .reduce((first, second) -> second);
        var paint = screen.paint();
        if (run.isEmpty()) {
            screen.line(paint.bold("Tests") + "  were not run");
            return;
        }
        var matcher = TESTS.matcher(text(run.get()));
        String count = matcher.find() ? matcher.group(1) : "?";
        boolean good = run.get().isGood();
        String verdict = good ? paint.good("passed") : paint.bad("failed: " + SafeText.line(lastLine(run.get())));
        screen.line(paint.bold("Tests") + "  " + count + " " + verdict + "  (call "
                + run.get().citation() + ")");
    }

    private static String lastLine(CallRecord call) {
        return text(call).lines().reduce((first, second) -> second).orElse("");
    }

    private static String text(CallRecord call) {
        return call.result() instanceof ToolResult.Text result ? result.text() : "";
    }
}
