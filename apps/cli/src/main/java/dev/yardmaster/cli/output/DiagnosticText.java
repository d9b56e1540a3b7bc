package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.Diagnostic;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is worth telling about agent files, sorted, each with its remedy. */
public final class DiagnosticText {

    /** By place: file, line, column. */
    public static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::file)
            .thenComparing(Diagnostic::line)
            .thenComparing(Diagnostic::column)
            .thenComparing(Diagnostic::severity);

    /** So many hints that say the same are told once. */
    private static final int MANY = 4;

    private final Screen screen;

    public DiagnosticText(Screen screen) {
        this.screen = screen;
    }

    public void show(List<Diagnostic> diagnostics) {
        diagnostics.stream().sorted(BY_PLACE).forEach(this::show);
    }

    /** The same, where hints that say the same of many files are told once, at the end. */
    public void showFolded(List<Diagnostic> diagnostics) {
        Map<Said, List<Diagnostic>> alike = diagnostics.stream()
                .filter(each -> each.severity() == Diagnostic.Severity.HINT)
                .sorted(BY_PLACE)
                .collect(Collectors.groupingBy(Said::of, LinkedHashMap::new, Collectors.toList()));
        alike.values().removeIf(each -> each.size() < MANY);
        show(diagnostics.stream()
                .filter(each -> !alike.containsKey(Said.of(each)))
                .toList());
        alike.values().forEach(this::folded);
    }

    private void folded(List<Diagnostic> alike) {
        var paint = screen.paint();
        Diagnostic first = alike.getFirst();
        screen.line(paint.faint("hint [" + first.code() + "]") + " at " + alike.size() + " places, such as "
                + place(first));
        said(first);
    }

    private static String place(Diagnostic diagnostic) {
        return SafeText.line(diagnostic.file()) + ":" + diagnostic.line() + ":" + diagnostic.column();
    }

    private void said(Diagnostic diagnostic) {
        Columns.wrap(SafeText.line(diagnostic.message()), screen.width() - 2).forEach(line -> screen.line("  " + line));
        Columns.wrap("→ " + SafeText.line(diagnostic.remedy()), screen.width() - 2)
                .forEach(line -> screen.line("  " + screen.paint().faint(line)));
    }

    /** What is the same of diagnostics at different places. */
    private record Said(String code, String message, String remedy) {
        static Said of(Diagnostic diagnostic) {
            return new Said(diagnostic.code(), diagnostic.message(), diagnostic.remedy());
        }
    }

    private void show(Diagnostic diagnostic) {
        var paint = screen.paint();
        String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
        String painted = switch (diagnostic.severity()) {
            case ERROR -> paint.bad(severity);
            case WARNING -> paint.doubtful(severity);
            case HINT -> paint.faint(severity);
        };
        screen.line(place(diagnostic) + " " + painted + paint.faint(" [" + diagnostic.code() + "]"));
        said(diagnostic);
    }
}
