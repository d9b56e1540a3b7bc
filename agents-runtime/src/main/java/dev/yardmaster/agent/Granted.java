package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.ToolSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** {@code Agent(reviewer, tester)}, or by its old name. */
    private static final Pattern NAMED_AGENTS = Pattern.compile("(?i)\\s*(Agent|Task)\\s*\\((.*)\\)\\s*");

    /**
     * @param depth how many agents it works for, one above the other
     * @throws NoToolsException when the file names tools and none of them is there
     */
    static Granted of(AgentDefinition definition, ToolSet available, int depth) {
        ToolSet allowed = available
                .without(definition.disallowedTools())
                .without(depth == 0 ? List.of() : OF_THE_FIRST)
                .without(depth < DEEPEST ? List.of() : List.of(HAND_OFF));
        if (definition.tools().isEmpty()) {
            return new Granted(allowed, List.of(), Optional.empty());
        }
        List<String> named =
                definition.tools().get().stream().map(Granted::plain).toList();
        List<String> missing =
                named.stream().filter(name -> available.find(name).isEmpty()).toList();
        if (!named.isEmpty() && missing.size() == named.size()) {
            throw new NoToolsException(definition.name(), definition.source(), named, available.names());
        }
        return new Granted(
                allowed.only(named), missing, colleagues(definition.tools().get()));
    }

    /** A tool's name without the agents behind it. */
    private static String plain(String entry) {
        return NAMED_AGENTS.matcher(entry).matches() ? HAND_OFF : entry;
    }

    private static Optional<List<String>> colleagues(List<String> entries) {
        return entries.stream()
                .map(NAMED_AGENTS::matcher)
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
