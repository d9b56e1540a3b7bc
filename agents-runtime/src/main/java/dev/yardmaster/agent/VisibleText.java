package dev.yardmaster.agent;

import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolResult;
import java.util.List;

/**
 * What an agent is told of what its tools found: without tag characters (U+E0000 to U+E007F), in which a text can be written that
 * a model reads and no person sees. Their number is told. The recorded result keeps them.
 */
final class VisibleText {

    /** What a tag character begins with in UTF-16. */
    private static final char LEAD = Character.highSurrogate(0xE0000);

    private VisibleText() {}

    static String of(String text) {
        if (text.indexOf(LEAD) < 0) {
            return text;
        }
        long hidden = text.codePoints().filter(VisibleText::isTag).count();
        if (hidden == 0) {
            return text;
        }
        var visible = new StringBuilder(text.length());
        text.codePoints().filter(each -> !isTag(each)).forEach(visible::appendCodePoint);
        return visible + "\n[" + hidden + " invisible tag characters left out]";
    }

    /** What a result shows, with words that are visible. */
    static List<Attachment> of(ToolResult result) {
        if (!(result instanceof ToolResult.Text text) || text.attachments().isEmpty()) {
            return List.of();
        }
        return text.attachments().stream()
                .map(each -> new Attachment(each.data(), each.pages(), of(each.words())))
                .toList();
    }

    private static boolean isTag(int character) {
        return character >= 0xE0000 && character <= 0xE007F;
    }
}
