package dev.yardmaster.workflow;

import dev.yardmaster.graph.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a workflow says of a graph, its own or that of a node, with lines.
 *
 * @param line where it begins
 * @param channels those it declares, and those it shares with what is around it
 */
record GraphLines(
        int line,
        String name,
        Map<String, WorkflowChannel> channels,
        List<NodeLine> nodes,
        String start,
        List<EdgeLine> edges,
        Limits limits) {

    /** In place of one that cannot be read. */
    static GraphLines none(String name) {
        return new GraphLines(1, name, Map.of(), List.of(), "", List.of(), new Limits(1, 1));
    }

    /** How often a loop may go round, and how many executions there may be. */
    record Limits(int iterations, int executions) {}

    /** A node. */
    sealed interface NodeLine {
        int line();

        String name();

        default Optional<Each> forEach() {
            return Optional.empty();
        }
    }

    /** @param source the file it is in @param reads the task first */
    record AgentLine(
            String source,
            int line,
            String name,
            String agent,
            List<WorkflowChannel> reads,
            Optional<WorkflowChannel> writes,
            Optional<Each> forEach,
            Handling handling)
            implements NodeLine {}

    /**
     * A graph as a node.
     *
     * @param mapping empty when it shares the channels around it
     */
    record SubgraphLine(int line, String name, GraphLines inner, Optional<Mapping> mapping, Optional<Each> forEach)
            implements NodeLine {}

    /** A node that does nothing: branches meet there and edges are decided. */
    record JoinLine(int line, String name) implements NodeLine {}

    /**
     * Once for each element of a list.
     *
     * @param item where an element finds itself
     * @param result where it writes its result
     * @param results where all results go
     */
    record Each(
            WorkflowChannel elements,
            WorkflowChannel item,
            WorkflowChannel result,
            WorkflowChannel results,
            int atOnce) {}

    /** What goes into a graph with channels of its own and what comes out: target, source. */
    record Mapping(Map<WorkflowChannel, WorkflowChannel> in, Map<WorkflowChannel, WorkflowChannel> out) {}

    /**
     * How an agent is run.
     *
     * @param retries how often again; 0 for once
     * @param fallback the agent that is asked when it has failed
     */
    record Handling(
            int retries,
            Optional<Duration> first,
            Optional<Duration> longest,
            Optional<Duration> timeout,
            Optional<String> fallback) {}

    /** When an edge is taken. */
    sealed interface When {
        record Always() implements When {}

        record Holds(Predicate<State> condition) implements When {}

        /** When no other of its node that has a condition is. */
        record Otherwise() implements When {}
    }

    record EdgeLine(int line, String from, String to, When when) {}
}
