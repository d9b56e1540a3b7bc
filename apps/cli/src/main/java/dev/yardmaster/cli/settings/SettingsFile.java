package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one {@code yardmaster.yml}, strictly: whatever is not understood is told with file and line. */
final class SettingsFile {

    private static final List<String> KEYS = List.of("version", "model", "models", "agents", "mode", "permissions");
    private static final Map<String, BiFunction<String, String, Rule>> LISTS =
            Map.of("allow", Rule::allow, "ask", Rule::ask, "deny", Rule::deny);

    private final Path file;
    private final Caller caller;
    private final Consumer<UsageException> problems;

    /** @param problems is told of each thing that cannot be used; what it does not throw is left out */
    SettingsFile(Path file, Caller caller, Consumer<UsageException> problems) {
        this.file = file;
        this.caller = caller;
        this.problems = problems;
    }

    /** What can be used of it. */
    Settings read() {
        return attempt(Settings.none(), this::all);
    }

    private <T> T attempt(T instead, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UsageException e) {
            problems.accept(e);
            return instead;
        }
    }

    private Settings all() {
        Optional<Node> root = YamlText.of(file).compose();
        if (root.isEmpty()) {
            return Settings.none();
        }
        Map<String, Node> keys = mapping(root.get(), "the file", KEYS);
        attempt(false, () -> versioned(root.get(), keys));
        return new Settings(
                Optional.ofNullable(keys.get("model")).flatMap(node -> found(() -> model(node, "model"))),
                keys.containsKey("models") ? attempt(Map.of(), () -> models(keys.get("models"))) : Map.of(),
                keys.containsKey("agents") ? attempt(List.of(), () -> agents(keys.get("agents"))) : List.of(),
                Optional.ofNullable(keys.get("mode")).flatMap(node -> found(() -> mode(node))),
                keys.containsKey("permissions") ? attempt(List.of(), () -> rules(keys.get("permissions"))) : List.of());
    }

    private <T> Optional<T> found(Supplier<T> reading) {
        return attempt(Optional.empty(), () -> Optional.of(reading.get()));
    }

    private boolean versioned(Node root, Map<String, Node> keys) {
        if (!keys.containsKey("version")) {
            throw problem(root, "there is no version", "begin the file with the line 'version: 1'");
        }
        if (!text(keys.get("version"), "version").equals("1")) {
            throw problem(
                    keys.get("version"),
                    "version '" + text(keys.get("version"), "version") + "' is not known here",
                    "write version: 1, or use a newer Yardmaster");
        }
        return true;
    }

    private Map<String, Sourced<String>> models(Node node) {
        var models = new TreeMap<String, Sourced<String>>();
        mapping(node, "models", List.of()).forEach((alias, name) -> {
            if (alias.isBlank() || alias.contains(":") || alias.equalsIgnoreCase("inherit")) {
                throw problem(
                        name,
                        "'" + alias + "' cannot be an alias",
                        "use a word without a colon, such as sonnet, and not 'inherit'");
            }
            models.put(alias.strip().toLowerCase(java.util.Locale.ROOT), model(name, "models." + alias));
        });
        return models;
    }

    private List<Sourced<Path>> agents(Node node) {
        var folders = new ArrayList<Sourced<Path>>();
        for (Node item : items(node, "agents")) {
            String written = text(item, "agents");
            Path folder = written.equals("~") || written.startsWith("~/")
                    ? caller.path(written)
                    : file.resolveSibling(written).normalize();
            if (!Files.exists(folder)) {
                throw problem(
                        item,
                        "the folder '" + folder + "' of agents does not exist",
                        "create it, or correct the path (it is relative to this file)");
            }
            folders.add(new Sourced<>(folder, source(item)));
        }
        return folders;
    }

    private Sourced<Mode> mode(Node node) {
        Sourced<Mode> mode = Modes.get(text(node, "mode"), source(node));
        if (mode.value() == Mode.BYPASS && !file.getParent().equals(caller.home())) {
            throw problem(
                    node,
                    "a project's file cannot set mode bypassPermissions: it may have come with what you checked out",
                    "give it yourself: --yes, or the " + SettingsFiles.NAME + " of your home folder");
        }
        return mode;
    }

    private List<Rule> rules(Node node) {
        var rules = new ArrayList<Rule>();
        mapping(node, "permissions", List.of("allow", "ask", "deny")).forEach((kind, list) -> {
            for (Node item : items(list, "permissions." + kind)) {
                found(() -> RuleReader.read(LISTS.get(kind), text(item, "permissions." + kind), source(item)))
                        .ifPresent(rules::add);
            }
        });
        return rules;
    }

    /** @param known the keys it may have; any when there are none */
    private Map<String, Node> mapping(Node node, String what, Collection<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(node, what + " has to be 'key: value' lines, not " + kind(node), "correct it");
        }
        var values = new java.util.LinkedHashMap<String, Node>();
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

    private List<Node> items(Node node, String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw problem(node, what + " has to be a list, not " + kind(node), "write each item on a line after '- '");
        }
        return sequence.getValue();
    }

    private String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem(node, what + " has to be one word or text, not " + kind(node), "correct it");
        }
        if (scalar.getValue().isBlank()) {
            throw problem(node, what + " is empty", "give it a value, or remove it");
        }
        return scalar.getValue().strip();
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "'key: value' lines";
        }
        return node instanceof SequenceNode ? "a list" : "a single value";
    }

    /** A model's name; the path of a script is relative to this file. */
    private Sourced<String> model(Node node, String what) {
        String name = text(node, what);
        String script = "script:";
        String full = name.startsWith(script)
                ? script + file.resolveSibling(name.substring(script.length()).strip())
                : name;
        return new Sourced<>(full, source(node));
    }

    private String source(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    private UsageException problem(Node node, String what, String remedy) {
        return new UsageException(source(node) + ": " + what + (what.endsWith("?") ? " " : "; ") + remedy);
    }
}
