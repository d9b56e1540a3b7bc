package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Bytes with their media type, written as one text: {@code data:image/png;base64,iVBORw0…}
 * (<a href="https://www.rfc-editor.org/rfc/rfc2397">RFC 2397</a>). In what is recorded, a text that is wholly such a one is
 * data and no words: nothing looks for secrets in it, and nothing is taken out of it.
 *
 * @param mediaType such as {@code image/png}, in lower case and without parameters
 * @param base64 the bytes, in base64 with its padding
 */
public record DataUri(String mediaType, String base64) {

    private static final String SCHEME = "data:";
    private static final String ENCODING = ";base64,";
    private static final int LONGEST_TYPE = 100;

    public DataUri {
        mediaType = mediaType.toLowerCase(Locale.ROOT);
        if (!isMediaType(mediaType)) {
            throw new IllegalArgumentException("'" + mediaType + "' is no media type; write one such as image/png");
        }
        if (!isBase64(base64, 0)) {
            throw new IllegalArgumentException("what is said to be base64 is not, or lacks its padding: "
                    + base64.substring(0, Math.min(base64.length(), 40)));
        }
    }

    public static DataUri of(String mediaType, byte[] bytes) {
        return new DataUri(mediaType, Base64.getEncoder().encodeToString(bytes));
    }

    /** @throws IllegalArgumentException when the text is none */
    @JsonCreator
    public static DataUri parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no data URI with base64: " + text.substring(0, Math.min(text.length(), 40))));
    }

    /** What the text is, when all of it is one. */
    public static Optional<DataUri> find(String text) {
        int type = typeEnd(text);
        return type < 0
                ? Optional.empty()
                : Optional.of(
                        new DataUri(text.substring(SCHEME.length(), type), text.substring(type + ENCODING.length())));
    }

    /** Whether all of the text is one. */
    static boolean isOne(String text) {
        return typeEnd(text) >= 0;
    }

    /** Where its media type ends; -1 when it is none. */
    private static int typeEnd(String text) {
        if (!text.startsWith(SCHEME)) {
            return -1;
        }
        int end = text.indexOf(ENCODING, SCHEME.length());
        boolean one = end >= 0
                && end <= LONGEST_TYPE
                && isMediaType(text.substring(SCHEME.length(), end))
                && isBase64(text, end + ENCODING.length());
        return one ? end : -1;
    }

    private static boolean isMediaType(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && slash < text.length() - 1
                && text.chars()
                        .allMatch(c -> c == '/' || c == '.' || c == '+' || c == '-' || c < 0x80 && isLetterOrDigit(c));
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isBase64(String text, int from) {
        int end = text.length();
        if ((end - from) % 4 != 0) {
            return false;
        }
        for (int padding = 0; padding < 2 && end > from && text.charAt(end - 1) == '='; padding++) {
            end--;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }

    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** How many bytes there are. */
    public int size() {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }

    /** The text that it is written as. */
    @JsonValue
    public String text() {
        return SCHEME + mediaType + ENCODING + base64;
    }

    /** What it is, without its bytes. */
    @Override
    public String toString() {
        return mediaType + " of " + size() + " bytes";
    }
}
