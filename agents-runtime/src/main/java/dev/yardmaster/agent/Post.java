package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.model.NoModelException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where an agent stands among the others.
 *
 * @param runtime where they all come from
 * @param depth how many agents it works for, one above the other; 0 for a node of a graph
 */
record Post(AgentRuntime runtime, int depth) {

    private static final int DESCRIBED = 30;
    private static final int LONGEST = 160;

    /** Those that an agent may hand subtasks to: not itself. */
    List<AgentDefinition> colleagues(Agent agent) {
        if (agent.tools().find(Granted.HAND_OFF).isEmpty()) {
            return List.of();
        }
        return runtime.catalog().all().stream()
                .filter(other -> !other.name().equals(agent.name()))
                .filter(other -> agent.granted()
                        .colleagues()
                        .map(named -> named.contains(other.name()))
                        .orElse(true))
                .toList();
    }

    /** Who they are, for the agent: very many by name alone. */
    String roster(Agent agent) {
        List<AgentDefinition> all = colleagues(agent);
        if (all.isEmpty()) {
            return "";
        }
        String described = all.stream().limit(DESCRIBED).map(Post::described).collect(Collectors.joining("\n"));
        String others = all.stream().skip(DESCRIBED).map(AgentDefinition::name).collect(Collectors.joining(", "));
        return described + (others.isEmpty() ? "" : "\nOthers, by name: " + others);
    }

    private static String described(AgentDefinition agent) {
        return "- " + agent.inOneLine(LONGEST);
    }

    /**
     * A colleague who works for an agent.
     *
     * @param model another model than its own; empty for that
     * @param without tools that it does not have for that
     * @throws UnknownAgentException when there is none of this name
     * @throws NoModelException when there is no model for it
     * @throws NoToolsException when none of the tools that its file names is there
     */
    Agent called(Agent by, String name, String model, List<String> without) {
        AgentDefinition colleague = runtime.catalog().get(name);
        return runtime.workingFor(by, without.isEmpty() ? colleague : colleague.withoutTools(without), model);
    }
}
