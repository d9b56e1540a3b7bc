package dev.yardmaster.workflow;

import dev.yardmaster.event.DidYouMean;
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

/** The YAML of one workflow with the line of everything in it, and the problems found. All scalars are texts. */
final class YamlLines {

    private static final int MAX_CHARACTERS = 1024 * 1024;

    private final String source;
    private final List<String> problems = new ArrayList<>();
    private int more;

    YamlLines(String source) {
        this.source = source;
    }

    Optional<Node> compose(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            return Optional.ofNullable(new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problem(line, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problem(1, "this is not YAML that is read here: " + e.getMessage());
        }
        return Optional.empty();
    }

    void problem(Node node, String message) {
        problem(line(node), message);
    }

    void problem(int line, String message) {
        if (isFull()) {
            more++;
        } else {
            problems.add(source + ":" + line + ": " + message);
        }
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private boolean isFull() {
        return problems.size() == InvalidWorkflowException.MOST_TOLD;
    }

    /** What was meant, where that is going to be told. */
    String hint(String name, Collection<String> known) {
        return isFull() ? "" : DidYouMean.hint(name, known);
    }

    /** @throws InvalidWorkflowException when problems were found */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(source, problems, more);
        }
    }

    boolean isClean() {
        return problems.isEmpty();
    }

    /** The entries of a map, in order. @param allowed the keys it may have; empty for any */
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
                                + hint(key, allowed));
            } else if (entries.put(key, entry.getValueNode()) != null) {
                problem(entry.getKeyNode(), "'" + key + "' is there twice in " + what + "; keep one");
            }
        }
        return entries;
    }

    List<Node> items(Node node, String what) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        problem(node, what + " has to be a list");
        return List.of();
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "a text is expected here");
        return "";
    }
}
