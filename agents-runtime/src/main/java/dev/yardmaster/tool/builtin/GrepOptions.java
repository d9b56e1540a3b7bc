package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.Arguments;

/**
 * How a search is made and answers.
 *
 * @param mode {@code content}, {@code files_with_matches} or {@code count}
 * @param before lines to show before a match
 * @param after lines to show after it
 * @param offset how many lines or entries to pass over
 * @param limit the most to show
 */
record GrepOptions(
        String mode,
        boolean ignoreCase,
        boolean numbers,
        boolean onlyMatching,
        boolean multiline,
        int before,
        int after,
        long offset,
        long limit) {

    private static final long DEFAULT_LIMIT = 250;
    private static final int MAX_AROUND = 1_000;

    static GrepOptions of(Arguments arguments) {
        long asked = arguments.findInteger("head_limit").orElse(DEFAULT_LIMIT);
        String mode = arguments.findText("output_mode").orElse("files_with_matches");
        boolean lines = mode.equals("content") && !arguments.flag("-o");
        return new GrepOptions(
                mode,
                arguments.flag("-i"),
                arguments.flag("-n", true),
                arguments.flag("-o"),
                arguments.flag("multiline"),
                lines ? around(arguments, "-B") : 0,
                lines ? around(arguments, "-A") : 0,
                Math.max(0, arguments.findInteger("offset").orElse(0L)),
                asked <= 0 ? Long.MAX_VALUE : asked);
    }

    private static int around(Arguments arguments, String flag) {
        long both = arguments
                .findInteger("-C")
                .or(() -> arguments.findInteger("context"))
                .orElse(0L);
        return Math.clamp(arguments.findInteger(flag).orElse(both), 0, MAX_AROUND);
    }

    boolean isContent() {
        return mode.equals("content");
    }

    boolean isCount() {
        return mode.equals("count");
    }

    boolean isFiles() {
        return !isContent() && !isCount();
    }

    boolean hasContext() {
        return before > 0 || after > 0;
    }
}
