package dev.yardmaster.workflow;

import dev.yardmaster.graph.Graph;
import dev.yardmaster.workflow.GraphLines.EdgeLine;
import dev.yardmaster.workflow.GraphLines.Limits;
import dev.yardmaster.workflow.GraphLines.NodeLine;
import dev.yardmaster.workflow.GraphLines.When;
import dev.yardmaster.yaml.YamlNodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a workflow and finds everything that is wrong with it. One reader reads one workflow. */
final class WorkflowReader {

    private static final Set<String> GRAPH = Set.of("channels", "nodes", "start", "edges", "maxIterations");
    private static final Set<String> TOP = Set.of("version", "name", "maxExecutions");
    private static final Pattern ARROW = Pattern.compile("\\s*(\\S+)\\s*->\\s*(\\S+)\\s*");
    private static final String OTHERWISE = "otherwise";
    private static final int DEEPEST = 10;

    private final String source;
    private final WorkflowFiles files;
    private final YamlNodes yaml;
    private final ChannelReader channels;
    private int depth;
    /** Whether every node, edge and start is in order, so that the shape can be looked at. */
    private boolean shape;

    /** @param files with the one that is read open, if it is one */
    WorkflowReader(String source, WorkflowFiles files) {
        this.source = source;
        this.files = files;
        this.yaml = new YamlNodes(source);
        this.channels = new ChannelReader(yaml);
    }

    /** @throws InvalidWorkflowException with every problem */
    GraphLines read(String text) {
        GraphLines read = lines(text);
        if (!yaml.isClean()) {
            throw new InvalidWorkflowException(source, yaml.problems(), yaml.more());
        }
        return read;
    }

    private GraphLines lines(String text) {
        Optional<Node> root = yaml.compose(text);
        if (root.isEmpty() && yaml.isClean()) {
            yaml.problem(1, "this file is empty; a workflow begins with 'version: 1'");
        }
        shape = root.isPresent();
        GraphLines read =
                root.map(node -> graph("workflow", node, Map.of(), TOP)).orElseGet(() -> GraphLines.none(""));
        if (shape) {
            WorkflowGraph.problems(read).forEach(problem -> yaml.problem(problem.line(), problem.message()));
        }
        return read;
    }

    /** The graph in another file, a workflow of its own. What is wrong with it is told with the line there. */
    GraphLines file(ScalarNode name) {
        try {
            Path file = files.beside(source, yaml.text(name));
            var other = new WorkflowReader(file.toString(), files);
            String text = files.open(file);
            GraphLines read = other.lines(text);
            files.close();
            yaml.problemsOf(other.yaml);
            shape &= other.yaml.isClean();
            return read;
        } catch (WorkflowFiles.Unusable e) {
            unshaped(name, "graph '" + yaml.text(name) + "': " + e.getMessage());
            return GraphLines.none("");
        }
    }

    /**
     * A graph: the workflow's, or that of a node.
     *
     * @param around the channels that it shares
     * @param more the keys it may have beside those of every graph
     */
    GraphLines graph(String called, Node node, Map<String, WorkflowChannel> around, Set<String> more) {
        var allowed = new TreeSet<>(GRAPH);
        allowed.addAll(more);
        Map<String, Node> entries = yaml.entries(node, allowed, more.isEmpty() ? "a graph" : "a workflow");
        if (!more.isEmpty() && (yaml.isClean() || !entries.isEmpty())) {
            version(entries);
        }
        if (++depth > DEEPEST) {
            yaml.problem(node, "graphs are nested more than " + DEEPEST + " deep");
            return GraphLines.none(called);
        }
        Map<String, WorkflowChannel> known = channels(entries, around);
        var nodes = new LinkedHashMap<String, NodeLine>();
        if (entries.containsKey("nodes")) {
            var reader = new NodeReader(yaml, this, known);
            yaml.entries(entries.get("nodes"), Set.of(), "nodes")
                    .forEach((name, each) -> nodes.put(name, reader.node(name, each)));
        } else if (!entries.isEmpty()) {
            unshaped(node, "the nodes are missing; write 'nodes: {NAME: …}'");
        }
        var edges = new ArrayList<EdgeLine>();
        if (entries.containsKey("edges")) {
            yaml.items(entries.get("edges"), "edges")
                    .forEach(each -> edge(each, nodes.keySet(), known).ifPresent(edges::add));
        }
        String name = more.contains("name") && entries.containsKey("name") ? yaml.text(entries.get("name")) : called;
        String start = start(node, entries, nodes.keySet());
        var limits = new Limits(limit(entries, "maxIterations", 100), limit(entries, "maxExecutions", 100_000));
        depth--;
        return new GraphLines(
                YamlNodes.line(node),
                name,
                Collections.unmodifiableMap(known),
                List.copyOf(nodes.values()),
                start,
                edges,
                limits);
    }

    /** Notes a problem that hides the shape, so that nothing is said about that. */
    void unshaped(Node node, String message) {
        shape = false;
        yaml.problem(node, message);
    }

    private void version(Map<String, Node> top) {
        Node version = top.get("version");
        if (version == null) {
            yaml.problem(1, "the version is missing; write 'version: 1' at the top");
        } else if (!yaml.text(version).equals("1")) {
            yaml.problem(version, "version " + yaml.text(version) + " is not known here; 1 is");
        }
    }

    private Map<String, WorkflowChannel> channels(Map<String, Node> entries, Map<String, WorkflowChannel> around) {
        var known = new LinkedHashMap<>(around);
        if (entries.containsKey("channels")) {
            yaml.entries(entries.get("channels"), Set.of(), "channels").forEach((name, node) -> {
                if (around.containsKey(name)) {
                    yaml.problem(
                            node,
                            "'" + name + "' is a channel around this graph, which it shares; leave it out, or give the"
                                    + " graph channels of its own with 'in' and 'out'");
                } else if (!around.isEmpty()) {
                    yaml.problem(
                            node,
                            "a graph that shares channels has no others; declare '" + name + "' around it, or give the"
                                    + " graph channels of its own with 'in' and 'out'");
                }
                channels.channel(name, node).ifPresent(channel -> known.put(name, channel));
            });
        }
        return known;
    }

    private String start(Node graph, Map<String, Node> entries, Set<String> nodes) {
        Node start = entries.get("start");
        if (start == null) {
            if (!entries.isEmpty()) {
                unshaped(graph, "the start is missing; write 'start: NODE'");
            }
            shape = false;
            return "";
        }
        String name = yaml.text(start);
        if (!nodes.contains(name)) {
            unshaped(start, "start '" + name + "' is no node" + yaml.hint(name, nodes));
        }
        return name;
    }

    private int limit(Map<String, Node> entries, String key, int otherwise) {
        return entries.containsKey(key) ? positive(entries.get(key)) : otherwise;
    }

    String source() {
        return source;
    }

    int positive(Node node) {
        String text = yaml.text(node);
        if (text.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(text);
        }
        yaml.problem(node, "'" + text + "' is no whole number of 1 or more");
        return 1;
    }

    private Optional<EdgeLine> edge(Node node, Set<String> nodes, Map<String, WorkflowChannel> known) {
        Map<String, Node> entries = node instanceof ScalarNode
                ? Map.of("edge", node)
                : yaml.entries(node, Set.of("edge", "when"), "an edge");
        if (!entries.containsKey("edge")) {
            unshaped(node, "an edge without an arrow; write 'edge: FROM -> TO'");
            return Optional.empty();
        }
        var arrow = ARROW.matcher(yaml.text(entries.get("edge")));
        if (!arrow.matches()) {
            unshaped(node, "'" + yaml.text(entries.get("edge")) + "' is no edge; write FROM -> TO");
            return Optional.empty();
        }
        for (String end : List.of(arrow.group(1), arrow.group(2))) {
            if (!nodes.contains(end) && !end.equals(Graph.END)) {
                unshaped(node, "'" + end + "' is no node" + yaml.hint(end, nodes));
            }
        }
        When when = entries.containsKey("when") ? when(entries.get("when"), known) : new When.Always();
        return Optional.of(new EdgeLine(YamlNodes.line(node), arrow.group(1), arrow.group(2), when));
    }

    private When when(Node node, Map<String, WorkflowChannel> known) {
        String text = yaml.text(node);
        if (text.strip().equals(OTHERWISE)) {
            return new When.Otherwise();
        }
        try {
            return new When.Holds(Condition.parse(text, known));
        } catch (Condition.Unreadable e) {
            String shown = text.length() > 100 ? text.substring(0, 99) + "…" : text;
            yaml.problem(node, "the condition '" + shown + "' cannot be read: " + e.getMessage());
            return new When.Holds(state -> false); // it has one, which is what its shape is about
        }
    }
}
