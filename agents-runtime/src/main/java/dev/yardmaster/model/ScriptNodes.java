package dev.yardmaster.model;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import java.io.StringReader;
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

/**
 * The YAML of one script, with the place of everything in it. Plain YAML only: no tags that make objects, no aliases of
 * collections, so a file's size bounds what it can cost. Collects the problems that are found in it.
 */
final class ScriptNodes {

    private final String source;
    private final List<String> problems = new ArrayList<>();

    ScriptNodes(String source) {
        this.source = source;
    }

    /** The root node; empty when there is none. */
    Optional<Node> compose(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(50);
        options.setCodePointLimit(ScriptReader.MAX_BYTES);
        try {
            String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
            return Optional.ofNullable(new Yaml(new SafeConstructor(options)).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problem(line, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problem(
                    1,
                    e.getMessage().contains("aliases")
                            ? "aliases (*name) of lists and maps are not read here; write them out"
                            : "this is not YAML: " + e.getMessage());
        }
        throw new InvalidScriptException(source, problems);
    }

    /** Notes what is wrong with a node and what to do. */
    void problem(Node node, String message) {
        problem(node.getStartMark().getLine() + 1, message);
    }

    void problem(int line, String message) {
        problems.add(source + ":" + line + ": " + message);
    }

    List<String> problems() {
        return problems;
    }

    /** The entries of a map. @param allowed the keys it may have; empty for any */
    Map<String, Node> entries(Node node, Set<String> allowed, String what) {
        if (!(node instanceof MappingNode map)) {
            problem(node, what + " has to be a map of keys and values");
            return Map.of();
        }
        var entries = new LinkedHashMap<String, Node>();
        for (NodeTuple entry : map.getValue()) {
            String key = text(entry.getKeyNode());
            if (!allowed.isEmpty() && !allowed.contains(key)) {
                problem(
                        entry.getKeyNode(),
                        "'" + key + "' means nothing in " + what + "; known: "
                                + String.join(", ", allowed.stream().sorted().toList())
                                + DidYouMean.hint(key, allowed));
            }
            if (entries.put(key, entry.getValueNode()) != null) {
                problem(entry.getKeyNode(), "'" + key + "' is there twice in " + what + "; keep one");
            }
        }
        return entries;
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "a text is expected here");
        return "";
    }

    /** A value as JSON knows it, by YAML 1.2's rules for plain words: only {@code true} and {@code false} are booleans. */
    Object value(Node node) {
        return switch (node) {
            case MappingNode map -> {
                var values = new LinkedHashMap<String, Object>();
                entries(map, Set.of(), "a map").forEach((key, value) -> values.put(key, value(value)));
                yield values;
            }
            case SequenceNode list -> list.getValue().stream().map(this::value).toList();
            case ScalarNode scalar -> scalar(scalar);
            default -> text(node);
        };
    }

    private static Object scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return Json.none();
        }
        if (tag.equals(Tag.BOOL) && (value.equals("true") || value.equals("false"))) {
            return Boolean.valueOf(value);
        }
        if (tag.equals(Tag.INT) && value.matches("-?(0|[1-9]\\d{0,17})")) {
            return Long.valueOf(value);
        }
        if (tag.equals(Tag.FLOAT) && value.matches("-?\\d{1,300}\\.\\d+")) {
            return Double.valueOf(value);
        }
        return value;
    }

    /** The scalars below a node that are values, not keys. */
    List<ScalarNode> scalars(Node node) {
        return switch (node) {
            case MappingNode map ->
                map.getValue().stream()
                        .flatMap(entry -> scalars(entry.getValueNode()).stream())
                        .toList();
            case SequenceNode list ->
                list.getValue().stream().flatMap(each -> scalars(each).stream()).toList();
            case ScalarNode scalar -> List.of(scalar);
            default -> List.of();
        };
    }
}
