package dev.yardmaster.graph;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was declared to leave a node: one edge, or several of which a chooser picks. */
sealed interface Outgoing {

    List<Edge> edges();

    record Single(Edge edge, Predicate<State> when, List<String> targets) implements Outgoing {
        Single(Edge edge, Predicate<State> when) {
            this(edge, when, List.of(edge.to()));
        }

        boolean isPlain() {
            return edge.kind() == Edge.Kind.PLAIN;
        }

        @Override
        public List<Edge> edges() {
            return List.of(edge);
        }
    }

    record Choice(String from, List<Edge> edges, Function<State, ? extends Collection<String>> chooser)
            implements Outgoing {
        public Choice {
            edges = List.copyOf(edges);
        }
    }
}
