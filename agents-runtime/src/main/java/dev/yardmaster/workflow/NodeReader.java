package dev.yardmaster.workflow;

import dev.yardmaster.workflow.GraphLines.AgentLine;
import dev.yardmaster.workflow.GraphLines.Each;
import dev.yardmaster.workflow.GraphLines.Handling;
import dev.yardmaster.workflow.GraphLines.JoinLine;
import dev.yardmaster.workflow.GraphLines.Mapping;
import dev.yardmaster.workflow.GraphLines.NodeLine;
import dev.yardmaster.workflow.GraphLines.SubgraphLine;
import dev.yardmaster.yaml.YamlNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads what a workflow says of its nodes. */
final class NodeReader {

    private static final Set<String> KEYS = Set.of(
            "agent",
            "reads",
            "writes",
            "forEach",
            "as",
            "collect",
            "atOnce",
            "retry",
            "timeout",
            "fallback",
            "graph",
            "in",
            "out",
            "result");
    private static final Set<String> OF_AGENTS = Set.of("agent", "reads", "writes", "retry", "timeout", "fallback");
    private static final Set<String> OF_GRAPHS = Set.of("graph", "in", "out", "result");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private final YamlNodes yaml;
    private final WorkflowReader graphs;
    private final Map<String, WorkflowChannel> channels;

    /** @param channels those of the graph that the nodes are in */
    NodeReader(YamlNodes yaml, WorkflowReader graphs, Map<String, WorkflowChannel> channels) {
        this.yaml = yaml;
        this.graphs = graphs;
        this.channels = channels;
    }

    NodeLine node(String name, Node node) {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals("join")) {
            return new JoinLine(YamlNodes.line(node), name);
        }
        Map<String, Node> entries = yaml.entries(node, KEYS, "node '" + name + "'");
        return entries.containsKey("graph") ? subgraph(name, node, entries) : agent(name, node, entries);
    }

    private void refuse(Map<String, Node> entries, Set<String> keys, String why) {
        entries.forEach((key, value) -> {
            if (keys.contains(key)) {
                yaml.problem(value, "'" + key + "' " + why);
            }
        });
    }

    private AgentLine agent(String name, Node node, Map<String, Node> entries) {
        refuse(entries, OF_GRAPHS, "belongs to a node that is a graph; write 'graph: …' too, or leave it out");
        if (!entries.containsKey("agent")) {
            yaml.problem(
                    node,
                    "node '" + name + "' names no agent; write 'agent: NAME', 'graph: …', or 'join' for one that does"
                            + " nothing");
        }
        Optional<Each> each = each(name, node, entries, Optional.empty());
        var known = new LinkedHashMap<>(channels);
        each.ifPresent(one -> known.put(one.item().name(), one.item()));
        var reads = new ArrayList<WorkflowChannel>();
        if (entries.containsKey("reads")) {
            listed(entries.get("reads"), "reads")
                    .forEach(one -> channel(one, known).ifPresent(reads::add));
        } else if (each.isPresent()) {
            reads.add(each.get().item());
        } else {
            yaml.problem(node, "node '" + name + "' reads nothing; write 'reads: [CHANNEL, …]', its task first");
        }
        if (entries.containsKey("forEach") && entries.containsKey("writes")) {
            yaml.problem(entries.get("writes"), "a forEach collects instead of writing; use 'collect: CHANNEL'");
        }
        Optional<WorkflowChannel> writes =
                Optional.ofNullable(entries.get("writes")).flatMap(one -> channel(one, known));
        String agent = entries.containsKey("agent") ? yaml.text(entries.get("agent")) : "";
        return new AgentLine(
                graphs.source(), YamlNodes.line(node), name, agent, reads, writes, each, handling(entries));
    }

    private List<Node> listed(Node node, String what) {
        return node instanceof ScalarNode ? List.of(node) : yaml.items(node, what);
    }

    private Handling handling(Map<String, Node> entries) {
        int retries = 0;
        Optional<Duration> first = Optional.empty();
        Optional<Duration> longest = Optional.empty();
        if (entries.get("retry") instanceof ScalarNode times) {
            retries = graphs.positive(times);
        } else if (entries.containsKey("retry")) {
            Map<String, Node> retry =
                    yaml.entries(entries.get("retry"), Set.of("times", "first", "longest"), "a retry");
            retries = retry.containsKey("times") ? graphs.positive(retry.get("times")) : 1;
            first = duration(retry.get("first"));
            longest = duration(retry.get("longest"));
        }
        return new Handling(
                retries,
                first,
                longest,
                duration(entries.get("timeout")),
                Optional.ofNullable(entries.get("fallback")).map(yaml::text));
    }

    private Optional<Duration> duration(@org.jspecify.annotations.Nullable Node node) {
        if (node == null) {
            return Optional.empty();
        }
        var matcher = DURATION.matcher(yaml.text(node).strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            yaml.problem(node, "'" + yaml.text(node) + "' is no duration; write 500ms, 30s, 5m or 1h");
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    private SubgraphLine subgraph(String name, Node node, Map<String, Node> entries) {
        refuse(entries, OF_AGENTS, "belongs to a node that is an agent; the nodes of a graph have their own");
        boolean own = entries.containsKey("in") || entries.containsKey("out");
        Node graph = entries.get("graph");
        Optional<Each> each = Optional.empty();
        var around = new LinkedHashMap<>(channels);
        if (entries.containsKey("forEach")) {
            Optional<WorkflowChannel> result = result(name, node, entries);
            each = each(name, node, entries, result);
            each.ifPresent(one -> around.put(one.item().name(), one.item()));
            each.ifPresent(one -> around.put(one.result().name(), one.result()));
            if (own) {
                yaml.problem(node, "the graph of a forEach shares the channels around it; leave out 'in' and 'out'");
            }
        } else if (entries.containsKey("result")) {
            yaml.problem(entries.get("result"), "'result' belongs to a forEach; write 'forEach: CHANNEL' too");
        }
        GraphLines inner = graph instanceof ScalarNode file
                ? ofFile(file, own, entries)
                : graphs.graph(name, graph, own ? Map.of() : around, Set.of());
        Optional<Mapping> mapping = own && each.isEmpty() && !inner.nodes().isEmpty()
                ? Optional.of(new Mapping(
                        pairs(entries.get("in"), inner.channels(), channels),
                        pairs(entries.get("out"), channels, inner.channels())))
                : Optional.empty();
        if (mapping.isPresent() && yaml.isClean()) {
            missing(name, node, inner, mapping.get());
        }
        return new SubgraphLine(YamlNodes.line(node), name, inner, mapping, each);
    }

    private GraphLines ofFile(ScalarNode file, boolean own, Map<String, Node> entries) {
        if (!own) {
            graphs.unshaped(
                    file,
                    "a graph in a file has channels of its own; write 'in: {INSIDE: OUTSIDE}' and 'out: {OUTSIDE: INSIDE}'"
                            + (entries.containsKey("forEach") ? " at a node inside the forEach's graph" : ""));
        }
        return graphs.file(file);
    }

    /** What the graph cannot do without has to be given to it: nobody else can. */
    private void missing(String name, Node node, GraphLines inner, Mapping mapping) {
        var needed = new InputNeeds(inner).required();
        mapping.in().keySet().forEach(given -> needed.remove(given.name()));
        needed.forEach((channel, why) -> yaml.problem(
                node,
                "the graph of '" + name + "' is not given '" + channel + "', and its " + why + "; write 'in: {"
                        + channel + ": CHANNEL}'"));
    }

    /** What is mapped, target and source: {@code [a, b]} or {@code {target: source}}. */
    private Map<WorkflowChannel, WorkflowChannel> pairs(
            @org.jspecify.annotations.Nullable Node node,
            Map<String, WorkflowChannel> targets,
            Map<String, WorkflowChannel> sources) {
        var pairs = new LinkedHashMap<WorkflowChannel, WorkflowChannel>();
        if (node == null) {
            return pairs;
        }
        if (node instanceof ScalarNode || node instanceof SequenceNode) {
            listed(node, "channels").forEach(one -> pair(pairs, one, yaml.text(one), one, targets, sources));
        } else {
            yaml.entries(node, Set.of(), "channels")
                    .forEach((target, source) -> pair(pairs, source, target, source, targets, sources));
        }
        return pairs;
    }

    private void pair(
            Map<WorkflowChannel, WorkflowChannel> pairs,
            Node at,
            String target,
            Node source,
            Map<String, WorkflowChannel> targets,
            Map<String, WorkflowChannel> sources) {
        WorkflowChannel to = targets.get(target);
        if (to == null) {
            yaml.problem(at, "'" + target + "' is no channel to be written to" + yaml.hint(target, targets.keySet()));
        }
        Optional<WorkflowChannel> from = channel(source, sources);
        if (to != null && from.isPresent()) {
            if (to.type().isSameAs(from.get().type())) {
                pairs.put(to, from.get());
            } else {
                yaml.problem(
                        at,
                        "'" + target + "', a " + to.type().kind().word() + ", cannot get '"
                                + from.get().name() + "', a "
                                + from.get().type().kind().word()
                                + "; declare both alike");
            }
        }
    }

    private Optional<WorkflowChannel> result(String name, Node node, Map<String, Node> entries) {
        if (!entries.containsKey("result")) {
            yaml.problem(node, "forEach '" + name + "' does not say what an element comes to; write 'result: CHANNEL'");
            return Optional.empty();
        }
        Node collect = entries.get("collect");
        WorkflowChannel results = collect == null ? null : channels.get(yaml.text(collect));
        return fresh(entries.get("result"), "result", results);
    }

    private Optional<Each> each(String name, Node node, Map<String, Node> entries, Optional<WorkflowChannel> given) {
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
        Optional<WorkflowChannel> elements = list(entries.get("forEach"));
        Optional<WorkflowChannel> results = list(entries.get("collect"));
        int atOnce = entries.containsKey("atOnce") ? graphs.positive(entries.get("atOnce")) : 8;
        Optional<WorkflowChannel> item = entries.containsKey("as")
                ? fresh(entries.get("as"), "element", elements.orElse(null))
                : fresh(node, "item", "element", elements.orElse(null));
        if (elements.isEmpty() || results.isEmpty() || item.isEmpty()) {
            return Optional.empty();
        }
        WorkflowChannel result = given.orElseGet(
                () -> WorkflowChannel.of(name + "-result", results.get().type().element(), ""));
        return Optional.of(new Each(elements.get(), item.get(), result, results.get(), atOnce));
    }

    private Optional<WorkflowChannel> fresh(
            Node node, String what, @org.jspecify.annotations.Nullable WorkflowChannel list) {
        return fresh(node, yaml.text(node), what, list);
    }

    /** A channel that an element has for itself; its type is that of a list's elements. */
    private Optional<WorkflowChannel> fresh(
            Node node, String name, String what, @org.jspecify.annotations.Nullable WorkflowChannel list) {
        if (!ChannelReader.NAME.matcher(name).matches()) {
            yaml.problem(node, "channel name '" + name + "' is not usable: letters, digits, '_' and '-'");
            return Optional.empty();
        }
        if (channels.containsKey(name)) {
            yaml.problem(
                    node,
                    "'" + name + "' is a channel already; call the " + what + " something else"
                            + (what.equals("element") ? " with 'as: NAME'" : ""));
            return Optional.empty();
        }
        return Optional.ofNullable(list)
                .map(known -> WorkflowChannel.of(name, known.type().element(), ""));
    }

    private Optional<WorkflowChannel> list(Node node) {
        Optional<WorkflowChannel> channel = channel(node, channels);
        if (channel.isPresent() && !channel.get().type().kind().isList()) {
            yaml.problem(node, "channel '" + channel.get().name() + "' holds no list; declare it as texts or records");
            return Optional.empty();
        }
        return channel;
    }

    private Optional<WorkflowChannel> channel(Node node, Map<String, WorkflowChannel> known) {
        String name = yaml.text(node);
        if (!known.containsKey(name)) {
            yaml.problem(
                    node, "'" + name + "' is no channel; declare it under channels" + yaml.hint(name, known.keySet()));
        }
        return Optional.ofNullable(known.get(name));
    }
}
