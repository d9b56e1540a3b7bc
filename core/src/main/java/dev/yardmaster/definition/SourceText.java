package dev.yardmaster.definition;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a file: UTF-8, without byte order mark, whatever the line ends were.
 *
 * @param lines line {@code i} of the file is {@code lines.get(i - 1)}
 */
record SourceText(List<String> lines) {

    /** Empty, with an error among the findings, when the bytes are not text. */
    static Optional<SourceText> decode(byte[] content, Findings findings) {
        if (content.length > AgentReader.MOST_BYTES) {
            findings.error(
                    FilePosition.START,
                    "file-too-large",
                    "the file has more than %,d bytes".formatted(AgentReader.MOST_BYTES),
                    "an agent file is a prompt; move long material to files that the agent reads");
            return Optional.empty();
        }
        if (startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF)) {
            findings.error(FilePosition.START, "not-utf8", "the file is UTF-16", "save it as UTF-8");
            return Optional.empty();
        }
        boolean mark = startsWith(content, 0xEF, 0xBB, 0xBF);
        if (mark) {
            findings.hint(
                    FilePosition.START,
                    "byte-order-mark",
                    "the file starts with a byte order mark",
                    "nothing needs doing here; other readers of such files may skip it, so save it without");
        }
        ByteBuffer bytes = mark ? ByteBuffer.wrap(content, 3, content.length - 3) : ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(content.length + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(bytes, characters, true);
        String text = characters.flip().toString();
        if (result.isError()) {
            findings.error(endOf(text), "not-utf8", "the bytes here are not UTF-8", "save the file as UTF-8");
            return Optional.empty();
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            findings.error(
                    endOf(text.substring(0, nul)),
                    "not-text",
                    "a NUL character: this is not a text file",
                    "remove the character, or the file from the folder");
            return Optional.empty();
        }
        return Optional.of(new SourceText(List.of(unix(text).split("\n", -1))));
    }

    private static FilePosition endOf(String text) {
        String before = unix(text);
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new FilePosition(line, before.length() - before.lastIndexOf('\n'));
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static boolean startsWith(byte[] content, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (content.length <= i || (content[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
