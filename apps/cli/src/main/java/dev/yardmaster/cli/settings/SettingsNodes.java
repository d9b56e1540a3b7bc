package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.permission.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The parts of a settings file as they may be written; whatever is wrong is told with file and line. */
final class SettingsNodes {

    static final Map<String, BiFunction<String, String, Rule>> LISTS =
            Map.of("allow", Rule::allow, "ask", Rule::ask, "deny", Rule::deny);

    private final Path file;
    private final Consumer<UsageException> problems;

    /** @param problems is told of each thing that cannot be used; what it does not throw is left out */
    SettingsNodes(Path file, Consumer<UsageException> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** What is read, or something instead when that cannot be used. */
    <T> T attempt(T instead, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UsageException e) {
            problems.accept(e);
            return instead;
        }
    }

    <T> Optional<T> found(Supplier<T> reading) {
        return attempt(Optional.empty(), () -> Optional.of(reading.get()));
    }

    /** @param known the keys it may have; any when there are none */
    Map<String, Node> mapping(Node node, String what, Collection<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(node, what + " has to be 'key: value' lines, not " + kind(node), "correct it");
        }
        var values = new LinkedHashMap<String, Node>();
        mapping.getValue().forEach(pair -> {
            String key = text(pair.getKeyNode(), "a key");
            if (!known.isEmpty() && !known.contains(key)) {
                problems.accept(problem(
                        pair.getKeyNode(),
                        "there is no setting '" + key + "'" + DidYouMean.hint(key, known),
                        "the settings here are " + String.join(", ", known)));
                return;
            }
            if (values.put(key, pair.getValueNode()) != null) {
                problems.accept(problem(pair.getKeyNode(), "'" + key + "' is there twice", "keep one of them"));
            }
        });
        return values;
    }

    List<Node> items(Node node, String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw problem(node, what + " has to be a list, not " + kind(node), "make it one: [first, second]");
        }
        return sequence.getValue();
    }

    String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem(node, what + " has to be one word or text, not " + kind(node), "correct it");
        }
        if (scalar.getValue().isBlank()) {
            throw problem(node, what + " is empty", "give it a value, or remove it");
        }
        return scalar.getValue().strip();
    }

    /** A folder that has to be there. @param base what its path is relative to */
    Sourced<Path> folder(Node node, String what, Path base, Caller caller) {
        String written = text(node, what);
        boolean atHome = written.equals("~") || written.startsWith("~/");
        Path folder = (atHome ? caller.path(written) : base.resolve(written)).normalize();
        if (!Files.exists(folder)) {
            throw problem(
                    node,
                    "the folder '" + folder + "' of " + what + " does not exist",
                    "create it, or correct the path (it is relative to " + base + ")");
        }
        return new Sourced<>(folder, source(node));
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "'key: value' lines";
        }
        return node instanceof SequenceNode ? "a list" : "a single value";
    }

    String source(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    UsageException problem(Node node, String what, String remedy) {
        return new UsageException(source(node) + ": " + what + (what.endsWith("?") ? " " : "; ") + remedy);
    }
}
