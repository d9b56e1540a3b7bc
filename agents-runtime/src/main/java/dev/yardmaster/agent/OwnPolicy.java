package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.knowledge.Knowledge;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The policy of one agent: the runtime's, made narrower by what its file says. */
record OwnPolicy(AgentDefinition definition, ToolSet available, Workspace workspace, Knowledge knowledge) {

    /** What an agent needs that has a memory; where its file does not name them, for nothing else. */
    static final List<String> FOR_MEMORY = List.of("Read", "Write", "Edit");

    /** @param around the runtime's */
    Policy within(Policy around) {
        Optional<Path> memory = memory();
        Policy policy = inItsMode(around);
        for (Map.Entry<String, List<Rule>> held : heldTo().entrySet()) {
            policy = Policy.of(Mode.DONT_ASK, definition.source())
                    .with(held.getValue().toArray(Rule[]::new))
                    .within(policy, held.getKey());
        }
        if (memory.isEmpty()) {
            return policy;
        }
        Set<String> named = named();
        for (String tool : FOR_MEMORY) {
            if (!named.contains(tool)) {
                policy = Policy.of(Mode.DONT_ASK, definition.source() + ", memory")
                        .within(policy, tool);
            }
        }
        return policy.owning(memory.get(), knowledge.memory().orElseThrow().unasked());
    }

    /** A file's mode counts where it is stricter; a wider one is the user's to give, not the file's. */
    private Policy inItsMode(Policy around) {
        return definition
                .permissionMode()
                .flatMap(Mode::find)
                .filter(mode -> mode == Mode.PLAN || mode == Mode.DONT_ASK)
                .map(mode -> Policy.of(mode, definition.source()).within(around))
                .orElse(around);
    }

    /** Where it keeps what it remembers. */
    Optional<Path> memory() {
        return knowledge.memory().flatMap(each -> each.folder(definition, workspace.home()));
    }

    /** The tools that its file names. */
    private Set<String> named() {
        var named = new TreeSet<String>();
        definition
                .tools()
                .map(entries -> entries.stream()
                        .flatMap(entry -> NamedTools.of(entry, available).stream())
                        .toList())
                .orElse(available.names())
                .forEach(named::add);
        return named;
    }

    /** What the tools that its file names with a specifier, and not without one, may be called for. */
    private Map<String, List<Rule>> heldTo() {
        var held = new LinkedHashMap<String, List<Rule>>();
        var free = new TreeSet<String>();
        for (String entry : definition.tools().orElse(List.of())) {
            Optional<Rule> rule = NamedTools.rule(entry, definition.source());
            for (String tool : NamedTools.of(entry, available)) {
                if (rule.isPresent()) {
                    held.merge(tool, List.of(rule.get()), OwnPolicy::both);
                } else {
                    free.add(tool);
                }
            }
        }
        held.keySet().removeAll(free);
        return held;
    }

    private static List<Rule> both(List<Rule> some, List<Rule> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
