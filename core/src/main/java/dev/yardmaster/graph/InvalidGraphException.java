package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;
import java.util.List;
import java.util.stream.Collectors;

/** A graph that cannot run; names every problem with its remedy. */
public final class InvalidGraphException extends YardmasterException {

    private final List<GraphProblem> details;

    InvalidGraphException(String graph, List<GraphProblem> problems) {
        super("graph '" + graph + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ":\n  - "
                + problems.stream().map(GraphProblem::message).collect(Collectors.joining("\n  - ")));
        this.details = List.copyOf(problems);
    }

    /** What is wrong, each with its remedy. */
    public List<String> problems() {
        return details.stream().map(GraphProblem::message).toList();
    }

    /** The same, each with the node or edge it is about. */
    public List<GraphProblem> details() {
        return details;
    }
}
