package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.permission.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the permissions, hooks and sandbox of a {@code settings.json} as agent files' other users keep it. What means nothing here is noted
 * and passed over, as long as it only allows; a rule that restricts and cannot be read is a problem.
 */
final class ClaudeSettingsFile {

    private static final String ADDED = "additionalDirectories";
    private static final String NO_BYPASS = "disableBypassPermissionsMode";
    private static final String INSIDE_ONLY = "blockWritesOutsideWorkingDirectories";
    /** There is no such mode here. */
    private static final String NO_AUTO = "disableAutoMode";

    private final SettingsFiles.Found found;
    private final Path file;
    private final Caller caller;
    private final Consumer<UsageException> problems;
    private final SettingsNodes nodes;
    private final List<String> notes = new ArrayList<>();

    private final List<Rule> rules = new ArrayList<>();
    private final List<Sourced<Path>> folders = new ArrayList<>();
    private Optional<Sourced<dev.yardmaster.permission.Mode>> mode = Optional.empty();
    private Optional<String> bypassOff = Optional.empty();
    private HookSettings hooks = HookSettings.none();
    private Optional<String> hooksOff = Optional.empty();

    /** @param problems is told of each thing that cannot be used; what it does not throw is left out */
    ClaudeSettingsFile(SettingsFiles.Found found, Caller caller, Consumer<UsageException> problems) {
        this.found = found;
        this.file = found.file();
        this.caller = caller;
        this.problems = problems;
        this.nodes = new SettingsNodes(file, problems);
    }

    /** What can be used of it. */
    Settings read() {
        return nodes.attempt(Settings.none(), this::all);
    }

    private Settings all() {
        Optional<Node> root = JsonNodes.of(YamlText.of(file));
        if (root.isEmpty()) {
            return Settings.none();
        }
        var unused = new TreeSet<String>();
        var sandbox = new SandboxNodes(found, caller, nodes);
        nodes.mapping(root.get(), "the file", List.of()).forEach((key, value) -> {
            if (key.equals("permissions")) {
                nodes.attempt(false, () -> permissions(value));
            } else if (key.equals("sandbox")) {
                nodes.attempt(false, () -> sandbox.read(value));
            } else if (key.equals("hooks")) {
                hooks = HookSettings.read(value, nodes.source(value), found.project(), problems, notes::add);
            } else if (key.equals("disableAllHooks")) {
                hooksOff = nodes.text(value, key).equals("true") ? Optional.of(nodes.source(value)) : Optional.empty();
            } else if (!key.startsWith("$")) {
                unused.add(key);
            }
        });
        if (!unused.isEmpty()) {
            notes.add(
                    file + ": only its permissions, hooks and sandbox are used here, not " + String.join(", ", unused));
        }
        sandbox.note().ifPresent(notes::add);
        rules.addAll(sandbox.rules());
        return Settings.none()
                .with(nodes.attempt(CommandSettings.none(), sandbox::commands))
                .with(new Permissions(mode, rules, folders, bypassOff))
                .with(hooksOff.isPresent() ? hooks.none(hooksOff) : hooks)
                .withNotes(notes);
    }

    private boolean permissions(Node node) {
        for (Map.Entry<String, Node> each :
                nodes.mapping(node, "permissions", List.of()).entrySet()) {
            nodes.attempt(false, () -> permission(each.getKey(), each.getValue()));
        }
        return true;
    }

    private boolean permission(String key, Node value) {
        switch (key) {
            case "allow", "ask", "deny" ->
                nodes.items(value, "permissions." + key)
                        .forEach(item -> nodes.attempt(Optional.<Rule>empty(), () -> rule(key, item))
                                .ifPresent(rules::add));
            case "defaultMode" -> mode = Optional.of(Modes.get(nodes.text(value, key), nodes.source(value)));
            case ADDED ->
                nodes.items(value, "permissions." + key)
                        .forEach(item -> folder(item).ifPresent(folders::add));
            case NO_BYPASS ->
                bypassOff =
                        nodes.text(value, key).equals("disable") ? Optional.of(nodes.source(value)) : Optional.empty();
            case INSIDE_ONLY -> {
                if (nodes.text(value, key).equals("true")) {
                    rules.add(Rule.denyEditsOutside(INSIDE_ONLY, nodes.source(value)));
                }
            }
            case NO_AUTO -> {}
            default -> notes.add(nodes.source(value) + ": the permission setting '" + key + "' is not known here");
        }
        return true;
    }

    private Optional<Sourced<Path>> folder(Node item) {
        Path base = found.project().orElse(caller.home());
        try {
            return Optional.of(nodes.folder(item, "permissions." + ADDED, base, caller));
        } catch (UsageException e) {
            notes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Rule> rule(String kind, Node item) {
        String text = nodes.text(item, "permissions." + kind);
        try {
            Rule rule = SettingsNodes.LISTS.get(kind).apply(text, nodes.source(item));
            return Optional.of(found.project().map(rule::from).orElse(rule));
        } catch (InvalidRuleException e) {
            if (kind.equals("allow") || meansNothingHere(text)) {
                notes.add("does not count: " + e.getMessage());
                return Optional.empty();
            }
            throw new UsageException(e.getMessage());
        }
    }

    /** A specifier for a tool that takes none: the rules of files and commands are those of Read, Edit and Bash. */
    private static boolean meansNothingHere(String rule) {
        return rule.strip().matches("(?s)(?!(?i:Read|Edit|Bash)\\()[A-Za-z_][A-Za-z0-9_-]*\\(.*\\S.*\\)");
    }
}
