package dev.yardmaster.model;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A script that cannot be used; names every problem with file and line. */
public final class InvalidScriptException extends YardmasterException {

    private final List<String> problems;

    /** @param more how many problems there are besides */
    InvalidScriptException(String source, List<String> problems, int more) {
        super("script '" + source + "' has " + (problems.size() + more)
                + (problems.size() == 1 ? " problem" : " problems") + ":\n  - " + String.join("\n  - ", problems)
                + (more == 0 ? "" : "\n  … and " + more + " more"));
        this.problems = List.copyOf(problems);
    }

    /** The first 50, each with {@code file:line:} before it; a file that cannot be read has no line. */
    public List<String> problems() {
        return problems;
    }
}
