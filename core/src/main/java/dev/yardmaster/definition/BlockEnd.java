package dev.yardmaster.definition;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Finds the end of front matter that nobody closed: the first markdown heading after the name. Where a
 * later rule {@code ---} was taken for the closing, the lines before it tell: keys there mean that it is one.
 */
final class BlockEnd {

    static final Pattern HEADING = Pattern.compile("#{1,6}[ \\t]+\\S.*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(?:```|~~~).*");

    private BlockEnd() {}

    static OptionalInt heading(List<String> lines, boolean closed) {
        int lastKeys = closed ? keysBeforeClosing(lines) : -1;
        boolean named = false;
        int comments = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (named && i > lastKeys && i >= comments && HEADING.matcher(line).matches()) {
                comments = endOfComments(lines, i);
                if (comments == i) {
                    return OptionalInt.of(i);
                }
            }
            named |= KeyLine.of(line).map(KeyLine::key).orElse("").equals(AgentKeys.NAME);
        }
        return OptionalInt.empty();
    }

    /** A heading with a key right below it is a comment of YAML: what the key says must not be lost. */
    private static int endOfComments(List<String> lines, int heading) {
        int next = heading;
        while (next < lines.size() && lines.get(next).startsWith("#")) {
            next++;
        }
        boolean key = next < lines.size()
                && KeyLine.of(lines.get(next)).filter(KeyLine::isRead).isPresent();
        return key ? next : heading;
    }

    /**
     * The first line with {@code key}, from {@code lines} that are taken for text and not for front matter; code fences
     * are left out, and so is what follows a heading when {@code untilHeading}.
     */
    static OptionalInt keyInText(List<String> lines, String key, boolean untilHeading) {
        boolean fenced = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (FENCE.matcher(line).matches()) {
                fenced = !fenced;
            } else if (!fenced) {
                if (untilHeading && HEADING.matcher(line).matches()) {
                    return OptionalInt.empty();
                }
                if (line.startsWith(key)
                        && KeyLine.of(line).map(KeyLine::key).orElse("").equals(key)) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** The first of the lines that lead up to the closing without a break and start keys; -1 when there are none. */
    private static int keysBeforeClosing(List<String> lines) {
        int first = -1;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            boolean key = KeyLine.of(line).filter(KeyLine::isRead).isPresent();
            if (key) {
                first = i;
            } else if (!line.isBlank() && " \t-".indexOf(line.charAt(0)) < 0) {
                return first;
            }
        }
        return first;
    }
}
