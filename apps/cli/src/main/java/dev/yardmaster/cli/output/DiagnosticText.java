package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.Diagnostic;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is worth telling about agent files, sorted, each with its remedy. */
public final class DiagnosticText {

    /** By place: file, line, column. */
    public static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::file)
            .thenComparing(Diagnostic::line)
            .thenComparing(Diagnostic::column)
            .thenComparing(Diagnostic::severity);

    private final Screen screen;

    public DiagnosticText(Screen screen) {
        this.screen = screen;
    }

    public void show(List<Diagnostic> diagnostics) {
        diagnostics.stream().sorted(BY_PLACE).forEach(this::show);
    }

    private void show(Diagnostic diagnostic) {
        var paint = screen.paint();
        String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
        String painted = switch (diagnostic.severity()) {
            case ERROR -> paint.bad(severity);
            case WARNING -> paint.doubtful(severity);
            case HINT -> paint.faint(severity);
        };
        screen.line(SafeText.line(diagnostic.file()) + ":" + diagnostic.line() + ":" + diagnostic.column() + " "
                + painted + paint.faint(" [" + diagnostic.code() + "]"));
        Columns.wrap(SafeText.line(diagnostic.message()), screen.width() - 2).forEach(line -> screen.line("  " + line));
        Columns.wrap("→ " + SafeText.line(diagnostic.remedy()), screen.width() - 2)
                .forEach(line -> screen.line("  " + paint.faint(line)));
    }
}
