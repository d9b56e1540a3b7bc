package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.UnifiedDiff;
import java.util.List;

/** What changed in a workspace, as a diff. */
final class DiffText {

    private static final int MOST_LINES = 300;

    private final Screen screen;
    private final Paint paint;

    DiffText(Screen screen) {
        this.screen = screen;
        this.paint = screen.paint();
    }

    void show(String title, List<FileChange> changes) {
        if (changes.isEmpty()) {
            screen.line(paint.bold(title) + "  none");
            return;
        }
        screen.line(paint.bold(title) + "  " + changes.size() + (changes.size() == 1 ? " file" : " files"));
        List<String> lines = changes.stream()
                .flatMap(change -> UnifiedDiff.of(change).stream())
                .toList();
        lines.stream().limit(MOST_LINES).map(SafeText::of).forEach(line -> screen.line("  " + painted(line)));
        if (lines.size() > MOST_LINES) {
            screen.line(
                    "  " + paint.faint("… " + (lines.size() - MOST_LINES) + " more lines; the files have them all"));
        }
    }

    /** Cut where a person looks at it, whole where a program reads it. */
    private String painted(String line) {
        String shown = screen.isMoving() ? Columns.cut(line, screen.width() - 2) : line;
        if (shown.startsWith("+++") || shown.startsWith("---")) {
            return paint.bold(shown);
        }
        if (shown.startsWith("@@")) {
            return paint.notable(shown);
        }
        if (shown.startsWith("+")) {
            return paint.good(shown);
        }
        return shown.startsWith("-") ? paint.bad(shown) : shown;
    }
}
