package dev.yardmaster.cli.terminal;

import com.google.re2j.Pattern;
import dev.yardmaster.model.Secrets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes text that models, files and tools wrote safe to show: it can neither command the terminal nor look like something
 * it is not.
 */
public final class SafeText {

    /** CSI, OSC, DCS and the like with their ends, and the two-character sequences. */
    private static final Pattern ESCAPES = Pattern.compile(
            "\\x1b\\[[0-?]*[ -/]*[@-~]|\\x9b[0-?]*[ -/]*[@-~]|\\x1b[\\]PX^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)"
                    + "|\\x1b[ -/]*[0-Z\\\\`-~]");

    private static final int TAB = 4;

    private SafeText() {}

    /**
     * The text as lines to show: colours and cursor movements are gone, of a line that was overwritten (progress bars) the
     * last state is left, characters that cannot be seen are written out, keys are hidden.
     */
    public static String of(String text) {
        return Secrets.hide(ESCAPES.matcher(text).replaceAll(""))
                .transform(SafeText::lines)
                .map(SafeText::lastState)
                .map(SafeText::visible)
                .collect(Collectors.joining("\n"));
    }

    /** The text in one line. */
    public static String line(String text) {
        return of(text).strip().replaceAll("\\s*\\n\\s*", " ");
    }

    /** The text to its last character, for a person who decides by it: what cannot be seen is written out. */
    public static String exact(String text) {
        return lines(text).map(SafeText::visible).collect(Collectors.joining("\n"));
    }

    /** By line feeds alone: carriage returns mean something else here. */
    private static Stream<String> lines(String text) {
        return Stream.of(text.split("\n", -1));
    }

    private static String lastState(String line) {
        String ended = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return ended.substring(ended.lastIndexOf('\r') + 1);
    }

    private static String visible(String line) {
        var shown = new StringBuilder(line.length());
        line.codePoints().forEach(point -> {
            if (point == '\t') {
                shown.append(" ".repeat(TAB - shown.length() % TAB));
            } else if (isInvisible(point)) {
                shown.append("<U+%04X>".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /** Control characters, marks of direction and width, tags, halves of pairs, line separators. */
    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0;
        };
    }
}
