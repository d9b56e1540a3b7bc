package dev.yardmaster.definition;

import dev.yardmaster.event.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settles which keys are meant and tells of those that have no effect, once a file. */
final class KeySpelling {

    private static final int MOST_LISTED = 8;

    private KeySpelling() {}

    /** The same fields, those under another spelling of a key that is read under that key. */
    static Map<String, Field> settle(Map<String, Field> fields, Findings findings) {
        Map<String, Field> settled = new LinkedHashMap<>();
        fields.forEach((key, field) -> {
            Optional<String> meant = AgentKeys.READ.contains(key) ? Optional.empty() : AgentKeys.meant(key);
            if (meant.isPresent() && !fields.containsKey(meant.get()) && !settled.containsKey(meant.get())) {
                findings.warning(
                        field.at(),
                        "key-spelling",
                        Quoted.of(key) + " is read as " + Quoted.of(meant.get()),
                        "write it so; other readers of such files may ignore it");
                settled.put(meant.get(), new Field(meant.get(), field.value(), field.at()));
            } else {
                settled.put(key, field);
            }
        });
        report(settled, findings);
        return settled;
    }

    private static void report(Map<String, Field> fields, Findings findings) {
        List<Field> strange = fields.values().stream()
                .filter(field -> !AgentKeys.READ.contains(field.key()) && !AgentKeys.KEPT.contains(field.key()))
                .toList();
        for (Field field : strange) {
            if (AgentKeys.LOOKALIKES.contains(field.key())) {
                findings.warning(
                        field.at(),
                        "key-lookalike",
                        Quoted.of(field.key()) + " limits nothing in an agent file",
                        fields.containsKey(AgentKeys.TOOLS)
                                ? "remove it; 'tools' counts"
                                : "write 'tools' if these are all the tools that it may use; now it inherits all");
            }
        }
        list(strange.stream()
                        .filter(field -> AgentKeys.UNUSED.contains(field.key()))
                        .toList())
                .ifPresent(keys -> findings.hint(
                        first(strange, true),
                        "keys-unused",
                        "part of the format, but without effect here: " + keys,
                        "nothing needs doing; they are kept"));
        list(strange.stream()
                        .filter(field -> !AgentKeys.UNUSED.contains(field.key()))
                        .toList())
                .ifPresent(keys -> findings.hint(
                        first(strange, false),
                        "keys-unknown",
                        "no keys of an agent file: " + keys,
                        meant(strange, fields)
                                + "check their spelling, or leave them; they are kept and mean nothing"));
    }

    /** Keys that are not there, where one that means nothing is nearly spelt like them. */
    private static String meant(List<Field> strange, Map<String, Field> fields) {
        List<String> missing = AgentKeys.READ.stream()
                .filter(key -> !fields.containsKey(key))
                .sorted()
                .toList();
        return strange.stream()
                .filter(field -> !AgentKeys.UNUSED.contains(field.key()))
                .flatMap(field -> DidYouMean.find(field.key(), missing).stream()
                        .map(key ->
                                "did you mean " + Quoted.of(key) + " by " + Quoted.of(field.key()) + "? Otherwise "))
                .findFirst()
                .orElse("");
    }

    private static FilePosition first(List<Field> fields, boolean unused) {
        return fields.stream()
                .filter(field -> AgentKeys.UNUSED.contains(field.key()) == unused)
                .findFirst()
                .orElseThrow()
                .at();
    }

    private static Optional<String> list(List<Field> fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown = fields.stream()
                .limit(MOST_LISTED)
                .map(field -> Quoted.of(field.key()))
                .toList();
        int more = fields.size() - shown.size();
        return Optional.of(String.join(", ", shown) + (more > 0 ? " and " + more + " more" : ""));
    }
}
