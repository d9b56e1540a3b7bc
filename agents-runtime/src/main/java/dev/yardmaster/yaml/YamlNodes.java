package dev.yardmaster.yaml;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
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
 * The YAML of one file that a person wrote, with the line of everything in it, and the problems found. Plain YAML only:
 * no tags that make objects, no aliases of collections, so a file's size bounds what it can cost. Not thread-safe.
 */
public final class YamlNodes {

    /** So many problems are told; somebody who mends them sees the others then. */
    public static final int MOST_TOLD = 50;

    private static final int DEEPEST = 50;
    private static final int MOST_CHARACTERS = 2 * 1024 * 1024;

    private final String source;
    private final List<String> problems = new ArrayList<>();
    private int more;

    /** @param source what problems are told with: a path */
    public YamlNodes(String source) {
        this.source = source;
    }

    /** The root node; empty when there is none, or the text is not YAML, which is noted as a problem. */
    public Optional<Node> compose(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(MOST_CHARACTERS);
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
        return Optional.empty();
    }

    /** Notes what is wrong with a node and what to do. */
    public void problem(Node node, String message) {
        problem(line(node), message);
    }

    /** Notes what is wrong on a line, counted from 1, and what to do. */
    public void problem(int line, String message) {
        add(source + ":" + line + ": " + message);
    }

    private void add(String problem) {
        if (isFull()) {
            more++;
        } else {
            problems.add(problem);
        }
    }

    /** The line a node begins on, from 1. */
    public static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private boolean isFull() {
        return problems.size() == MOST_TOLD;
    }

    /** {@code "; did you mean 'x'?"}, where it is going to be told. */
    public String hint(String name, Collection<String> known) {
        return isFull() ? "" : DidYouMean.hint(name, known);
    }

    /** Whether no problem was found so far. */
    public boolean isClean() {
        return problems.isEmpty();
    }

    /** The first {@link #MOST_TOLD} problems, each with {@code source:line:} before it. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Notes the problems of another file that this one names. */
    public void problemsOf(YamlNodes other) {
        other.problems.forEach(this::add);
        more += other.more;
    }

    /** How many problems there are besides. */
    public int more() {
        return more;
    }

    /** The entries of a map, in order. @param allowed the keys it may have; empty for any */
    public Map<String, Node> entries(Node node, Set<String> allowed, String what) {
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
                                + hint(key, allowed));
            }
            if (entries.put(key, entry.getValueNode()) != null) {
                problem(entry.getKeyNode(), "'" + key + "' is there twice in " + what + "; keep one");
            }
        }
        return entries;
    }

    /** The nodes of a list. */
    public List<Node> items(Node node, String what) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        problem(node, what + " has to be a list");
        return List.of();
    }

    /** The text of a scalar, as it was typed. */
    public String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "a text is expected here");
        return "";
    }

    /** A value as JSON knows it, by YAML 1.2's rules for plain words: only {@code true} and {@code false} are booleans. */
    public Object value(Node node) {
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
    public List<ScalarNode> scalars(Node node) {
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
