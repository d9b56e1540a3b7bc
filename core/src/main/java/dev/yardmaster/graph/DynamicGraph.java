package dev.yardmaster.graph;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A graph that is made from the state when its turn comes, and then is a unit like any other graph. Only the state is
 * recorded: after a crash the graph is made again, and has to be the same.
 */
final class DynamicGraph implements Node {

    private final Function<State, Graph> maker;

    DynamicGraph(Function<State, Graph> maker) {
        this.maker = maker;
    }

    /**
     * The graph for a state.
     *
     * @param known the channels there are around it
     * @throws RuntimeException what the function threw; {@link InvalidGraphException} when it needs other channels
     */
    Graph at(State state, Collection<Channel<?>> known) {
        Graph made = maker.apply(state);
        if (made == null) {
            throw new IllegalStateException("its function returned null; return a graph");
        }
        List<String> problems = GraphProblems.ofSharing(made.toString(), made, known);
        if (!problems.isEmpty()) {
            throw new InvalidGraphException(
                    made.name(),
                    problems.stream().map(InvalidGraphException.Problem::of).toList());
        }
        return made;
    }

    @Override
    public Update run(State state, NodeContext context) throws Exception {
        return maker.apply(state).run(state, context);
    }

    @Override
    public String kind() {
        return "dynamic";
    }
}
