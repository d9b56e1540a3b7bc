package dev.yardmaster.workflow;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.ChannelMapping;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.InvalidGraphException;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.NodePolicy;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.workflow.GraphLines.AgentLine;
import dev.yardmaster.workflow.GraphLines.Each;
import dev.yardmaster.workflow.GraphLines.EdgeLine;
import dev.yardmaster.workflow.GraphLines.Handling;
import dev.yardmaster.workflow.GraphLines.JoinLine;
import dev.yardmaster.workflow.GraphLines.Mapping;
import dev.yardmaster.workflow.GraphLines.NodeLine;
import dev.yardmaster.workflow.GraphLines.SubgraphLine;
import dev.yardmaster.workflow.GraphLines.When;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes the graph that a workflow describes, with whatever agents it is given. */
final class WorkflowGraph {

    /** Makes a node of an agent. @param agent the line's own, or its fallback */
    @FunctionalInterface
    interface Agents {
        Node node(AgentLine line, String agent);
    }

    /** What is wrong with the shape, and where. */
    record Problem(int line, String message) {}

    private final Agents agents;
    private final List<Problem> problems = new ArrayList<>();

    private WorkflowGraph(Agents agents) {
        this.agents = agents;
    }

    /** The graph of a workflow that was read without a problem. */
    static Graph of(GraphLines lines, Agents agents) {
        var made = new WorkflowGraph(agents);
        Node graph = made.graph(lines);
        if (!made.problems.isEmpty()) {
            throw new IllegalStateException("a workflow without problems makes a graph: " + made.problems);
        }
        return (Graph) graph;
    }

    /** What is wrong with the shapes of a workflow's graphs. */
    static List<Problem> problems(GraphLines lines) {
        var made = new WorkflowGraph((line, agent) -> new Placeholder(line));
        made.graph(lines);
        return made.problems;
    }

    /** Where an agent would be. */
    record Placeholder(AgentLine line) implements Node {
        @Override
        public Update run(State state, NodeContext context) {
            return Update.none();
        }

        @Override
        public String kind() {
            return "agent";
        }

        @Override
        public List<Channel<?>> writes() {
            return line.writes()
                    .<List<Channel<?>>>map(written -> List.of(written.channel()))
                    .orElse(List.of());
        }
    }

    /** The graph; a node that does nothing when it is none, which is noted. */
    private Node graph(GraphLines lines) {
        var builder = Graph.builder(lines.name())
                .channels(lines.channels().values().stream()
                        .map(WorkflowChannel::channel)
                        .toArray(Channel<?>[]::new))
                .start(lines.start())
                .maxIterations(lines.limits().iterations())
                .maxExecutions(lines.limits().executions());
        lines.nodes().forEach(line -> add(builder, line));
        lines.edges().forEach(edge -> add(builder, edge, lines));
        try {
            return builder.build();
        } catch (InvalidGraphException e) {
            e.details().forEach(problem -> problems.add(new Problem(line(lines, problem), problem.message())));
            return nothing();
        }
    }

    private static Node nothing() {
        return (state, context) -> Update.none();
    }

    private static int line(GraphLines lines, InvalidGraphException.Problem problem) {
        return problem.edge()
                .flatMap(edge -> lines.edges().stream()
                        .filter(line ->
                                line.from().equals(edge.from()) && line.to().equals(edge.to()))
                        .reduce((first, last) -> last)
                        .map(EdgeLine::line))
                .or(() -> problem.node()
                        .flatMap(node -> lines.nodes().stream()
                                .filter(line -> line.name().equals(node))
                                .findFirst()
                                .map(NodeLine::line)))
                .orElse(lines.line());
    }

    private void add(GraphBuilder builder, NodeLine node) {
        switch (node) {
            case JoinLine join -> builder.node(join.name(), nothing());
            case AgentLine agent -> {
                Node made = agents.node(agent, agent.agent());
                NodePolicy policy = policy(agent);
                agent.forEach()
                        .ifPresentOrElse(
                                each -> each(builder, agent.name(), each, made, policy),
                                () -> builder.node(agent.name(), made, policy));
            }
            case SubgraphLine subgraph -> subgraph(builder, subgraph);
        }
    }

    private void subgraph(GraphBuilder builder, SubgraphLine line) {
        Node inner = graph(line.inner());
        if (line.forEach().isPresent()) {
            each(builder, line.name(), line.forEach().get(), inner, NodePolicy.once());
        } else if (line.mapping().isPresent() && inner instanceof Graph graph) {
            builder.subgraph(line.name(), graph, mapping(line.mapping().get()));
        } else {
            builder.node(line.name(), inner);
        }
    }

    private static ChannelMapping mapping(Mapping lines) {
        ChannelMapping mapping = ChannelMapping.none();
        for (var pair : lines.in().entrySet()) {
            mapping = mapping.in(
                    channel(pair.getValue().channel()), channel(pair.getKey().channel()));
        }
        for (var pair : lines.out().entrySet()) {
            mapping = mapping.out(
                    channel(pair.getValue().channel()), channel(pair.getKey().channel()));
        }
        return mapping;
    }

    @SuppressWarnings("unchecked") // the reader saw to it that both ends of a mapping, and a list and its elements, fit
    private static <T> T channel(Channel<?> channel) {
        return (T) channel;
    }

    private static void each(GraphBuilder builder, String name, Each each, Node node, NodePolicy policy) {
        Channel<List<Object>> elements = channel(each.elements().channel());
        Channel<Object> item = channel(each.item().channel());
        Channel<Object> result = channel(each.result().channel());
        Channel<List<Object>> results = channel(each.results().channel());
        if (node instanceof Graph) {
            builder.forEach(name, elements, item, node, result, results, each.atOnce());
        } else {
            builder.forEach(name, elements, item, node, result, results, each.atOnce(), policy);
        }
    }

    private NodePolicy policy(AgentLine line) {
        Handling handling = line.handling();
        NodePolicy policy = handling.retries() == 0 ? NodePolicy.once() : NodePolicy.retry(handling.retries());
        if (handling.first().isPresent() || handling.longest().isPresent()) {
            var first = handling.first().orElse(java.time.Duration.ofMillis(500));
            var longest = handling.longest().orElse(java.time.Duration.ofSeconds(30));
            policy = policy.backoff(first, longest.compareTo(first) < 0 ? first : longest);
        }
        if (handling.timeout().isPresent()) {
            policy = policy.within(handling.timeout().get());
        }
        return handling.fallback().isPresent()
                ? policy.orElse(agents.node(line, handling.fallback().get()))
                : policy;
    }

    private static void add(GraphBuilder builder, EdgeLine edge, GraphLines lines) {
        switch (edge.when()) {
            case When.Always always -> builder.edge(edge.from(), edge.to());
            case When.Holds holds -> builder.edge(edge.from(), edge.to(), holds.condition());
            case When.Otherwise otherwise -> builder.edge(edge.from(), edge.to(), noneOf(edge.from(), lines));
        }
    }

    /** That no condition on an edge of a node holds. */
    private static Predicate<State> noneOf(String node, GraphLines lines) {
        Predicate<State> any = state -> false;
        for (EdgeLine edge : lines.edges()) {
            if (edge.from().equals(node) && edge.when() instanceof When.Holds holds) {
                any = any.or(holds.condition());
            }
        }
        return any.negate();
    }
}
