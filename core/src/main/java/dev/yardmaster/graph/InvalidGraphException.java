package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A graph that cannot run; names every problem with its remedy. */
public final class InvalidGraphException extends YardmasterException {

    private final List<String> problems;

    InvalidGraphException(String graph, List<String> problems) {
        super("graph '" + graph + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
