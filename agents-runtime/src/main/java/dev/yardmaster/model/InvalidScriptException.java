package dev.yardmaster.model;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A script file that cannot be used; names every problem with its line. */
public final class InvalidScriptException extends YardmasterException {

    private final List<String> problems;

    InvalidScriptException(String source, List<String> problems) {
        super("script '" + source + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
