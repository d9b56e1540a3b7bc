package dev.yardmaster.definition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Which lines stand inside an {@code <example>} that is closed on a later line: what looks like a key there is what
 * somebody says. An example that is never closed, or not before the next one, holds nothing back.
 */
final class ExampleLines {

    private record Tag(int line, boolean opens) {}

    private final BitSet inside = new BitSet();

    ExampleLines(List<String> lines) {
        List<Tag> tags = tags(lines);
        for (int i = 0; i + 1 < tags.size(); i++) {
            if (tags.get(i).opens() && !tags.get(i + 1).opens()) {
                inside.set(
                        tags.get(i).line() + 1,
                        Math.max(tags.get(i).line() + 1, tags.get(i + 1).line() + 1));
            }
        }
    }

    boolean contains(int line) {
        return inside.get(line);
    }

    private static List<Tag> tags(List<String> lines) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).toLowerCase(Locale.ROOT);
            for (int at = line.indexOf('<'); at >= 0; at = line.indexOf('<', at + 1)) {
                if (line.startsWith("<example>", at)) {
                    tags.add(new Tag(i, true));
                } else if (line.startsWith("</example>", at)) {
                    tags.add(new Tag(i, false));
                }
            }
        }
        return tags;
    }
}
