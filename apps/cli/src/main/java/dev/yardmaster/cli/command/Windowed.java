package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.context.ContextPolicy;

/** The window of models, where the caller says that it is another one than is known. */
final class Windowed {

    private static final String VARIABLE = "YARDMASTER_CONTEXT_WINDOW";
    private static final long LEAST = 2_000;

    private Windowed() {}

    /** @throws UsageException when the variable holds no number of tokens */
    static ContextPolicy of(Caller caller) {
        return caller.variable(VARIABLE)
                .map(text -> ContextPolicy.defaults().withWindow(tokens(text)))
                .orElse(ContextPolicy.defaults());
    }

    private static long tokens(String text) {
        try {
            long tokens = Long.parseLong(text.strip().replace("_", ""));
            if (tokens >= LEAST) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(VARIABLE + " holds '" + text + "', which is no window; write a number of tokens, "
                + LEAST + " or more, or unset it");
    }
}
