package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A graph that cannot run; names every problem with its remedy. */
public final class InvalidGraphException extends YardmasterException {

    /**
     * Something that is wrong with a graph.
     *
     * @param message what it is, and its remedy
     * @param node the node it is about, where it is about one above all
     * @param edge the edge it is about, where it is about one above all
     */
    public record Problem(String message, Optional<String> node, Optional<Edge> edge) {

        static Problem of(String message) {
            return new Problem(message, Optional.empty(), Optional.empty());
        }

        static Problem atNode(String node, String message) {
            return new Problem(message, Optional.of(node), Optional.empty());
        }

        static Problem atEdge(Edge edge, String message) {
            return new Problem(message, Optional.empty(), Optional.of(edge));
        }
    }

    private final List<Problem> details;

    InvalidGraphException(String graph, List<Problem> problems) {
        super("graph '" + graph + "' has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + ":\n  - "
                + problems.stream().map(Problem::message).collect(Collectors.joining("\n  - ")));
        this.details = List.copyOf(problems);
    }

    /** What is wrong, each with its remedy. */
    public List<String> problems() {
        return details.stream().map(Problem::message).toList();
    }

    /** The same, each with the node or edge it is about. */
    public List<Problem> details() {
        return details;
    }
}
