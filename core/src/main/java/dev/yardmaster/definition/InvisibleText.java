package dev.yardmaster.definition;

import java.util.List;

/**
 * Finds characters that a model reads and a person does not see: tags, zero-width spaces, changes of direction. Agent
 * files are prompts; what is hidden in one is worth a warning. Joiners, which emoji and some scripts need, are none.
 */
final class InvisibleText {

    private InvisibleText() {}

    static void report(SourceText source, Findings findings) {
        List<String> lines = source.lines();
        int first = -1;
        int hidden = 0;
        for (int i = 0; i < lines.size(); i++) {
            int here = (int)
                    lines.get(i).codePoints().filter(InvisibleText::isHidden).count();
            first = here > 0 && first < 0 ? i : first;
            hidden += here;
        }
        if (hidden > 0) {
            int[] characters = lines.get(first).codePoints().toArray();
            int column = 0;
            while (!isHidden(characters[column])) {
                column++;
            }
            findings.warning(
                    new FilePosition(first + 1, column + 1),
                    "text-invisible",
                    "%,d invisible characters that a model reads and a person does not see, the first is U+%04X"
                            .formatted(hidden, characters[column]),
                    "remove them unless you know what they are for");
        }
    }

    private static boolean isHidden(int character) {
        return character >= 0xE0000 && character <= 0xE007F
                || character == 0x200B
                || character == 0xFEFF
                || character >= 0x2060 && character <= 0x2064
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069;
    }
}
