package dev.yardmaster.cli.output;

import dev.yardmaster.cli.terminal.Paint;
import dev.yardmaster.cli.terminal.SafeText;

/** What became of work in a git worktree, in a line. */
final class MergedText {

    private MergedText() {}

    static String sign(Happening.Merged merged, Paint paint) {
        return merged.work().branch().isEmpty() ? paint.good("⇢") : paint.doubtful("⚠");
    }

    static String of(Happening.Merged merged) {
        String what = merged.work().branch().isEmpty()
                ? "merged " + String.join(", ", merged.work().files())
                : merged.work().told();
        return SafeText.line(merged.of().isEmpty() ? what : merged.of() + ": " + what);
    }
}
