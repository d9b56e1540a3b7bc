package dev.yardmaster.model;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A script that cannot be used; names every problem with file and line. */
public final class InvalidScriptException extends YardmasterException {

    private final List<String> problems;

    InvalidScriptException(String source, List<String> problems) {
        super("script '" + source + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each with {@code file:line:} before it; a file that cannot be read has no line. */
    public List<String> problems() {
        return problems;
    }
}
