package dev.yardmaster.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Usage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a script file and finds everything that is wrong with it. One reader reads one file. */
final class ScriptReader {

    private static final int MAX_BYTES = 5 * 1024 * 1024;
    private static final Set<String> TOP_KEYS = Set.of("version", "agents", "usage");
    private static final Set<String> REPLY_KEYS = Set.of("say", "call", "capture", "usage");
    private static final Set<String> USAGE_KEYS = Set.of("input", "output");

    private final String source;
    private final List<String> problems = new ArrayList<>();

    ScriptReader(String source) {
        this.source = source;
    }

    static Script read(Path file) {
        String source = file.toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidScriptException(source, List.of("it is larger than 5 MB; split it up"));
            }
            return new ScriptReader(source).parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            String why =
                    Files.exists(file) ? "it cannot be read as UTF-8 text: " + e.getMessage() : "there is no such file";
            throw new InvalidScriptException(source, List.of(why + "; check the path after 'script:'"));
        }
    }

    Script parse(String yaml) {
        Node root = compose(yaml);
        Map<String, Node> top = root == null ? Map.of() : keys(root, TOP_KEYS, "a script");
        version(top.get("version"));
        Usage usage = Optional.ofNullable(top.get("usage")).map(this::usage).orElse(Usage.none());
        Map<String, List<Script.Reply>> agents = agents(top.get("agents"));
        if (!problems.isEmpty()) {
            throw new InvalidScriptException(source, problems);
        }
        return new Script(source, agents, usage);
    }

    private Node compose(String yaml) {
        try {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(20);
            options.setNestingDepthLimit(30);
            options.setAllowDuplicateKeys(false);
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidScriptException(source, List.of("line " + line + ": not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            throw new InvalidScriptException(source, List.of("not YAML: " + e.getMessage()));
        }
    }

    private void version(Node version) {
        if (version == null) {
            problems.add("line 1: it has no version; begin it with 'version: 1'");
        } else if (!text(version).equals("1")) {
            problem(version, "version " + text(version) + " is not known here; this Yardmaster reads version 1");
        }
    }

    private Map<String, List<Script.Reply>> agents(Node node) {
        if (node == null) {
            problems.add("line 1: it has no agents; add 'agents:' with a list of replies for each");
            return Map.of();
        }
        var agents = new LinkedHashMap<String, List<Script.Reply>>();
        keys(node, Set.of(), "agents").forEach((agent, replies) -> agents.put(agent, replies(agent, replies)));
        return agents;
    }

    private List<Script.Reply> replies(String agent, Node node) {
        if (!(node instanceof SequenceNode list)) {
            problem(node, "the replies of agent '" + agent + "' are no list; write each with '- say:' or '- call:'");
            return List.of();
        }
        return list.getValue().stream().map(this::reply).toList();
    }

    private Script.Reply reply(Node node) {
        Map<String, Node> keys = keys(node, REPLY_KEYS, "a reply");
        if (!keys.containsKey("say") && !keys.containsKey("call")) {
            problem(node, "this reply neither says nor calls anything; give it 'say:' or 'call:'");
        }
        List<Script.Call> calls = keys.containsKey("call") ? calls(keys.get("call")) : List.of();
        if (keys.containsKey("capture") && calls.isEmpty()) {
            problem(keys.get("capture"), "this reply captures but calls nothing; a capture reads a call's result");
        }
        return new Script.Reply(
                keys.containsKey("say") ? text(keys.get("say")) : "",
                calls,
                keys.containsKey("capture") ? captures(keys.get("capture")) : Map.of(),
                Optional.ofNullable(keys.get("usage")).map(this::usage));
    }

    /** One call, several as a map of tools, or a list of either. */
    private List<Script.Call> calls(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream()
                    .flatMap(each -> calls(each).stream())
                    .toList();
        }
        var calls = new ArrayList<Script.Call>();
        keys(node, Set.of(), "call").forEach((tool, arguments) -> {
            if (value(arguments) instanceof Map<?, ?> map) {
                var named = new LinkedHashMap<String, Object>();
                map.forEach((key, value) -> named.put(String.valueOf(key), value));
                calls.add(new Script.Call(tool, named));
            } else {
                problem(arguments, "the arguments of " + tool + " are no map; write " + tool + ": {name: value}");
            }
        });
        return calls;
    }

    private Map<String, Pattern> captures(Node node) {
        var captures = new LinkedHashMap<String, Pattern>();
        keys(node, Set.of(), "capture").forEach((name, regex) -> {
            try {
                captures.put(name, Pattern.compile(text(regex), Pattern.MULTILINE));
            } catch (PatternSyntaxException e) {
                problem(regex, "the pattern of '" + name + "' is not a regular expression: " + e.getMessage());
            }
        });
        return captures;
    }

    private Usage usage(Node node) {
        Map<String, Node> keys = keys(node, USAGE_KEYS, "usage");
        return new Usage(count(keys.get("input")), count(keys.get("output")));
    }

    private long count(Node node) {
        if (node == null) {
            return 0;
        }
        if (value(node) instanceof Long count && count >= 0) {
            return count;
        }
        problem(node, "'" + text(node) + "' is no token count; write a whole number, 0 or more");
        return 0;
    }

    /** The entries of a map. @param allowed the keys it may have; empty for any */
    private Map<String, Node> keys(Node node, Set<String> allowed, String what) {
        if (!(node instanceof MappingNode map)) {
            problem(node, what + " has to be a map of keys and values");
            return Map.of();
        }
        var keys = new LinkedHashMap<String, Node>();
        for (NodeTuple entry : map.getValue()) {
            String key = text(entry.getKeyNode());
            if (!allowed.isEmpty() && !allowed.contains(key)) {
                problem(
                        entry.getKeyNode(),
                        "'" + key + "' means nothing in " + what + "; known: "
                                + String.join(", ", allowed.stream().sorted().toList())
                                + DidYouMean.hint(key, allowed));
            }
            keys.put(key, entry.getValueNode());
        }
        return keys;
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "a text is expected here");
        return "";
    }

    /** A value as JSON knows it; only {@code true} and {@code false} are booleans, as in YAML 1.2. */
    private Object value(Node node) {
        return switch (node) {
            case MappingNode map -> {
                var values = new LinkedHashMap<String, Object>();
                map.getValue().forEach(entry -> values.put(text(entry.getKeyNode()), value(entry.getValueNode())));
                yield values;
            }
            case SequenceNode list -> list.getValue().stream().map(this::value).toList();
            case ScalarNode scalar -> scalar(scalar);
            default -> text(node);
        };
    }

    private static Object scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (scalar.getTag().equals(Tag.BOOL) && (value.equals("true") || value.equals("false"))) {
            return Boolean.valueOf(value);
        }
        if (scalar.getTag().equals(Tag.INT) && value.matches("-?\\d{1,18}")) {
            return Long.valueOf(value);
        }
        if (scalar.getTag().equals(Tag.FLOAT) && value.matches("-?\\d+\\.\\d+")) {
            return Double.valueOf(value);
        }
        return value;
    }

    private void problem(Node node, String message) {
        problems.add("line " + (node.getStartMark().getLine() + 1) + ": " + message);
    }
}
