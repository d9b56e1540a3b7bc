package dev.yardmaster.definition;

import dev.yardmaster.definition.FieldValue.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The lines that the tolerant reader gives to one key, and what they say. */
final class KeyedLines {

    private static final Pattern BLOCK_INDICATOR = Pattern.compile("[|>][+-]?[1-9]?[+-]?(?:[ \\t]+#.*)?");

    private final KeyLine first;
    private final FilePosition at;
    private final List<String> lines = new ArrayList<>();

    KeyedLines(KeyLine first, String line, FilePosition at) {
        this.first = first;
        this.at = at;
        lines.add(line);
    }

    void add(String line) {
        lines.add(line);
    }

    String key() {
        return first.key();
    }

    FilePosition at() {
        return at;
    }

    /** As they stand in the file, the key's own line first. */
    List<String> lines() {
        return Collections.unmodifiableList(lines);
    }

    String text() {
        return String.join("\n", lines);
    }

    boolean isDescription() {
        return key().equals(AgentKeys.DESCRIPTION);
    }

    /** As YAML where it is YAML, as text where it may be text, else with an error among the findings. */
    FieldValue value(Findings findings) {
        String problem;
        try {
            Map<String, Field> alone = StrictYaml.read(text(), at);
            Field field = alone.get(key());
            if (alone.size() == 1 && field != null && (field.value() instanceof Scalar || !isDescription())) {
                return field.value();
            }
            problem = "more than one value";
        } catch (YamlRefusal refusal) {
            problem = String.valueOf(refusal.getMessage());
        }
        if (isDescription()) {
            return new Scalar(description(), false, at);
        }
        if (first.isRead() && lines.stream().skip(1).anyMatch(line -> !line.isBlank())) {
            findings.error(
                    at,
                    AgentDefinitionReader.unreadable(key()),
                    "the value of " + Quoted.of(key()) + " runs over several lines and is not YAML: " + problem,
                    "write it on one line, and close the front matter with '---' before the prompt");
        }
        return new Scalar(first.isRead() ? first.rest().strip() : rest(), false, at);
    }

    private String description() {
        String text = rest().strip();
        String firstLine = text.lines().findFirst().orElse("");
        if (BLOCK_INDICATOR.matcher(firstLine.strip()).matches()) {
            return text.substring(firstLine.length()).stripIndent().strip();
        }
        char quote = text.isEmpty() ? ' ' : text.charAt(0);
        if (text.length() >= 2 && (quote == '"' || quote == '\'') && text.charAt(text.length() - 1) == quote) {
            String inner = text.substring(1, text.length() - 1);
            return quote == '"' ? inner.replace("\\\"", "\"") : inner.replace("''", "'");
        }
        return text;
    }

    private String rest() {
        List<String> rest = new ArrayList<>(lines);
        rest.set(0, first.rest().strip());
        return String.join("\n", rest);
    }
}
