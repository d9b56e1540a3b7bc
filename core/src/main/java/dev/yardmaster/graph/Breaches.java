package dev.yardmaster.graph;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.YardmasterException;

/** Why a graph's own rules end a part of a run: what is told, and what to do. */
final class Breaches {

    private Breaches() {}

    static Failure tooMany(Graph graph, NodePath path) {
        return Failure.of(
                "limit.executions",
                graph + " reached its limit of " + graph.maxExecutions() + " node executions at '" + path
                        + "'; look for a loop that does not end, or raise maxExecutions(…)",
                path);
    }

    static Failure notMade(NodePath at, RuntimeException e) {
        String why = e instanceof YardmasterException ? e.getMessage() : e.toString();
        return Failure.of("graph.dynamic", "no graph could be made at '" + at + "': " + why, at);
    }

    static Failure conflict(NodePath at, RuntimeException e) {
        return e instanceof StateConflictException || e instanceof IllegalStateException
                ? Failure.of(
                        "state.conflict",
                        "the branches that meet " + where(at) + " exclude each other: " + e.getMessage(),
                        at)
                : Failure.of("state.reducer", "the branches that meet " + where(at) + " cannot be merged: " + e, at);
    }

    /** Where branches meet: at a node, or where the whole graph is over. */
    private static String where(NodePath at) {
        return at.value().isEmpty() ? "at the graph's end" : "at '" + at + "'";
    }

    static Failure tooOften(Iteration iteration, NodePath at) {
        return Failure.of(
                "limit.iterations",
                "the loop at '" + at + "' went round " + iteration.number
                        + " times, its limit; let it end earlier, or raise maxIterations(…)",
                at);
    }

    static Failure contradiction(Iteration iteration, NodePath at) {
        Structure structure = iteration.level.structure();
        Edge back = structure.edge(iteration.backs.nextSetBit(0));
        Edge exit = structure.edge(iteration.exits.nextSetBit(0));
        return Failure.of(
                "loop.contradiction",
                "one iteration of the loop at '" + at + "' went back with edge " + back + " and left with edge " + exit
                        + ", at '" + back.from() + iteration.suffix + "' and '" + exit.from() + iteration.suffix
                        + "'; let one node decide which it is",
                at);
    }
}
