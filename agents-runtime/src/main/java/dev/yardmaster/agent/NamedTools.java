package dev.yardmaster.agent;

import dev.yardmaster.permission.InvalidRuleException;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the entries of {@code tools} and {@code disallowedTools} mean: {@code Read}, {@code *} for all, {@code mcp__bank} and
 * {@code mcp__bank__*} for all of a server, {@code mcp__*} for all of all servers, {@code Agent(reviewer)}, and a tool held to
 * what a permission rule allows: {@code Bash(git:*)}, {@code Edit(src/**)}.
 */
final class NamedTools {

    /** {@code Agent(reviewer, tester)}, or by its old name. */
    static final Pattern NAMED_AGENTS = Pattern.compile("(?i)\\s*(Agent|Task)\\s*\\((.*)\\)\\s*");

    private static final Pattern SCOPED = Pattern.compile("(?s)\\s*([A-Za-z]+)\\s*\\((.*)\\)\\s*");
    /** Whose calls the rules of Read and Edit are about. */
    private static final List<String> EDITING = List.of("write", "multiedit", "notebookedit");

    private NamedTools() {}

    /** The names of the tools here that an entry means; none when it means nothing here. */
    static List<String> of(String entry, ToolSet available) {
        String name = entry.strip();
        if (name.equals("*")) {
            return available.names();
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("mcp__")) {
            return ofServer(name, available);
        }
        if (NAMED_AGENTS.matcher(name).matches()) {
            return one(Granted.HAND_OFF, available);
        }
        Matcher scoped = SCOPED.matcher(name);
        if (scoped.matches()) {
            return rule(name, "").isPresent() ? one(scoped.group(1), available) : List.of();
        }
        return one(name, available);
    }

    private static List<String> one(String name, ToolSet available) {
        return available.find(name).map(Tool::name).stream().toList();
    }

    private static List<String> ofServer(String name, ToolSet available) {
        String server = name.replaceFirst("(__)?\\*$", "").toLowerCase(Locale.ROOT);
        return available.names().stream()
                .filter(tool -> tool.equalsIgnoreCase(name)
                        || tool.toLowerCase(Locale.ROOT).startsWith(server.equals("mcp") ? "mcp__" : server + "__"))
                .toList();
    }

    /** The rule that an entry with a specifier holds its tool to; empty for other entries, and for what is none. */
    static Optional<Rule> rule(String entry, String source) {
        Matcher scoped = SCOPED.matcher(entry);
        if (!scoped.matches() || NAMED_AGENTS.matcher(entry).matches()) {
            return Optional.empty();
        }
        String tool = scoped.group(1).toLowerCase(Locale.ROOT);
        String kind = EDITING.contains(tool) ? "Edit" : scoped.group(1);
        try {
            return Optional.of(Rule.allow(kind + "(" + scoped.group(2) + ")", source));
        } catch (InvalidRuleException e) {
            return Optional.empty();
        }
    }
}
