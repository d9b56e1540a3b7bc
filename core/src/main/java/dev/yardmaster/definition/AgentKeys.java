package dev.yardmaster.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys of an agent file: those that are read, those that others read, and those that look like one. */
final class AgentKeys {

    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String TOOLS = "tools";
    static final String DISALLOWED_TOOLS = "disallowedTools";
    static final String MODEL = "model";
    static final String PERMISSION_MODE = "permissionMode";
    static final String MAX_TURNS = "maxTurns";
    static final String COLOR = "color";

    static final List<String> READ =
            List.of(NAME, DESCRIPTION, TOOLS, DISALLOWED_TOOLS, MODEL, PERMISSION_MODE, MAX_TURNS, COLOR);

    /** Keys that take something away: losing one of them would give the agent more than its author wanted. */
    static final Set<String> LIMITS = Set.of(TOOLS, DISALLOWED_TOOLS, PERMISSION_MODE);

    static final String HOOKS = "hooks";
    static final String SKILLS = "skills";
    static final String MEMORY = "memory";
    static final String ISOLATION = "isolation";

    /** Keys that are kept as they are, and mean something to whoever has the agent work. */
    static final Set<String> KEPT = Set.of(HOOKS, SKILLS, MEMORY, ISOLATION);

    /** Keys of the format that have no effect here. */
    static final Set<String> UNUSED = Set.of("mcpServers", "background", "effort", "initialPrompt");

    /** Keys that look like {@code tools} and, in the settings and commands they come from, limit nothing. */
    static final Set<String> LOOKALIKES = Set.of("allowedTools", "allowed-tools", "allowed_tools", "tool");

    private AgentKeys() {}

    /**
     * The key that was meant by another spelling: {@code Tools}, {@code disallowed-tools}. Not for name and description,
     * which also decide whether a file is an agent.
     */
    static Optional<String> meant(String key) {
        if (key.length() > 40) {
            return Optional.empty();
        }
        String bare = bare(key);
        return READ.stream()
                .filter(known -> !known.equals(NAME) && !known.equals(DESCRIPTION))
                .filter(known -> bare(known).equals(bare))
                .findFirst();
    }

    private static String bare(String key) {
        StringBuilder letters = new StringBuilder();
        key.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString().toLowerCase(Locale.ROOT);
    }
}
