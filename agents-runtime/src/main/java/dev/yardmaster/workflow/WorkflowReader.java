package dev.yardmaster.workflow;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.yaml.YamlNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a workflow and finds everything that is wrong with it. One reader reads one workflow. */
final class WorkflowReader {

    private static final Set<String> TOP =
            Set.of("version", "name", "channels", "nodes", "start", "edges", "maxIterations");
    private static final Set<String> NODE = Set.of("agent", "reads", "writes", "forEach", "as", "collect", "atOnce");
    private static final Pattern ARROW = Pattern.compile("\\s*(\\S+)\\s*->\\s*(\\S+)\\s*");
    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final String source;
    private final YamlNodes yaml;
    private final Map<String, Channel<?>> channels = new LinkedHashMap<>();

    WorkflowReader(String source) {
        this.source = source;
        this.yaml = new YamlNodes(source);
    }

    /** @throws InvalidWorkflowException with every problem */
    Workflow.Parts read(String text) {
        Map<String, Node> top = yaml.compose(text)
                .map(root -> yaml.entries(root, TOP, "a workflow"))
                .orElse(Map.of());
        if (yaml.isClean()) {
            version(top);
        }
        if (top.containsKey("channels")) {
            yaml.entries(top.get("channels"), Set.of(), "channels").forEach(this::channel);
        }
        var agents = new ArrayList<Workflow.AgentLine>();
        Map<String, Node> nodes =
                top.containsKey("nodes") ? yaml.entries(top.get("nodes"), Set.of(), "nodes") : Map.of();
        nodes.forEach((name, node) -> agents.add(agent(name, node)));
        var edges = new ArrayList<Workflow.EdgeLine>();
        if (top.containsKey("edges")) {
            yaml.items(top.get("edges"), "edges")
                    .forEach(node -> edge(node, nodes.keySet()).ifPresent(edges::add));
        }
        String name = top.containsKey("name") ? yaml.text(top.get("name")) : "workflow";
        String start = start(top, nodes.keySet());
        int iterations = top.containsKey("maxIterations") ? positive(top.get("maxIterations")) : 100;
        if (!yaml.isClean()) {
            throw new InvalidWorkflowException(source, yaml.problems(), yaml.more());
        }
        return new Workflow.Parts(
                name,
                Collections.unmodifiableMap(channels),
                List.copyOf(agents),
                start,
                List.copyOf(edges),
                iterations);
    }

    private void version(Map<String, Node> top) {
        Node version = top.get("version");
        if (version == null) {
            yaml.problem(1, "the version is missing; write 'version: 1' at the top");
        } else if (!yaml.text(version).equals("1")) {
            yaml.problem(version, "version " + yaml.text(version) + " is not known here; 1 is");
        }
    }

    private String start(Map<String, Node> top, Set<String> nodes) {
        Node start = top.get("start");
        if (start == null) {
            if (!top.isEmpty()) {
                yaml.problem(1, "the start is missing; write 'start: NODE'");
            }
            return "";
        }
        String name = yaml.text(start);
        if (!nodes.contains(name)) {
            yaml.problem(start, "start '" + name + "' is no node" + yaml.hint(name, nodes));
        }
        return name;
    }

    private void channel(String name, Node node) {
        Map<String, Node> entries = node instanceof ScalarNode
                ? Map.of("type", node)
                : yaml.entries(node, Set.of("type", "reducer"), "a channel");
        if (!CHANNEL.matcher(name).matches()) {
            yaml.problem(node, "channel name '" + name + "' is not usable: letters, digits, '_' and '-'");
            return;
        }
        String type = entries.containsKey("type") ? yaml.text(entries.get("type")) : "text";
        String reducer = entries.containsKey("reducer") ? yaml.text(entries.get("reducer")) : "";
        ChannelKind.find(type)
                .ifPresentOrElse(
                        kind -> {
                            if (!reducer.isEmpty() && !kind.reducers().contains(reducer)) {
                                yaml.problem(
                                        node,
                                        "a channel of " + type + " has no reducer '" + reducer + "'; it may have "
                                                + String.join(", ", kind.reducers()));
                            }
                            channels.put(name, kind.channel(name, reducer));
                        },
                        () -> yaml.problem(
                                node,
                                "'" + type + "' is no type; known: "
                                        + String.join(", ", ChannelKind.words())
                                        + yaml.hint(type, ChannelKind.words())));
    }

    private Workflow.AgentLine agent(String name, Node node) {
        Map<String, Node> entries = yaml.entries(node, NODE, "node '" + name + "'");
        if (!entries.containsKey("agent")) {
            yaml.problem(node, "node '" + name + "' names no agent; write 'agent: NAME'");
        }
        Optional<Workflow.Each> each = each(name, node, entries);
        var known = new LinkedHashMap<>(channels);
        each.ifPresent(one -> known.put(one.item().name(), one.item()));
        var reads = new ArrayList<Channel<?>>();
        if (entries.containsKey("reads")) {
            Node list = entries.get("reads");
            var names = list instanceof ScalarNode ? List.of(list) : yaml.items(list, "reads");
            names.forEach(one -> channel(one, known).ifPresent(reads::add));
        } else if (each.isPresent()) {
            reads.add(each.get().item());
        } else {
            yaml.problem(node, "node '" + name + "' reads nothing; write 'reads: [CHANNEL, …]', its task first");
        }
        if (each.isPresent() && entries.containsKey("writes")) {
            yaml.problem(entries.get("writes"), "a forEach collects instead of writing; use 'collect: CHANNEL'");
        }
        Optional<Channel<?>> writes = Optional.ofNullable(entries.get("writes")).flatMap(one -> channel(one, known));
        String agent = entries.containsKey("agent") ? yaml.text(entries.get("agent")) : "";
        return new Workflow.AgentLine(YamlNodes.line(node), name, agent, reads, writes, each);
    }

    private Optional<Workflow.Each> each(String name, Node node, Map<String, Node> entries) {
        if (!entries.containsKey("forEach")) {
            for (String key : List.of("as", "collect", "atOnce")) {
                if (entries.containsKey(key)) {
                    yaml.problem(entries.get(key), "'" + key + "' belongs to a forEach; write 'forEach: CHANNEL' too");
                }
            }
            return Optional.empty();
        }
        if (!entries.containsKey("collect")) {
            yaml.problem(node, "forEach '" + name + "' has no place for its results; write 'collect: CHANNEL'");
            return Optional.empty();
        }
        var elements = texts(entries.get("forEach"));
        var results = texts(entries.get("collect"));
        String item = entries.containsKey("as") ? yaml.text(entries.get("as")) : "item";
        if (channels.containsKey(item)) {
            yaml.problem(node, "'" + item + "' is a channel already; call the element something else with 'as: NAME'");
        }
        int atOnce = entries.containsKey("atOnce") ? positive(entries.get("atOnce")) : 8;
        if (elements.isEmpty() || results.isEmpty() || !CHANNEL.matcher(item).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Workflow.Each(elements.get(), Channel.of(item, String.class), results.get(), atOnce));
    }

    @SuppressWarnings("unchecked") // a channel of this kind holds texts
    private Optional<Channel<List<String>>> texts(Node node) {
        Optional<Channel<?>> channel = channel(node, channels);
        if (channel.isPresent() && ChannelKind.of(channel.get()) != ChannelKind.TEXTS) {
            yaml.problem(node, "channel '" + channel.get().name() + "' holds no texts; declare it as texts");
            return Optional.empty();
        }
        return channel.map(texts -> (Channel<List<String>>) texts);
    }

    private Optional<Channel<?>> channel(Node node, Map<String, Channel<?>> known) {
        String name = yaml.text(node);
        if (!known.containsKey(name)) {
            yaml.problem(
                    node, "'" + name + "' is no channel; declare it under channels" + yaml.hint(name, known.keySet()));
        }
        return Optional.ofNullable(known.get(name));
    }

    private int positive(Node node) {
        String text = yaml.text(node);
        if (text.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(text);
        }
        yaml.problem(node, "'" + text + "' is no whole number of 1 or more");
        return 1;
    }

    private Optional<Workflow.EdgeLine> edge(Node node, Set<String> nodes) {
        Map<String, Node> entries = node instanceof ScalarNode
                ? Map.of("edge", node)
                : yaml.entries(node, Set.of("edge", "when"), "an edge");
        if (!entries.containsKey("edge")) {
            yaml.problem(node, "an edge without an arrow; write 'edge: FROM -> TO'");
            return Optional.empty();
        }
        var arrow = ARROW.matcher(yaml.text(entries.get("edge")));
        if (!arrow.matches()) {
            yaml.problem(node, "'" + yaml.text(entries.get("edge")) + "' is no edge; write FROM -> TO");
            return Optional.empty();
        }
        for (String end : List.of(arrow.group(1), arrow.group(2))) {
            if (!nodes.contains(end) && !end.equals(Graph.END)) {
                yaml.problem(node, "'" + end + "' is no node" + yaml.hint(end, nodes));
            }
        }
        Optional<Predicate<State>> when =
                Optional.ofNullable(entries.get("when")).flatMap(this::condition);
        return Optional.of(new Workflow.EdgeLine(YamlNodes.line(node), arrow.group(1), arrow.group(2), when));
    }

    private Optional<Predicate<State>> condition(Node node) {
        String text = yaml.text(node);
        String shown = text.length() > 100 ? text.substring(0, 99) + "…" : text;
        try {
            return Optional.of(Condition.parse(text, channels));
        } catch (Condition.Unreadable e) {
            yaml.problem(node, "the condition '" + shown + "' cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
