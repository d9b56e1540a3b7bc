package dev.yardmaster.tool.builtin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file's text in pieces of whole lines, whatever its size: UTF-8, UTF-16 behind its byte order mark, or ISO 8859-1 for
 * pieces that are no UTF-8. It ends where a NUL byte shows that the file is no text. A line longer than a piece comes in
 * several, as if it were several lines.
 */
final class TextChunks {

    private static final int SIZE = 1 << 18;
    private static final int LONGEST_LINE = 1 << 22;
    private static final int LOOKED_AT = 8_000;

    private InputStream file;
    private byte[] buffer;
    private int filled;
    private boolean started;
    private boolean ended;
    private boolean binary;

    TextChunks(InputStream file) {
        this(file, SIZE);
    }

    /** @param size how many bytes there are, where that is known */
    TextChunks(InputStream file, int size) {
        this.file = file;
        this.buffer = new byte[Math.min(SIZE, size + 1)];
    }

    /** Whether the beginning shows that it is no text at all. */
    boolean isBinary() {
        return binary;
    }

    /** The next piece: lines with their ends; empty at the end. */
    Optional<String> next() throws IOException {
        while (!ended) {
            int end = lineEnd();
            if (end > 0) {
                return Optional.of(take(end));
            }
            if (filled == buffer.length && filled >= LONGEST_LINE) {
                return Optional.of(take(character(filled - 1)));
            }
            fill();
        }
        return filled == 0 ? Optional.empty() : Optional.of(take(filled));
    }

    /** Where the character begins that has a byte here. */
    private int character(int at) {
        int start = at;
        while (start > at - 3 && (buffer[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }

    private int lineEnd() {
        if (filled < Math.min(SIZE, buffer.length)) {
            return 0;
        }
        int at = filled;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(LONGEST_LINE, 2 * buffer.length));
        }
        int from = filled;
        int count = file.readNBytes(buffer, filled, buffer.length - filled);
        filled += count;
        ended = filled < buffer.length;
        if (!started) {
            started = true;
            start();
        }
        for (int i = from; i < filled; i++) {
            if (buffer[i] == 0) {
                filled = i;
                ended = true;
            }
        }
    }

    private void start() throws IOException {
        Optional<Charset> wide = TextFile.wide(buffer, filled);
        if (wide.isPresent()) {
            var rest = new ByteArrayInputStream(Arrays.copyOfRange(buffer, 2, filled)); // behind the mark
            file = new Utf8Stream(new SequenceInputStream(rest, file), wide.get());
            filled = file.readNBytes(buffer, 0, buffer.length);
            ended = filled < buffer.length;
        } else if (startsWithMark()) {
            System.arraycopy(buffer, 3, buffer, 0, filled - 3);
            filled -= 3;
        }
        for (int i = 0; i < Math.min(LOOKED_AT, filled); i++) {
            binary |= buffer[i] == 0;
        }
        filled = binary ? 0 : filled;
        ended |= binary;
    }

    private boolean startsWithMark() {
        return filled >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF;
    }

    private String take(int end) {
        String text = decoded(end);
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        return text;
    }

    private String decoded(int end) {
        String text = new String(buffer, 0, end, StandardCharsets.UTF_8); // the quick way
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        }
    }
}
