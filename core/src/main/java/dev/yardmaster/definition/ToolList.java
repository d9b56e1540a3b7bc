package dev.yardmaster.definition;

import dev.yardmaster.definition.FieldValue.Items;
import dev.yardmaster.definition.FieldValue.Pairs;
import dev.yardmaster.definition.FieldValue.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the value of {@code tools} or {@code disallowedTools}: names between commas, or a list of names. What cannot be
 * understood is refused; it never becomes a longer or a shorter list, nor none.
 */
final class ToolList {

    /** A tool's name and where it stands. */
    record Entry(String name, FilePosition at) {}

    private static final int MOST = 500;
    private static final int LONGEST = 300;
    /** What only YAML can mean by its first character; a lone {@code *} is a name. */
    private static final String BROKEN_YAML = "[{!&|>%@`";

    private static final char NO_BREAK_SPACE = '\u00a0';

    private ToolList() {}

    static List<Entry> read(FieldValue value) throws YamlRefusal {
        List<Entry> entries = switch (value) {
            case Scalar scalar -> split(scalar);
            case Items items -> items(items);
            case Pairs pairs -> throw new YamlRefusal(pairs.at(), "it is a mapping and not a list of tool names");
        };
        if (entries.size() > MOST) {
            throw new YamlRefusal(value.at(), "it names more than " + MOST + " tools");
        }
        return entries;
    }

    private static List<Entry> items(Items items) throws YamlRefusal {
        List<Entry> entries = new ArrayList<>();
        for (FieldValue item : items.values()) {
            if (!(item instanceof Scalar scalar)) {
                throw new YamlRefusal(item.at(), "an entry of it is not the name of a tool");
            }
            String name = scalar.text().strip();
            if (!name.isEmpty()) {
                entries.add(checked(name, item.at()));
            }
        }
        return entries;
    }

    /** At commas, but not at those in parentheses: {@code Agent(a, b), Bash(git:*)}. */
    private static List<Entry> split(Scalar scalar) throws YamlRefusal {
        String text = scalar.text().replace(NO_BREAK_SPACE, ' ').strip();
        if (!text.isEmpty() && BROKEN_YAML.indexOf(text.charAt(0)) >= 0) {
            throw new YamlRefusal(scalar.at(), "what " + Quoted.of(text.substring(0, 1)) + " starts is broken");
        }
        List<Entry> entries = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char character = i == text.length() ? ',' : text.charAt(i);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            }
            if (depth < 0 || i == text.length() && depth > 0) {
                throw new YamlRefusal(scalar.at(), "its parentheses do not match");
            }
            if (character == ',' && depth == 0) {
                String name = unquoted(text.substring(from, i).strip());
                if (!name.isEmpty()) {
                    entries.add(checked(name, scalar.at()));
                }
                from = i + 1;
            }
        }
        return entries;
    }

    private static Entry checked(String name, FilePosition at) throws YamlRefusal {
        if (name.length() > LONGEST) {
            throw new YamlRefusal(at, "an entry of it has more than " + LONGEST + " characters");
        }
        if (name.indexOf('"') >= 0) {
            throw new YamlRefusal(at, "a quote in " + Quoted.of(name) + " has no partner");
        }
        if (name.codePoints().anyMatch(Quoted::isInvisible)) {
            throw new YamlRefusal(at, Quoted.of(name) + " holds a line break or an invisible character");
        }
        return new Entry(name, at);
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() >= 2
                && (name.charAt(0) == '"' || name.charAt(0) == '\'')
                && name.charAt(name.length() - 1) == name.charAt(0);
        return quoted ? name.substring(1, name.length() - 1).strip() : name;
    }
}
