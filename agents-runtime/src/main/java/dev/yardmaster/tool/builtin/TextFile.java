package dev.yardmaster.tool.builtin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A text file's content, with what has to be kept when it is changed: byte order mark, encoding and line ends.
 *
 * @param text with {@code \n} at the line ends when all of them were {@code \r\n}, else as it is
 * @param crlf whether all line ends are {@code \r\n}
 * @param charset UTF-8; UTF-16 behind its byte order mark; ISO 8859-1 for bytes that are neither, so that none is lost
 */
record TextFile(String text, boolean crlf, boolean bom, Charset charset) {

    private static final String BOM = "\uFEFF";
    private static final int LOOKED_AT = 8_000;

    static TextFile of(byte[] bytes) {
        Charset charset = wide(bytes, bytes.length).orElse(StandardCharsets.UTF_8);
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            charset = StandardCharsets.ISO_8859_1;
            text = new String(bytes, charset);
        }
        boolean bom = text.startsWith(BOM);
        String body = bom ? text.substring(1) : text;
        boolean crlf = body.contains("\r\n") && !body.replace("\r\n", "").contains("\n");
        return new TextFile(crlf ? body.replace("\r\n", "\n") : body, crlf, bom, charset);
    }

    /** Whether it is of one byte a unit, not of two. */
    boolean isNarrow() {
        return charset == StandardCharsets.UTF_8 || charset == StandardCharsets.ISO_8859_1;
    }

    /** The text with the line ends of the file, without its byte order mark. */
    String whole() {
        return crlf ? text.replace("\n", "\r\n") : text;
    }

    TextFile with(String changed) {
        return new TextFile(crlf ? changed.replace("\r\n", "\n") : changed, crlf, bom, charset);
    }

    /** Whether the file's encoding has all characters of the text. */
    boolean isEncodable() {
        return charset.newEncoder().canEncode(text);
    }

    byte[] bytes() {
        Charset encoder = isEncodable() ? charset : StandardCharsets.UTF_8;
        return ((bom ? BOM : "") + whole()).getBytes(encoder);
    }

    /** UTF-16, when its byte order mark is at the beginning. @param length how many of the bytes count */
    static Optional<Charset> wide(byte[] bytes, int length) {
        if (length < 2) {
            return Optional.empty();
        }
        int mark = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return switch (mark) {
            case 0xFFFE -> Optional.of(StandardCharsets.UTF_16LE);
            case 0xFEFF -> Optional.of(StandardCharsets.UTF_16BE);
            default -> Optional.empty();
        };
    }

    static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
