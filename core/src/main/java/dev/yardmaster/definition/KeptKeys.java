package dev.yardmaster.definition;

import dev.yardmaster.definition.FieldValue.Items;
import dev.yardmaster.definition.FieldValue.Pairs;
import dev.yardmaster.definition.FieldValue.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys that are kept as they are written: what they may be, and what they mean to whoever has the agent work. */
final class KeptKeys {

    private static final List<String> SCOPES = List.of("user", "project", "local");

    private KeptKeys() {}

    static void check(Map<String, Field> fields, Findings findings) {
        Field hooks = fields.get(AgentKeys.HOOKS);
        if (hooks != null && !(hooks.value() instanceof Pairs)) {
            findings.warning(
                    hooks.at(),
                    "hooks-unreadable",
                    "'hooks' is no mapping of events, so the agent is not held back by any",
                    "write it as settings files have it: PreToolUse: [{matcher: Bash, hooks: [{type: command, command: …}]}]");
        } else if (hooks != null) {
            findings.hint(
                    hooks.at(),
                    "hooks-need-trust",
                    "its hooks are commands, and run once the file is trusted",
                    "nothing needs doing; on a terminal you are asked, elsewhere --trust says yes");
        }
        Field memory = fields.get(AgentKeys.MEMORY);
        if (memory != null && scope(memory.value().plain()).isEmpty()) {
            findings.warning(
                    memory.at(),
                    "memory-unknown",
                    "'memory' is none of " + String.join(", ", SCOPES) + "; the agent has none",
                    "use one of them, or remove the key");
        }
        Field isolation = fields.get(AgentKeys.ISOLATION);
        if (isolation != null && !isWorktree(isolation.value().plain())) {
            findings.warning(
                    isolation.at(),
                    "isolation-unknown",
                    "'isolation' is not worktree, and nothing else is to be had; the agent works where all do",
                    "use worktree, or remove the key");
        }
        Field skills = fields.get(AgentKeys.SKILLS);
        boolean readable = skills == null
                || skills.value() instanceof Scalar
                || skills.value() instanceof Items items
                        && items.values().stream().allMatch(Scalar.class::isInstance);
        if (!readable) {
            findings.warning(
                    skills.at(),
                    "value-ignored",
                    "the value of 'skills' is no list of names",
                    "correct it, or remove the key; it is read as if it were not there");
        }
    }

    static Optional<String> scope(Object plain) {
        return Optional.of(plain)
                .filter(String.class::isInstance)
                .map(text -> ((String) text).strip().toLowerCase(Locale.ROOT))
                .filter(SCOPES::contains);
    }

    static boolean isWorktree(Object plain) {
        return plain instanceof String text && text.strip().equalsIgnoreCase("worktree");
    }

    static List<String> names(Object plain) {
        if (plain instanceof List<?> none && none.isEmpty()) {
            return List.of();
        }
        List<?> written = plain instanceof String text
                ? Arrays.asList(text.split(","))
                : plain instanceof List<?> all && all.stream().allMatch(String.class::isInstance) ? all : List.of();
        return written.stream()
                .map(each -> String.valueOf(each).strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
