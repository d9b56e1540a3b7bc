package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.workspace.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code sandbox} of a {@code settings.json}: whether there is to be one, which files it opens and closes, which hosts
 * pages may be fetched from. What means nothing here is noted, all of it at once; what restricts and cannot be read is a problem.
 * The keys are those of Claude Code's settings reference.
 */
final class SandboxNodes {

    /** Switches that say what is so here anyway, where they say this. */
    private static final Map<String, String> ANYWAY = Map.of(
            "autoAllowBashIfSandboxed", "false",
            "allowLocalBinding", "true",
            "allowAllUnixSockets", "false",
            "enableWeakerNestedSandbox", "false",
            "enableWeakerNetworkIsolation", "false",
            "allowUnsandboxedCommands", "true");

    private final SettingsFiles.Found found;
    private final Caller caller;
    private final SettingsNodes nodes;

    private Optional<Node> enabled = Optional.empty();
    private boolean failing;
    private Optional<String> kept = Optional.empty();
    private final List<Sourced<Path>> writable = new ArrayList<>();
    private final List<Sourced<Path>> readOnly = new ArrayList<>();
    private final List<Sourced<Path>> hidden = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final TreeSet<String> unused = new TreeSet<>();

    SandboxNodes(SettingsFiles.Found found, Caller caller, SettingsNodes nodes) {
        this.found = found;
        this.caller = caller;
        this.nodes = nodes;
    }

    boolean read(Node node) {
        return each(node, "sandbox", this::setting);
    }

    /** How commands are kept in. */
    CommandSettings commands() {
        Optional<Sourced<Sandbox.Use>> use = enabled.map(node -> {
            Sandbox.Use wanted = failing ? Sandbox.Use.REQUIRED : Sandbox.Use.PREFERRED;
            return new Sourced<>(
                    nodes.text(node, "sandbox.enabled").equals("true") ? wanted : Sandbox.Use.OFF, nodes.source(node));
        });
        return new CommandSettings(use, false, writable, readOnly, hidden, kept, Map.of());
    }

    /** Which hosts pages may be fetched from, and which not. */
    List<Rule> rules() {
        return rules;
    }

    /** What means nothing here; empty where all of it does. */
    Optional<String> note() {
        return unused.isEmpty()
                ? Optional.empty()
                : Optional.of(found.file() + ": of its sandbox these settings have no effect here: "
                        + String.join(", ", unused));
    }

    private boolean each(Node node, String name, BiFunction<String, Node, Boolean> reading) {
        nodes.mapping(node, name, List.of())
                .forEach((key, value) -> nodes.attempt(false, () -> reading.apply(key, value)));
        return true;
    }

    private boolean setting(String key, Node value) {
        switch (key) {
            case "enabled" -> enabled = Optional.of(value);
            case "failIfUnavailable" -> failing = nodes.text(value, key).equals("true");
            case "filesystem" -> each(value, "sandbox.filesystem", this::file);
            case "network" -> each(value, "sandbox.network", this::network);
            default -> {
                if (key.equals("allowUnsandboxedCommands")
                        && nodes.text(value, key).equals("false")) {
                    kept = Optional.of(nodes.source(value));
                } else {
                    without(key, key, value);
                }
            }
        }
        return true;
    }

    private boolean file(String key, Node value) {
        switch (key) {
            case "allowWrite" -> {
                for (Node item : nodes.items(value, key)) {
                    Optional<Path> path = path(item, key);
                    path.ifPresentOrElse(
                            each -> writable.add(new Sourced<>(each, nodes.source(item))),
                            () -> unused.add("filesystem.allowWrite (patterns)"));
                }
            }
            case "denyWrite" -> closed(key, value, readOnly);
            case "denyRead" -> closed(key, value, hidden);
            default -> without("filesystem." + key, key, value);
        }
        return true;
    }

    private void closed(String key, Node value, List<Sourced<Path>> to) {
        for (Node item : nodes.items(value, key)) {
            Path path = path(item, key)
                    .orElseThrow(() -> nodes.problem(
                            item,
                            "'" + nodes.text(item, key) + "' of sandbox.filesystem." + key
                                    + " is a pattern, and a sandbox is made of files and folders",
                            "name them"));
            to.add(new Sourced<>(path, nodes.source(item)));
        }
    }

    /** A project's paths are relative to it, one's own to where the file is. Empty for patterns, but for a whole folder's. */
    private Optional<Path> path(Node item, String key) {
        String written = nodes.text(item, "sandbox.filesystem." + key)
                .replaceFirst("/\\*\\*$", "")
                .replaceFirst("^//+", "/");
        if (written.matches(".*[*?\\[].*") || written.isEmpty() || written.equals("/")) {
            return Optional.empty();
        }
        Path base = found.project().orElse(caller.home().resolve(".claude"));
        boolean atHome = written.equals("~") || written.startsWith("~/");
        return Optional.of((atHome ? caller.path(written) : base.resolve(written)).normalize());
    }

    private boolean network(String key, Node value) {
        switch (key) {
            case "allowedDomains" -> domains(value, key, Rule::allow);
            case "deniedDomains" -> domains(value, key, Rule::deny);
            default -> without("network." + key, key, value);
        }
        return true;
    }

    private void domains(Node value, String key, BiFunction<String, String, Rule> kind) {
        for (Node item : nodes.items(value, key)) {
            String rule = "WebFetch(domain:" + nodes.text(item, key) + ")";
            try {
                rules.add(kind.apply(rule, nodes.source(item)));
            } catch (InvalidRuleException e) {
                throw new UsageException(e.getMessage());
            }
        }
    }

    /** @param name as it is told */
    private void without(String name, String key, Node value) {
        String said = ANYWAY.getOrDefault(key, "");
        if (said.isEmpty() || !nodes.text(value, key).equals(said)) {
            unused.add(name);
        }
    }
}
