package dev.yardmaster.workflow;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.yaml.YamlNodes;
import java.util.List;

/** A workflow that cannot be used; names every problem with file and line. */
public final class InvalidWorkflowException extends YardmasterException {

    private final List<String> problems;

    InvalidWorkflowException(String source, List<String> problems) {
        this(
                source,
                problems.stream().limit(YamlNodes.MOST_TOLD).toList(),
                Math.max(0, problems.size() - YamlNodes.MOST_TOLD));
    }

    /** @param more how many problems there are besides */
    InvalidWorkflowException(String source, List<String> problems, int more) {
        super("workflow '" + source + "' has " + (problems.size() + more)
                + (problems.size() == 1 ? " problem" : " problems") + ":\n  - " + String.join("\n  - ", problems)
                + (more == 0 ? "" : "\n  … and " + more + " more"));
        this.problems = List.copyOf(problems);
    }

    /** The first 50, each with {@code file:line:} before it; a file that cannot be read has no line. */
    public List<String> problems() {
        return problems;
    }
}
