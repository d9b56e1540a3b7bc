package dev.yardmaster.cli.output;

import dev.yardmaster.context.Compaction;
import java.util.Locale;

/** What was done about a conversation that was too long, in a line. */
final class ContextText {

    private ContextText() {}

    /** {@code context: 164k of 200k tokens, compacted to 41k}. */
    static String of(Compaction done) {
        String refused = done.why() == Compaction.Why.OVERFLOW ? ", refused as too long" : "";
        return "context: " + thousands(done.before()) + " of " + thousands(done.window()) + " tokens" + refused
                + ", compacted to " + thousands(done.after());
    }

    private static String thousands(long tokens) {
        return tokens < 10_000
                ? String.format(Locale.ROOT, "%.1fk", tokens / 1_000.0)
                : Math.round(tokens / 1_000.0) + "k";
    }
}
