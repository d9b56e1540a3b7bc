package dev.yardmaster.pattern;

import static dev.yardmaster.graph.Graph.END;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * The shapes that most workflows are made of. Each returns a plain {@link Graph}: run it, draw it, or put it into another
 * graph as a node. All of them throw {@link dev.yardmaster.graph.InvalidGraphException} for parts that do not fit.
 */
public final class Patterns {

    private Patterns() {}

    private static GraphBuilder graph(String name, List<Channel<?>> channels) {
        return Graph.builder(name).channels(channels.toArray(Channel<?>[]::new));
    }

    /** One after the other. @param channels every channel that the nodes read or write */
    public static Graph sequence(String name, List<Channel<?>> channels, NamedNode first, NamedNode... others) {
        var builder = graph(name, channels).node(first.name(), first.node()).start(first.name());
        String before = first.name();
        for (NamedNode each : others) {
            builder.node(each.name(), each.node()).edge(before, each.name());
            before = each.name();
        }
        return builder.build();
    }

    /** All branches at once, then {@code join}, which sees what all of them wrote. */
    public static Graph parallel(String name, List<Channel<?>> channels, NamedNode join, NamedNode... branches) {
        var builder = graph(name, channels)
                .node("fork", (state, context) -> Update.none())
                .node(join.name(), join.node())
                .start("fork");
        for (NamedNode branch : branches) {
            builder.node(branch.name(), branch.node())
                    .edge("fork", branch.name())
                    .edge(branch.name(), join.name());
        }
        return builder.build();
    }

    /**
     * {@code map} for each element, then {@code reduce} once on all results; see {@link GraphBuilder#forEach}.
     *
     * @param limit how many elements may run at once
     */
    public static <E, R> Graph mapReduce(
            String name,
            List<Channel<?>> channels,
            Channel<List<E>> elements,
            Channel<E> item,
            Node map,
            Channel<R> result,
            Channel<List<R>> results,
            int limit,
            Node reduce) {
        return graph(name, channels)
                .forEach("map", elements, item, map, result, results, limit)
                .node("reduce", reduce)
                .start("map")
                .edge("map", "reduce")
                .build();
    }

    /**
     * {@code write}, then {@code review}, and again until the review accepts.
     *
     * @param accepted what the review says, read from the state after it
     * @param rounds how often at most; a run that is not accepted by then fails
     */
    public static Graph untilAccepted(
            String name,
            List<Channel<?>> channels,
            NamedNode write,
            NamedNode review,
            Predicate<State> accepted,
            int rounds) {
        return graph(name, channels)
                .node(write.name(), write.node())
                .node(review.name(), review.node())
                .start(write.name())
                .edge(write.name(), review.name())
                .choose(review.name(), state -> accepted.test(state) ? END : write.name(), write.name(), END)
                .maxIterations(rounds)
                .build();
    }

    /**
     * All voters at once; what most of them say is decided. Of votes that are level, the one first in the order of the
     * ballots.
     *
     * @param channels what the voters read; their ballots' channels and {@code decision} are added to it
     */
    @SafeVarargs
    public static <V> Graph vote(
            String name, List<Channel<?>> channels, Channel<V> decision, Ballot<V> first, Ballot<V>... others) {
        var ballots = new ArrayList<Ballot<V>>(List.of(first));
        for (Ballot<V> other : others) {
            ballots.add(other);
        }
        var builder = graph(name, channels)
                .channels(decision)
                .node("fork", (state, context) -> Update.none())
                .node("count", (state, context) -> Update.of(decision, winner(ballots, state)))
                .start("fork");
        for (Ballot<V> ballot : ballots) {
            builder.channels(ballot.vote())
                    .node(ballot.name(), ballot.voter())
                    .edge("fork", ballot.name())
                    .edge(ballot.name(), "count");
        }
        return builder.build();
    }

    private static <V> V winner(List<Ballot<V>> ballots, State state) {
        var counts = new LinkedHashMap<V, Integer>();
        ballots.forEach(ballot -> counts.merge(state.get(ballot.vote()), 1, Integer::sum));
        V best = state.get(ballots.getFirst().vote());
        for (V vote : counts.keySet()) {
            best = counts.get(vote) > counts.get(best) ? vote : best;
        }
        return best;
    }
}
