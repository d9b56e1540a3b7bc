package dev.yardmaster.definition;

import dev.yardmaster.definition.FieldValue.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads front matter that YAML refuses. A word and a colon in column 1 starts a key, unless it is a word that examples
 * use, or the key was there before, or it is capitalised and the description is being read, or it stands inside a closed
 * {@code <example>}; every other line belongs to the key before it. Each value is then tried as YAML on its own; the
 * description may be any text, other known keys only what fits on their line.
 *
 * <p>Half of the wild files with examples in their description need this: {@code Context: … user: "…"} is not YAML.
 */
final class TolerantReader {

    private final List<String> lines;
    private final FilePosition start;
    private final ExampleLines examples;
    private final Findings findings;
    private final Map<String, KeyedLines> keyed = new LinkedHashMap<>();
    private final List<KeyedLines> repeated = new ArrayList<>();

    /** @param start where the first line stands; its column is that of every line */
    TolerantReader(List<String> lines, FilePosition start, Findings findings) {
        this.lines = lines;
        this.start = start;
        this.findings = findings;
        examples = new ExampleLines(lines);
    }

    Map<String, Field> read() {
        split();
        Map<String, Field> fields = new LinkedHashMap<>();
        keyed.forEach((key, value) -> fields.put(key, new Field(key, value.value(findings), value.at())));
        reportRepeated();
        reportLostLimits(fields);
        return fields;
    }

    private void split() {
        KeyedLines current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            KeyLine key = examples.contains(i) ? null : KeyLine.of(line).orElse(null);
            if (key != null && starts(key, current)) {
                current = new KeyedLines(key, line, new FilePosition(start.line() + i, start.column()));
                if (keyed.putIfAbsent(key.key(), current) != null) {
                    repeated.add(current);
                }
            } else if (current != null) {
                current.add(line);
            }
        }
    }

    private boolean starts(KeyLine line, @org.jspecify.annotations.Nullable KeyedLines current) {
        boolean inDescription = current != null && current.isDescription();
        if (keyed.containsKey(line.key())) {
            return AgentKeys.LIMITS.contains(line.key()) || line.isRead() && !inDescription;
        }
        return !(inDescription && line.isCapitalised());
    }

    private void reportRepeated() {
        for (KeyedLines again : repeated) {
            KeyedLines first = keyed.get(again.key());
            boolean same = first.text().strip().equals(again.text().strip());
            String message = "the key " + Quoted.of(again.key()) + " is there twice, first in line "
                    + first.at().line();
            if (!same && AgentKeys.LIMITS.contains(again.key())) {
                findings.error(again.at(), "key-duplicate", message + ", with another value", "keep one of the two");
            } else {
                findings.warning(again.at(), "key-duplicate", message, "keep one of the two; the first counts");
            }
        }
    }

    /** A limit that became part of some other text must not turn into "no limit". */
    private void reportLostLimits(Map<String, Field> fields) {
        for (KeyedLines value : keyed.values()) {
            boolean certain = fields.get(value.key()).value() instanceof Scalar scalar
                    ? scalar.written()
                    : !AgentKeys.READ.contains(value.key());
            for (int i = 1; i < value.lines().size() && !certain; i++) {
                int line = value.at().line() + i;
                KeyLine.lostLimit(value.lines().get(i))
                        .filter(key -> !fields.containsKey(key))
                        .ifPresent(key -> findings.error(
                                FilePosition.line(line),
                                AgentDefinitionReader.unreadable(key),
                                "this line seems to set " + Quoted.of(key) + ", and yet it is part of "
                                        + Quoted.of(value.key()),
                                "start the key in column 1, with a colon and a blank after it"));
            }
        }
    }
}
