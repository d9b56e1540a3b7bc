package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Budget.Measure;
import dev.yardmaster.permission.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one {@code yardmaster.yml}, strictly: whatever is not understood is told with file and line. */
final class SettingsFile {

    private static final List<String> KEYS = List.of(
            "version",
            "model",
            "models",
            "fallbackModels",
            "modelLimits",
            "textOnlyModels",
            "agents",
            "labels",
            "mode",
            "permissions",
            "budget",
            "hookFailures",
            "instructions",
            "memory");
    private static final String FURTHER = "additionalDirectories";

    private final SettingsFiles.Found found;
    private final Path file;
    private final Caller caller;
    private final SettingsNodes nodes;

    /** @param problems is told of each thing that cannot be used; what it does not throw is left out */
    SettingsFile(SettingsFiles.Found found, Caller caller, Consumer<UsageException> problems) {
        this.found = found;
        this.file = found.file();
        this.caller = caller;
        this.nodes = new SettingsNodes(file, problems);
    }

    /** What can be used of it. */
    Settings read() {
        return nodes.attempt(Settings.none(), this::all);
    }

    private Settings all() {
        Optional<Node> root = YamlText.of(file).compose();
        if (root.isEmpty()) {
            return Settings.none();
        }
        Map<String, Node> keys = nodes.mapping(root.get(), "the file", KEYS);
        nodes.attempt(false, () -> versioned(root.get(), keys));
        return Settings.none()
                .withModels(
                        Optional.ofNullable(keys.get("model")).flatMap(node -> nodes.found(() -> model(node, "model"))),
                        keys.containsKey("models")
                                ? nodes.attempt(Map.of(), () -> models(keys.get("models")))
                                : Map.of())
                .with(calls(keys))
                .withAgents(
                        keys.containsKey("agents")
                                ? nodes.attempt(List.of(), () -> agents(keys.get("agents")))
                                : List.of())
                .withLabels(
                        keys.containsKey("labels")
                                ? nodes.attempt(Map.of(), () -> labels(keys.get("labels")))
                                : Map.of())
                .with(permissions(keys))
                .with(keys.containsKey("budget") ? budget(keys.get("budget")) : Budget.unlimited())
                .with(HookSettings.none().failing(closed(keys)))
                .with(new Handing(flag(keys, "instructions", "on", "off"), memory(keys)));
    }

    private Budget budget(Node node) {
        List<String> known = Arrays.stream(Measure.values()).map(Measure::word).toList();
        Map<String, Node> keys = nodes.attempt(Map.of(), () -> nodes.mapping(node, "budget", known));
        Budget budget = Budget.unlimited();
        for (Measure each : Measure.values()) {
            Node limit = keys.get(each.word());
            Budget before = budget;
            budget = limit == null
                    ? before
                    : nodes.attempt(
                            before,
                            () -> Quantities.limit(
                                    before,
                                    each,
                                    nodes.text(limit, "budget." + each.word()),
                                    nodes.source(limit) + ": budget." + each.word()));
        }
        return budget;
    }

    private CallSettings calls(Map<String, Node> keys) {
        List<Sourced<String>> fallbacks = keys.containsKey("fallbackModels")
                ? nodes.attempt(
                        List.of(),
                        () -> nodes.items(keys.get("fallbackModels"), "fallbackModels").stream()
                                .map(item -> model(item, "fallbackModels"))
                                .toList())
                : List.of();
        Map<String, Node> limits = keys.containsKey("modelLimits")
                ? nodes.attempt(
                        Map.of(),
                        () -> nodes.mapping(
                                keys.get("modelLimits"),
                                "modelLimits",
                                List.of("requestsPerMinute", "tokensPerMinute", "atOnce")))
                : Map.of();
        CallSettings all = new CallSettings(
                fallbacks,
                List.of(),
                limit(limits, "requestsPerMinute"),
                limit(limits, "tokensPerMinute"),
                limit(limits, "atOnce"));
        Node words = keys.get("textOnlyModels");
        return words == null
                ? all
                : nodes.attempt(
                        all,
                        () -> all.withTextOnly(nodes.items(words, "textOnlyModels").stream()
                                .map(item -> new Sourced<>(
                                        nodes.text(item, "textOnlyModels").strip(), nodes.source(item)))
                                .toList()));
    }

    private OptionalLong limit(Map<String, Node> limits, String name) {
        Node node = limits.get(name);
        return node == null
                ? OptionalLong.empty()
                : nodes.attempt(OptionalLong.empty(), () -> OptionalLong.of(number(node, name)));
    }

    private long number(Node node, String what) {
        String text = nodes.text(node, what);
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw nodes.problem(node, what + " is '" + text + "'", "write a whole number of 1 or more");
        }
        return Long.parseLong(text);
    }

    private Permissions permissions(Map<String, Node> keys) {
        var rules = new ArrayList<Rule>();
        var folders = new ArrayList<Sourced<Path>>();
        if (keys.containsKey("permissions")) {
            nodes.attempt(false, () -> listed(keys.get("permissions"), rules, folders));
        }
        var mode = Optional.ofNullable(keys.get("mode"))
                .flatMap(node -> nodes.found(() -> Modes.get(nodes.text(node, "mode"), nodes.source(node))));
        return new Permissions(mode, rules, folders, Optional.empty());
    }

    /** What an agent writes there is before its eyes in every later task: not for a file that came with a checkout to allow. */
    private Optional<Sourced<Boolean>> memory(Map<String, Node> keys) {
        Optional<Sourced<Boolean>> unasked = flag(keys, "memory", "allow", "ask");
        return found.project().isPresent() ? unasked.filter(each -> !each.value()) : unasked;
    }

    private Optional<Sourced<Boolean>> flag(Map<String, Node> keys, String key, String yes, String no) {
        return Optional.ofNullable(keys.get(key))
                .flatMap(node -> nodes.found(() -> {
                    String said = nodes.text(node, key);
                    if (!said.equals(yes) && !said.equals(no)) {
                        throw nodes.problem(
                                node, key + " is " + yes + " or " + no + ", not '" + said + "'", "correct it");
                    }
                    return new Sourced<>(said.equals(yes), nodes.source(node));
                }));
    }

    /** Whether a hook that fails denies what it was asked about. */
    private boolean closed(Map<String, Node> keys) {
        return Optional.ofNullable(keys.get("hookFailures"))
                .map(node -> nodes.attempt(true, () -> switch (nodes.text(node, "hookFailures")) {
                    case "deny" -> true;
                    case "pass" -> false;
                    default ->
                        throw nodes.problem(
                                node,
                                "hookFailures is deny or pass, not '" + nodes.text(node, "hookFailures") + "'",
                                "deny: a hook that fails denies what it was asked about; pass: that goes on");
                }))
                .orElse(false);
    }

    private boolean listed(Node node, List<Rule> rules, List<Sourced<Path>> folders) {
        nodes.mapping(node, "permissions", List.of("allow", "ask", "deny", FURTHER))
                .forEach((kind, list) -> {
                    String what = "permissions." + kind;
                    for (Node item : nodes.items(list, what)) {
                        if (kind.equals(FURTHER)) {
                            nodes.found(() -> nodes.folder(item, what, file.getParent(), caller))
                                    .ifPresent(folders::add);
                        } else {
                            nodes.found(() -> RuleReader.read(
                                            SettingsNodes.LISTS.get(kind), nodes.text(item, what), nodes.source(item)))
                                    .map(rule -> found.project().map(rule::from).orElse(rule))
                                    .ifPresent(rules::add);
                        }
                    }
                });
        return true;
    }

    private boolean versioned(Node root, Map<String, Node> keys) {
        if (!keys.containsKey("version")) {
            throw nodes.problem(root, "there is no version", "begin the file with the line 'version: 1'");
        }
        if (!nodes.text(keys.get("version"), "version").equals("1")) {
            throw nodes.problem(
                    keys.get("version"),
                    "version '" + nodes.text(keys.get("version"), "version") + "' is not known here",
                    "write version: 1, or use a newer Yardmaster");
        }
        return true;
    }

    private Map<String, Sourced<String>> models(Node node) {
        var models = new TreeMap<String, Sourced<String>>();
        nodes.mapping(node, "models", List.of()).forEach((alias, name) -> {
            if (alias.isBlank() || alias.contains(":") || alias.equalsIgnoreCase("inherit")) {
                throw nodes.problem(
                        name,
                        "'" + alias + "' cannot be an alias",
                        "use a word without a colon, such as sonnet, and not 'inherit'");
            }
            models.put(alias.strip().toLowerCase(Locale.ROOT), model(name, "models." + alias));
        });
        return models;
    }

    private Map<String, Sourced<String>> labels(Node node) {
        var labels = new TreeMap<String, Sourced<String>>();
        nodes.mapping(node, "labels", List.of())
                .forEach((label, agent) -> labels.put(
                        label.strip(),
                        new Sourced<>(nodes.text(agent, "labels." + label).strip(), nodes.source(agent))));
        return labels;
    }

    private List<Sourced<Path>> agents(Node node) {
        var folders = new ArrayList<Sourced<Path>>();
        for (Node item : nodes.items(node, "agents")) {
            folders.add(nodes.folder(item, "agents", file.getParent(), caller));
        }
        return folders;
    }

    /** A model's name; the path of a script is relative to this file. */
    private Sourced<String> model(Node node, String what) {
        String name = nodes.text(node, what);
        String script = "script:";
        String full = name.startsWith(script)
                ? script + file.resolveSibling(name.substring(script.length()).strip())
                : name;
        return new Sourced<>(full, nodes.source(node));
    }
}
