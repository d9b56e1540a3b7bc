package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.ToolSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The tools that an agent has here: never more than its file names.
 *
 * @param tools what it may call
 * @param missing what its file names that is not there
 * @param colleagues the only agents it may hand subtasks to; empty when its file names none, so that all are
 */
record Granted(ToolSet tools, List<String> missing, Optional<List<String>> colleagues) {

    static final String HAND_OFF = "Agent";

    /** How deep agents may work for agents; as the format has it. */
    static final int DEEPEST = 3;

    /** What only an agent that works for nobody else may do. */
    private static final List<String> OF_THE_FIRST = List.of("AskUserQuestion");

    /**
     * @param depth how many agents it works for, one above the other
     * @throws NoToolsException when the file names tools and none of them is there
     */
    static Granted of(AgentDefinition definition, ToolSet available, int depth) {
        ToolSet allowed = available
                .without(definition.disallowedTools().stream()
                        .flatMap(entry -> denied(entry, available).stream())
                        .toList())
                .without(depth == 0 ? List.of() : OF_THE_FIRST)
                .without(depth < DEEPEST ? List.of() : List.of(HAND_OFF));
        if (definition.tools().isEmpty()) {
            return new Granted(allowed, List.of(), Optional.empty());
        }
        List<String> named = definition.tools().get();
        List<String> missing = named.stream()
                .filter(entry -> NamedTools.of(entry, available).isEmpty())
                .toList();
        if (!named.isEmpty() && missing.size() == named.size()) {
            throw new NoToolsException(definition.name(), definition.source(), named, available.names());
        }
        List<String> meant = named.stream()
                .flatMap(entry -> NamedTools.of(entry, available).stream())
                .toList();
        return new Granted(allowed.only(meant), missing, colleagues(named));
    }

    /** What is denied with a specifier is denied as a whole: a part of a tool cannot be taken away here. */
    private static List<String> denied(String entry, ToolSet available) {
        List<String> meant = NamedTools.of(entry, available);
        int open = entry.indexOf('(');
        return meant.isEmpty() && open > 0 ? NamedTools.of(entry.substring(0, open), available) : meant;
    }

    /** The same with tools that the agent needs for its memory, unless its file forbids them. */
    Granted with(List<String> more, AgentDefinition definition, ToolSet available) {
        List<String> all = java.util.stream.Stream.concat(tools.names().stream(), more.stream())
                .toList();
        ToolSet wanted = available
                .only(all)
                .without(definition.disallowedTools().stream()
                        .flatMap(entry -> denied(entry, available).stream())
                        .toList());
        return new Granted(wanted, missing, colleagues);
    }

    private static Optional<List<String>> colleagues(List<String> entries) {
        return entries.stream()
                .map(NamedTools.NAMED_AGENTS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Arrays.stream(matcher.group(2).split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .findFirst();
    }

    /** The tools that no rule takes away as a whole. */
    ToolSet seenUnder(Policy policy) {
        return ToolSet.of(tools.tools().stream()
                .filter(tool -> policy.takesAway(tool).isEmpty())
                .toList());
    }

    /** The others, each with the rule, for people: {@code Bash (deny Bash, FILE)}. */
    List<String> takenAwayBy(Policy policy) {
        return tools.tools().stream()
                .flatMap(
                        tool -> policy
                                .takesAway(tool)
                                .map(by -> tool.name() + " (deny " + by.rule() + ", " + by.source() + ")")
                                .stream())
                .toList();
    }
}
