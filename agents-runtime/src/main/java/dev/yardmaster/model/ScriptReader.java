package dev.yardmaster.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Usage;
import dev.yardmaster.yaml.YamlNodes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a script and finds everything that is wrong with it. One reader reads one script. */
final class ScriptReader {

    static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final Set<String> TOP_KEYS = Set.of("version", "agents", "tasks", "usage");
    private static final Set<String> REPLY_KEYS = Set.of("say", "call", "capture", "usage");
    private static final Set<String> TASK_KEYS = Set.of("agent", "holds", "replies");
    private static final Set<String> USAGE_KEYS = Set.of("input", "output");
    private static final Set<String> ALL_USAGE_KEYS = Set.of("input", "output", "dollars");

    private final String name;
    private final String source;
    private final YamlNodes nodes;

    private ScriptReader(String name, String source) {
        this.name = name;
        this.source = source;
        this.nodes = new YamlNodes(source);
    }

    /** @throws InvalidScriptException when the file cannot be read or is no script; names every problem */
    static Script read(Path file, String name) {
        String source = file.toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unreadable(source, "it is larger than 2 MB; split it up");
            }
            return parse(Files.readString(file), name, source);
        } catch (NoSuchFileException e) {
            throw unreadable(source, "there is no such file; check the path after 'script:'");
        } catch (CharacterCodingException e) {
            throw unreadable(source, "it is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw unreadable(
                    source,
                    "it cannot be read (" + FileTrouble.of(e) + "); check that it is a file and that you may read it");
        }
    }

    private static InvalidScriptException unreadable(String source, String why) {
        return new InvalidScriptException(source, List.of(source + ": " + why), 0);
    }

    /** @throws InvalidScriptException when it is no script; names every problem */
    static Script parse(String yaml, String name, String source) {
        return new ScriptReader(name, source).parse(yaml);
    }

    private Script parse(String yaml) {
        Optional<Node> root = nodes.compose(yaml);
        check();
        Map<String, Node> top =
                root.map(map -> nodes.entries(map, TOP_KEYS, "a script")).orElse(Map.of());
        version(top);
        Map<String, Node> figures =
                top.containsKey("usage") ? nodes.entries(top.get("usage"), ALL_USAGE_KEYS, "usage") : Map.of();
        Usage usage = usage(figures);
        Optional<BigDecimal> dollars = dollars(figures);
        Map<String, List<Script.Reply>> agents = agents(top);
        List<Script.Task> tasks = top.containsKey("tasks") ? tasks(top.get("tasks")) : List.of();
        check();
        return new Script(name, source, agents, tasks, usage, dollars);
    }

    private void check() {
        if (!nodes.isClean()) {
            throw new InvalidScriptException(source, nodes.problems(), nodes.more());
        }
    }

    private void version(Map<String, Node> top) {
        if (!top.containsKey("version")) {
            nodes.problem(1, "it has no version; begin it with 'version: 1'");
        } else if (!nodes.text(top.get("version")).equals("1")) {
            nodes.problem(
                    top.get("version"),
                    "version " + nodes.text(top.get("version"))
                            + " is not known here; write 'version: 1', or use a newer Yardmaster");
        }
    }

    private Map<String, List<Script.Reply>> agents(Map<String, Node> top) {
        if (!top.containsKey("agents")) {
            if (top.containsKey("tasks")) {
                return Map.of();
            }
            nodes.problem(1, "it has no agents; add 'agents:' with a list of replies for each");
            return Map.of();
        }
        var agents = new LinkedHashMap<String, List<Script.Reply>>();
        nodes.entries(top.get("agents"), Set.of(), "agents")
                .forEach((agent, replies) -> agents.put(agent, replies(agent, replies)));
        return agents;
    }

    private List<Script.Task> tasks(Node node) {
        if (!(node instanceof SequenceNode list)) {
            nodes.problem(node, "tasks has to be a list; write each '- {agent: NAME, holds: TEXT, replies: […]}'");
            return List.of();
        }
        var tasks = new ArrayList<Script.Task>();
        for (Node each : list.getValue()) {
            Map<String, Node> keys = nodes.entries(each, TASK_KEYS, "a task");
            for (String key : List.of("agent", "holds", "replies")) {
                if (!keys.isEmpty() && !keys.containsKey(key)) {
                    nodes.problem(each, "this task has no '" + key + "'; a task has an agent, holds and replies");
                }
            }
            if (keys.keySet().containsAll(TASK_KEYS)) {
                String agent = nodes.text(keys.get("agent"));
                tasks.add(new Script.Task(agent, nodes.text(keys.get("holds")), replies(agent, keys.get("replies"))));
            }
        }
        return tasks;
    }

    private List<Script.Reply> replies(String agent, Node node) {
        if (!(node instanceof SequenceNode list)) {
            nodes.problem(
                    node, "the replies of agent '" + agent + "' are no list; write each with '- say:' or '- call:'");
            return List.of();
        }
        var replies = new ArrayList<Script.Reply>();
        var captured = new LinkedHashSet<>(Set.of(Script.TASK));
        for (Node each : list.getValue()) {
            Script.Reply reply = reply(each, captured);
            replies.add(reply);
            captured.addAll(reply.captures().keySet());
        }
        return replies;
    }

    /** @param captured the variables that the replies before it have captured */
    private Script.Reply reply(Node node, Set<String> captured) {
        Map<String, Node> keys = nodes.entries(node, REPLY_KEYS, "a reply");
        if (!keys.isEmpty() && !keys.containsKey("say") && !keys.containsKey("call")) {
            nodes.problem(node, "this reply neither says nor calls anything; give it 'say:' or 'call:'");
        }
        List<Script.Call> calls = keys.containsKey("call") ? calls(keys.get("call")) : List.of();
        Map<String, Pattern> captures = keys.containsKey("capture") ? captures(keys.get("capture")) : Map.of();
        if (keys.containsKey("capture") && !keys.containsKey("call")) {
            nodes.problem(
                    keys.get("capture"), "this reply captures but calls nothing; a capture reads a call's result");
        }
        for (String key : List.of("say", "call")) {
            if (keys.containsKey(key)) {
                nodes.scalars(keys.get(key)).forEach(text -> variables(text, captured, captures.keySet()));
            }
        }
        return new Script.Reply(
                keys.containsKey("say") ? nodes.text(keys.get("say")).strip() : "",
                calls,
                captures,
                Optional.ofNullable(keys.get("usage"))
                        .map(figures -> usage(nodes.entries(figures, USAGE_KEYS, "usage"))));
    }

    private void variables(ScalarNode text, Set<String> captured, Set<String> capturedHere) {
        try {
            Placeholders.fill(text.getValue(), variable -> {
                if (!captured.contains(variable)) {
                    nodes.problem(
                            text,
                            "${" + variable + "} is used here, but "
                                    + (capturedHere.contains(variable)
                                            ? "this reply itself captures it; use it in the next one"
                                            : "no reply of this agent before has captured it; add 'capture: {"
                                                    + variable + ": …}' to one" + DidYouMean.hint(variable, captured)));
                }
                return "";
            });
        } catch (IllegalArgumentException e) {
            nodes.problem(text, e.getMessage());
        }
    }

    /** One call, several as a map of tools, or a list of either. */
    private List<Script.Call> calls(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream()
                    .flatMap(each -> calls(each).stream())
                    .toList();
        }
        var calls = new ArrayList<Script.Call>();
        nodes.entries(node, Set.of(), "call").forEach((tool, arguments) -> {
            if (nodes.value(arguments) instanceof Map<?, ?> map) {
                var named = new LinkedHashMap<String, Object>();
                map.forEach((key, value) -> named.put(String.valueOf(key), value));
                calls.add(new Script.Call(tool, named));
            } else {
                nodes.problem(arguments, "the arguments of " + tool + " are no map; write " + tool + ": {name: value}");
            }
        });
        return calls;
    }

    private Map<String, Pattern> captures(Node node) {
        var captures = new LinkedHashMap<String, Pattern>();
        nodes.entries(node, Set.of(), "capture").forEach((variable, regex) -> {
            if (!Placeholders.isName(variable)) {
                nodes.problem(regex, "'" + variable + "' cannot be the name of a variable; use letters, digits and _");
            }
            try {
                captures.put(variable, Pattern.compile(nodes.text(regex), Pattern.MULTILINE));
            } catch (PatternSyntaxException e) {
                nodes.problem(
                        regex,
                        "the pattern of '" + variable + "' is not a regular expression: " + e.getDescription()
                                + "; in double quotes YAML wants each backslash twice");
            }
        });
        return captures;
    }

    private Usage usage(Map<String, Node> keys) {
        return new Usage(count(keys, "input"), count(keys, "output"));
    }

    private Optional<BigDecimal> dollars(Map<String, Node> keys) {
        Node amount = keys.get("dollars");
        if (amount == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(nodes.text(amount)));
        } catch (NumberFormatException e) {
            nodes.problem(amount, "'dollars' is no amount; write a number such as 0.05");
            return Optional.empty();
        }
    }

    private long count(Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            return 0;
        }
        if (nodes.value(node) instanceof Long count && count >= 0) {
            return count;
        }
        nodes.problem(node, "'" + key + "' is no token count; write a whole number, 0 or more");
        return 0;
    }
}
