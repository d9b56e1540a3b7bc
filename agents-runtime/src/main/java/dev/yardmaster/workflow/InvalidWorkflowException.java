package dev.yardmaster.workflow;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A workflow that cannot be used; names every problem with file and line. */
public final class InvalidWorkflowException extends YardmasterException {

    private final List<String> problems;

    InvalidWorkflowException(String source, List<String> problems) {
        super("workflow '" + source + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each with {@code file:line:} before it; a file that cannot be read has no line. */
    public List<String> problems() {
        return problems;
    }
}
