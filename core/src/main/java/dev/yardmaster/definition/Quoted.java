package dev.yardmaster.definition;

/**
 * Text of an agent file as it may stand in a message: in quotes, short, and without characters that a terminal would
 * obey. Agent files are written by strangers.
 */
final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    static String of(String text) {
        return of(text, LONGEST);
    }

    /** A path is of use only as a whole. */
    static String path(String path) {
        return of(path, Integer.MAX_VALUE);
    }

    private static String of(String text, int longest) {
        StringBuilder shown = new StringBuilder("'");
        int count = 0;
        for (int at = 0; at < text.length() && count < longest; count++) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isInvisible(character)) {
                shown.append("\\u%04x".formatted(character));
            } else {
                shown.appendCodePoint(character);
            }
        }
        return shown.append(text.codePointCount(0, text.length()) > longest ? "…'" : "'")
                .toString();
    }

    /** Control and format characters, line and paragraph separators, halves of surrogate pairs. */
    static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
