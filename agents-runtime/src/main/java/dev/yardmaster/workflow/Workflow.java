package dev.yardmaster.workflow;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.workflow.GraphLines.AgentLine;
import dev.yardmaster.workflow.GraphLines.JoinLine;
import dev.yardmaster.workflow.GraphLines.NodeLine;
import dev.yardmaster.workflow.GraphLines.SubgraphLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow from a YAML file (docs/workflows.md): read and checked, to be bound to agents. Immutable. */
public final class Workflow {

    private final String source;
    private final GraphLines lines;
    private final String hash;

    private Workflow(String source, GraphLines lines, String hash) {
        this.source = source;
        this.lines = lines;
        this.hash = hash;
    }

    /** Reads a file, and those that its nodes have graphs from. @throws InvalidWorkflowException with every problem, file and line */
    public static Workflow read(Path file) {
        var files = new WorkflowFiles();
        try {
            String yaml = files.open(file);
            return of(new WorkflowReader(file.toString(), files).read(yaml), file.toString(), files.texts());
        } catch (WorkflowFiles.Unusable e) {
            throw new InvalidWorkflowException(file.toString(), List.of(file + ": " + e.getMessage()));
        }
    }

    /**
     * Reads a text, whose graphs are all in it.
     *
     * @param source what problems call it
     * @throws InvalidWorkflowException with every problem and line
     */
    public static Workflow parse(String yaml, String source) {
        return of(new WorkflowReader(source, new WorkflowFiles()).read(yaml), source, List.of(yaml));
    }

    private static Workflow of(GraphLines lines, String source, List<String> texts) {
        return new Workflow(
                source,
                lines,
                Json.of(texts.size() == 1 ? texts.getFirst() : texts).sha256());
    }

    public String name() {
        return lines.name();
    }

    /**
     * The SHA-256 of its text, or of all its files, in hexadecimal: a graph's fingerprint knows nothing of the conditions of
     * its edges.
     */
    public String hash() {
        return hash;
    }

    /** The declared channels by name, in the order of the file: a graph's fingerprint follows from it. */
    public Map<String, Channel<?>> channels() {
        var channels = new LinkedHashMap<String, Channel<?>>();
        lines.channels().forEach((name, channel) -> channels.put(name, channel.channel()));
        return channels;
    }

    /**
     * The agent of each node that has one, by the node's path, in the order of the file: {@code legal/check} is in the graph
     * of {@code legal}. Fallbacks come after their nodes, as {@code check (fallback)}.
     */
    public Map<String, String> agents() {
        var agents = new LinkedHashMap<String, String>();
        agents("", lines, agents);
        return agents;
    }

    private static void agents(String around, GraphLines graph, Map<String, String> agents) {
        for (NodeLine node : graph.nodes()) {
            switch (node) {
                case AgentLine line -> {
                    agents.put(around + line.name(), line.agent());
                    line.handling()
                            .fallback()
                            .ifPresent(agent -> agents.put(around + line.name() + " (fallback)", agent));
                }
                case SubgraphLine line -> agents(around + line.name() + "/", line.inner(), agents);
                case JoinLine line -> {}
            }
        }
    }

    /**
     * The channels that a run cannot do without in its input, each with the reason: what some node has for its task or
     * runs for each of, and what no node before it can have written.
     */
    public Map<String, String> required() {
        return new InputNeeds(lines).required();
    }

    /** The workflow's graph without agents: for drawing. Its nodes do nothing. */
    public Graph picture() {
        return WorkflowGraph.of(lines, (line, agent) -> new WorkflowGraph.Placeholder(line));
    }

    /**
     * The workflow's graph with these agents.
     *
     * @throws InvalidWorkflowException when agents are missing or have no model or tools; names all of them
     */
    public Graph bind(AgentRuntime runtime) {
        var problems = new ArrayList<String>();
        Graph graph = WorkflowGraph.of(lines, (line, agent) -> {
            try {
                return agent(runtime, line, agent);
            } catch (YardmasterException e) {
                problems.add(line.source() + ":" + line.line() + ": node '" + line.name() + "': " + e.getMessage());
                return new WorkflowGraph.Placeholder(line);
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(source, problems);
        }
        return graph;
    }

    private static Node agent(AgentRuntime runtime, AgentLine line, String agent) {
        Channel<?>[] context =
                line.reads().stream().skip(1).map(WorkflowChannel::channel).toArray(Channel<?>[]::new);
        var node = runtime.agent(agent).reads(line.reads().getFirst().channel(), context);
        return line.forEach()
                .map(each -> each.result())
                .or(line::writes)
                .map(written -> written.type().kind().hasFields()
                        ? node.writes(written.channel(), written.type().schema())
                        : node.writes(written.channel()))
                .orElse(node);
    }

    /**
     * A run's input of typed values, by channel: {@code true} or {@code false} for flags, texts as a JSON list or with
     * commas between them, records as JSON.
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
        WorkflowChannel channel = lines.channels().get(name);
        if (channel == null) {
            throw new YardmasterException("workflow '" + source + "' has no channel '" + name + "'; it has "
                    + String.join(", ", lines.channels().keySet())
                    + DidYouMean.hint(name, lines.channels().keySet()));
        }
        try {
            return channel.type().value(value);
        } catch (IllegalArgumentException e) {
            throw new YardmasterException(
                    "'" + shortened(value) + (channel.type().kind().isList() ? "' are no " : "' is no ")
                            + channel.type().kind().word() + ", which channel '" + name + "' holds; " + e.getMessage(),
                    e);
        }
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 79) + "…";
    }
}
