package dev.yardmaster.definition;

import dev.yardmaster.definition.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each name to the first agent that has it, and tells the others. */
final class FirstFound {

    private final Map<String, AgentDefinition> agents = new HashMap<>();
    private final List<Reading> files = new ArrayList<>();

    /**
     * @param readings of one folder tree, by path
     * @param shadowing how much it matters that one of them is not used because a nearer folder has its name
     */
    void add(List<Reading> readings, Severity shadowing) {
        Map<String, AgentDefinition> here = new HashMap<>();
        for (Reading reading : readings) {
            files.add(reading.definition()
                    .map(definition -> settled(reading, definition, here, shadowing))
                    .orElse(reading));
        }
        here.forEach(agents::putIfAbsent);
    }

    Map<String, AgentDefinition> agents() {
        return agents;
    }

    List<Reading> files() {
        return files;
    }

    private Reading settled(
            Reading reading, AgentDefinition definition, Map<String, AgentDefinition> here, Severity shadowing) {
        AgentDefinition first = here.putIfAbsent(definition.name(), definition);
        if (first != null) {
            Reading refused = new Reading.Refused(reading.file(), reading.diagnostics());
            return refused.with(diagnostic(
                    reading,
                    Severity.ERROR,
                    "name-duplicate",
                    "the name " + Quoted.of(definition.name()) + " is taken by " + Quoted.path(first.source())
                            + " in the same folder, which is used; this file is not",
                    "rename one of the two agents, or remove one of the files"));
        }
        AgentDefinition nearer = agents.get(definition.name());
        return nearer == null
                ? reading
                : reading.with(diagnostic(
                        reading,
                        shadowing,
                        "name-shadowed",
                        "the agent " + Quoted.of(definition.name()) + " of " + Quoted.path(nearer.source())
                                + " comes first and is used instead",
                        "nothing needs doing if that is meant; else rename one of the two"));
    }

    private static Diagnostic diagnostic(
            Reading reading, Severity severity, String code, String message, String remedy) {
        return new Diagnostic(reading.file(), 1, 1, severity, code, message, remedy);
    }
}
