package dev.yardmaster.context;

import dev.yardmaster.model.Message;
import dev.yardmaster.model.Part;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.tool.ToolCall;
import java.util.List;

/**
 * How many tokens something takes, told from its characters, without any provider's tokenizer: words by their length,
 * numbers by their digits, punctuation and lines one by one, other scripts by the character. For prose, code, logs, JSON and
 * keys the estimate is between 0.75 and 1.45 times what OpenAI's {@code o200k_base} counts, for other scripts between 1 and
 * 1.9 times (held by a test). Providers differ from each other by as much again, which is why {@link ContextGauge} goes by
 * what a provider said of the same conversation as soon as it has said something.
 */
public final class TokenEstimate {

    /** A token in the units that are summed up. */
    private static final int ONE = 100;

    /** What a character of a word adds to the first one's token. */
    private static final int LETTER = 9;

    /** A word that begins inside of another: {@code maxTokens}. */
    private static final int HUMP = 78;

    private static final int CAPITAL = 40;
    private static final int ACCENTED = 55;
    private static final int OTHER_LETTER = 30;
    private static final int IDEOGRAPH = 95;
    private static final int SURROGATE = 115;
    private static final int NUMBER = 90;
    private static final int DIGIT = 32;
    private static final int MARK = 62;
    private static final int SAME_MARK = 20;

    /** A line that ends in punctuation, which most tokenizers take together. */
    private static final int LINE_AFTER_MARK = 45;

    private static final int SYMBOL = 100;
    private static final int SAME_SYMBOL = 50;

    /** What frames a message: role, separators. */
    private static final long FRAME = 5;

    /** An image of about a megapixel; <a href="https://platform.claude.com/docs/en/build-with-claude/vision">Anthropic</a> counts most. */
    private static final long IMAGE = 1_600;

    private TokenEstimate() {}

    /** What kind of characters follow each other. */
    private enum Kind {
        NONE,
        WORD,
        DIGITS,
        SPACE,
        LINE,
        MARK,
        OTHER
    }

    /** The tokens of a text. Looks at each character once. */
    public static long of(String text) {
        long sum = 0;
        Kind before = Kind.NONE;
        char last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Kind kind = kind(c);
            sum += switch (kind) {
                case WORD -> letter(c, last, before);
                case DIGITS -> before == Kind.DIGITS ? DIGIT : NUMBER;
                case SPACE -> before == Kind.SPACE && last == c && (i < 2 || text.charAt(i - 2) != c) ? ONE / 2 : 0;
                case LINE -> before == Kind.LINE ? SAME_MARK : before == Kind.MARK ? LINE_AFTER_MARK : ONE;
                case MARK -> c == last ? SAME_MARK : MARK;
                case OTHER, NONE -> other(c, last);
            };
            before = kind;
            last = c;
        }
        return (sum + ONE - 1) / ONE;
    }

    private static Kind kind(char c) {
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
            return Kind.WORD;
        }
        if (c == ' ' || c == '\t') {
            return Kind.SPACE;
        }
        if (c >= '0' && c <= '9') {
            return Kind.DIGITS;
        }
        if (c == '\n' || c == '\r') {
            return Kind.LINE;
        }
        return c < 0x80 ? Kind.MARK : Character.isLetter(c) && c < 0x2000 ? Kind.WORD : Kind.OTHER;
    }

    private static int letter(char c, char last, Kind before) {
        boolean capital = c <= 'Z';
        if (before != Kind.WORD) {
            return c < 0x80 ? ONE : ONE - LETTER + ACCENTED;
        }
        if (capital && last >= 'a') {
            return HUMP;
        }
        if (c < 0x80) {
            return capital ? CAPITAL : LETTER;
        }
        return c < 0x250 ? ACCENTED : OTHER_LETTER;
    }

    private static int other(char c, char last) {
        if (Character.isSurrogate(c)) {
            return SURROGATE;
        }
        if (c >= 0x2E80) {
            return IDEOGRAPH;
        }
        return c == last ? SAME_SYMBOL : SYMBOL;
    }

    /** The tokens of a message. */
    public static long of(Message message) {
        return FRAME
                + switch (message) {
                    case Message.System system -> of(system.text());
                    case Message.Summary summary -> of(summary.text());
                    case Message.User user ->
                        user.parts().stream().mapToLong(TokenEstimate::of).sum();
                    case Message.Assistant reply ->
                        of(reply.text())
                                + reply.calls().stream()
                                        .mapToLong(TokenEstimate::of)
                                        .sum()
                                + reply.attributes().values().stream()
                                        .mapToLong(TokenEstimate::of)
                                        .sum();
                    case Message.ToolOutput output -> FRAME + of(output.text()) + shown(output);
                };
    }

    /** What is shown beside words, which is hard to tell: providers count an image from its size, each in its own way. */
    static long shown(Message message) {
        if (!(message instanceof Message.ToolOutput output)
                || output.attachments().isEmpty()) {
            return 0;
        }
        return output.attachments().stream()
                .mapToLong(each -> each.pages() * IMAGE + of(each.words()))
                .sum();
    }

    private static long of(Part part) {
        return switch (part) {
            case Part.Text text -> of(text.text());
            case Part.Image image -> IMAGE;
        };
    }

    private static long of(ToolCall call) {
        return 2 * FRAME + of(call.name()) + of(call.arguments().text());
    }

    /** The tokens of what a model is told of a tool. */
    public static long of(ToolSchema tool) {
        return FRAME
                + of(tool.name())
                + of(tool.description())
                + of(tool.parameters().text());
    }

    /** More tokens than a text can have: quick to tell, for what is far below any limit. */
    static long atMost(Message message) {
        return 2
                * (FRAME
                        + 2
                        + switch (message) {
                            case Message.System system -> system.text().length();
                            case Message.Summary summary -> summary.text().length();
                            case Message.User user -> length(user.parts());
                            case Message.Assistant reply -> length(reply);
                            case Message.ToolOutput output ->
                                FRAME + output.text().length() + shown(output);
                        });
    }

    private static long length(List<Part> parts) {
        long length = 0;
        for (Part part : parts) {
            length += part instanceof Part.Text text ? text.text().length() : IMAGE;
        }
        return length;
    }

    private static long length(Message.Assistant reply) {
        long length = reply.text().length();
        for (ToolCall call : reply.calls()) {
            length += 2 * FRAME + call.name().length() + call.arguments().text().length();
        }
        for (String attribute : reply.attributes().values()) {
            length += attribute.length();
        }
        return length;
    }

    /** More tokens than what a model is told of a tool can have. */
    static long atMost(ToolSchema tool) {
        return 2
                * (FRAME
                        + tool.name().length()
                        + tool.description().length()
                        + tool.parameters().text().length());
    }
}
