package dev.yardmaster.context;

import java.nio.file.Path;

/**
 * Texts in short: their beginning and their end, by whole lines where there are such, and how much is missing. A pointer to
 * where the whole is stays at its end.
 */
public final class Shorter {

    private static final String POINTER = "\n[The whole of this, ";
    private static final int LONGEST_POINTER = 5_000;

    private Shorter() {}

    /** What follows a text in short of which the whole is in a file. */
    public static String pointer(Path file, String whole) {
        return POINTER + whole.lines().count() + " lines with " + whole.length() + " characters, is in " + file
                + ": look at what you need of it by Read with offset and limit, or by Grep.]";
    }

    /** @param most roughly how many characters are left; itself when it has no more */
    public static String of(String text, int most) {
        int pointer = text.lastIndexOf(POINTER);
        if (pointer > 0 && text.length() - pointer < LONGEST_POINTER) {
            return of(text.substring(0, pointer), most) + text.substring(pointer);
        }
        if (text.length() <= most + most / 4 + 80) { // what would be gained is not worth the words about it
            return text;
        }
        int head = end(text, most * 2 / 3);
        int tail = start(text, text.length() - most / 3);
        String left = text.substring(head, tail);
        long lines = left.chars().filter(c -> c == '\n').count();
        return text.substring(0, head) + "\n[… " + left.length() + " characters"
                + (lines > 1 ? " in " + lines + " lines" : "") + " left out to save room …]\n" + text.substring(tail);
    }

    /** Where the last whole line ends that begins before a place; the place itself where lines are long. */
    private static int end(String text, int at) {
        int line = text.lastIndexOf('\n', at);
        return line > at / 2 ? line : low(text, at);
    }

    private static int start(String text, int at) {
        int line = text.indexOf('\n', at);
        return line >= 0 && line < at + (text.length() - at) / 2 ? line + 1 : low(text, at);
    }

    /** Not in the middle of a pair of surrogates. */
    private static int low(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
