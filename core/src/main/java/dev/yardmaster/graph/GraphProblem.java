package dev.yardmaster.graph;

import java.util.Optional;

/**
 * Something that is wrong with a graph.
 *
 * @param message what it is, and its remedy
 * @param node the node it is about, where it is about one above all
 * @param edge the edge it is about, where it is about one above all
 */
public record GraphProblem(String message, Optional<String> node, Optional<Edge> edge) {

    static GraphProblem of(String message) {
        return new GraphProblem(message, Optional.empty(), Optional.empty());
    }

    static GraphProblem atNode(String node, String message) {
        return new GraphProblem(message, Optional.of(node), Optional.empty());
    }

    static GraphProblem atEdge(Edge edge, String message) {
        return new GraphProblem(message, Optional.empty(), Optional.of(edge));
    }
}
