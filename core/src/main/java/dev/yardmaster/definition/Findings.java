package dev.yardmaster.definition;

import dev.yardmaster.definition.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the diagnostics of one file while it is read. */
final class Findings {

    /** Nobody reads more; what else is wrong shows once these are mended. */
    private static final int MOST = 200;

    private final String file;
    private final List<Diagnostic> found = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    void error(FilePosition at, String code, String message, String remedy) {
        add(at, Severity.ERROR, code, message, remedy);
    }

    void warning(FilePosition at, String code, String message, String remedy) {
        add(at, Severity.WARNING, code, message, remedy);
    }

    void hint(FilePosition at, String code, String message, String remedy) {
        add(at, Severity.HINT, code, message, remedy);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    /** In the order of the file. */
    List<Diagnostic> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
                .toList();
    }

    private void add(FilePosition at, Severity severity, String code, String message, String remedy) {
        boolean firstError = severity == Severity.ERROR && !hasErrors();
        if (found.size() >= MOST && !firstError) {
            return;
        }
        found.add(new Diagnostic(file, at.line(), at.column(), severity, code, message, remedy));
    }
}
