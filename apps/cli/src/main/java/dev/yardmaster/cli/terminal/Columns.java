package dev.yardmaster.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Measures, cuts and wraps plain text by the columns it takes on a terminal. Paint comes afterwards. */
public final class Columns {

    private Columns() {}

    /** How many columns the text takes. */
    public static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** Zero for marks that combine, two for what East Asian scripts and emoji take. */
    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
        return wide ? 2 : 1;
    }

    /** The beginning of a line that fits; where something is left out it ends, at a word if one is near, in {@code …}. */
    public static String cut(String line, int columns) {
        if (of(line) <= columns) {
            return line;
        }
        String fitting = fitting(line, Math.max(0, columns - 1));
        int space = fitting.lastIndexOf(' ');
        boolean nearEnd = space > fitting.length() * 2 / 3;
        return (nearEnd ? fitting.substring(0, space) : fitting).stripTrailing() + (columns > 0 ? "…" : "");
    }

    private static String fitting(String line, int columns) {
        int taken = 0;
        int end = 0;
        while (end < line.length()) {
            int point = line.codePointAt(end);
            taken += of(point);
            if (taken > columns) {
                break;
            }
            end += Character.charCount(point);
        }
        return line.substring(0, end);
    }

    /** The text in lines that fit, broken between words; a longer word is broken where it has to be. */
    public static List<String> wrap(String text, int columns) {
        int width = Math.max(1, columns);
        var lines = new ArrayList<String>();
        text.lines().forEach(line -> wrapLine(line, width, lines));
        return lines;
    }

    private static void wrapLine(String line, int width, List<String> lines) {
        String rest = line;
        while (of(rest) > width) {
            String fitting = fitting(rest, width);
            if (fitting.isEmpty()) {
                fitting = rest.substring(0, Character.charCount(rest.codePointAt(0)));
            }
            if (fitting.length() == rest.length()) {
                break; // one character that is wider than the line
            }
            boolean wordEnds = rest.charAt(fitting.length()) == ' ';
            int space = wordEnds ? fitting.length() : fitting.lastIndexOf(' ');
            int end = space > 0 && !fitting.substring(0, space).isBlank() ? space : fitting.length();
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
    }

    /** The text with spaces behind it, to take so many columns. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }
}
