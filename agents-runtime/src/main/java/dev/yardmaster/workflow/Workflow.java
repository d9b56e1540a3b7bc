package dev.yardmaster.workflow;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.GraphBuilder;
import dev.yardmaster.graph.InvalidGraphException;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A workflow from a YAML file (docs/workflows.md): read and checked, to be bound to agents. Immutable. */
public final class Workflow {

    /** @param reads the task first @param item where an element finds itself @param results where all results go */
    record AgentLine(
            int line,
            String name,
            String agent,
            List<Channel<?>> reads,
            Optional<Channel<?>> writes,
            Optional<Each> forEach) {}

    record Each(Channel<List<String>> elements, Channel<String> item, Channel<List<String>> results, int atOnce) {}

    /** @param when empty for an edge that is always taken */
    record EdgeLine(int line, String from, String to, Optional<Predicate<State>> when) {}

    record Parts(
            String name,
            Map<String, Channel<?>> channels,
            List<AgentLine> agents,
            String start,
            List<EdgeLine> edges,
            int maxIterations) {}

    private final String source;
    private final Parts parts;
    private final String hash;

    private Workflow(String source, Parts parts, String hash) {
        this.source = source;
        this.parts = parts;
        this.hash = hash;
    }

    /** Reads a file. @throws InvalidWorkflowException with every problem, file and line */
    public static Workflow read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file; check the path");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "it cannot be read (" + e + "); check that it is a file and that you may read it");
        }
    }

    private static InvalidWorkflowException unreadable(Path file, String why) {
        return new InvalidWorkflowException(file.toString(), List.of(file + ": " + why));
    }

    /** Reads a text. @param source what problems call it @throws InvalidWorkflowException with every problem and line */
    public static Workflow parse(String yaml, String source) {
        var reader = new WorkflowReader(source);
        var workflow = new Workflow(source, reader.read(yaml), Json.of(yaml).sha256());
        workflow.picture(); // what is wrong with its shape is told now, not when agents are there
        return workflow;
    }

    public String name() {
        return parts.name();
    }

    /** The SHA-256 of its text in hexadecimal: a graph's fingerprint knows nothing of the conditions of its edges. */
    public String hash() {
        return hash;
    }

    /** The declared channels by name, in the order of the file: a graph's fingerprint follows from it. */
    public Map<String, Channel<?>> channels() {
        return parts.channels();
    }

    /** The agent of each node, by the node's name, in the order of the file. */
    public Map<String, String> agents() {
        var agents = new LinkedHashMap<String, String>();
        parts.agents().forEach(line -> agents.put(line.name(), line.agent()));
        return agents;
    }

    /**
     * The channels that a run cannot do without in its input, each with the reason: what some node has for its task or
     * runs for each of, and what no node before it can have written.
     */
    public Map<String, String> required() {
        Set<String> written = parts.agents().stream()
                .flatMap(line ->
                        line
                                .writes()
                                .<Channel<?>>map(each -> each)
                                .or(() -> line.forEach().map(Each::results))
                                .stream())
                .map(Channel::name)
                .collect(Collectors.toSet());
        var required = new LinkedHashMap<String, String>();
        for (AgentLine line : parts.agents()) {
            String name = line.forEach()
                    .map(each -> each.elements().name())
                    .orElseGet(() -> line.reads().getFirst().name());
            if (line.name().equals(parts.start()) || !written.contains(name)) {
                String why = line.forEach().isPresent() ? "' runs for each of its texts" : "' has it for its task";
                required.putIfAbsent(name, "node '" + line.name() + why);
            }
        }
        return required;
    }

    /** The workflow's graph without agents: for drawing. Its nodes do nothing. */
    public Graph picture() {
        return graph(line -> new Placeholder());
    }

    /** Where an agent would be. */
    private static final class Placeholder implements Node {
        @Override
        public Update run(State state, dev.yardmaster.graph.NodeContext context) {
            return Update.none();
        }

        @Override
        public String kind() {
            return "agent";
        }
    }

    /**
     * The workflow's graph with these agents.
     *
     * @throws InvalidWorkflowException when agents are missing or have no model or tools; names all of them
     */
    public Graph bind(AgentRuntime runtime) {
        var problems = new ArrayList<String>();
        Graph graph = graph(line -> {
            try {
                return agent(runtime, line);
            } catch (YardmasterException e) {
                problems.add(source + ":" + line.line() + ": node '" + line.name() + "': " + e.getMessage());
                return new Placeholder();
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(source, problems);
        }
        return graph;
    }

    private static Node agent(AgentRuntime runtime, AgentLine line) {
        var context = line.reads().subList(1, line.reads().size()).toArray(Channel<?>[]::new);
        var node = runtime.agent(line.agent()).reads(line.reads().getFirst(), context);
        return line.forEach().isPresent()
                ? node.writes(result(line))
                : line.writes().map(node::writes).orElse(node);
    }

    private static Channel<String> result(AgentLine line) {
        return Channel.of(line.name() + "-result", String.class);
    }

    private Graph graph(java.util.function.Function<AgentLine, Node> nodes) {
        var builder = Graph.builder(parts.name())
                .channels(parts.channels().values().toArray(Channel<?>[]::new))
                .start(parts.start())
                .maxIterations(parts.maxIterations());
        for (AgentLine line : parts.agents()) {
            add(builder, line, nodes.apply(line));
        }
        for (EdgeLine edge : parts.edges()) {
            edge.when()
                    .ifPresentOrElse(
                            when -> builder.edge(edge.from(), edge.to(), when),
                            () -> builder.edge(edge.from(), edge.to()));
        }
        try {
            return builder.build();
        } catch (InvalidGraphException e) {
            throw new InvalidWorkflowException(
                    source,
                    e.problems().stream().map(each -> source + ": " + each).toList());
        }
    }

    private static void add(GraphBuilder builder, AgentLine line, Node node) {
        line.forEach()
                .ifPresentOrElse(
                        each -> builder.forEach(
                                line.name(),
                                each.elements(),
                                each.item(),
                                node,
                                result(line),
                                each.results(),
                                each.atOnce()),
                        () -> builder.node(line.name(), node));
    }

    /**
     * A run's input of typed values, by channel: {@code true} or {@code false} for flags, texts as a JSON list or with
     * commas between them.
     *
     * @throws YardmasterException when there is no such channel, or a value does not fit its channel; names all problems
     */
    public State input(Map<String, String> values) {
        var typed = new LinkedHashMap<String, Json>();
        var problems = new ArrayList<String>();
        values.forEach((name, value) -> {
            try {
                typed.put(name, Json.of(value(name, value)));
            } catch (YardmasterException e) {
                problems.add(e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new YardmasterException(String.join("\n", problems));
        }
        return picture().input(typed);
    }

    private Object value(String name, String value) {
        Channel<?> channel = parts.channels().get(name);
        if (channel == null) {
            throw new YardmasterException("workflow '" + source + "' has no channel '" + name + "'; it has "
                    + String.join(", ", parts.channels().keySet())
                    + DidYouMean.hint(name, parts.channels().keySet()));
        }
        ChannelKind kind = ChannelKind.of(channel);
        try {
            return kind.value(value);
        } catch (IllegalArgumentException e) {
            throw new YardmasterException(
                    "'" + shortened(value) + "' is no " + kind.word() + ", which channel '" + name + "' holds", e);
        }
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 79) + "…";
    }
}
