package dev.yardmaster.tool.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A piece of a text file with line numbers. The file goes by once, whatever its size; only the piece is kept. */
final class TextPage {

    private static final int MAX_LINE = 2_000;
    /** About 25,000 tokens. */
    private static final int MAX_CHARS = 100_000;

    /** Enough bytes for the characters that are shown of a line. */
    private static final int MAX_LINE_BYTES = 4 * (MAX_LINE + 1);

    private static final int LOOKED_AT = 8_000;
    private static final int MAX_WIDE = 20 * 1024 * 1024;

    /** @param characters how many the line has; more than {@code bytes} holds when it is cut */
    private record Line(byte[] bytes, long characters) {}

    private final long first;
    private final long limit;
    private final List<Line> lines = new ArrayList<>();
    private final MessageDigest digest = TextFile.sha256();
    private final byte[] current = new byte[MAX_LINE_BYTES];
    private int kept;
    private long characters;
    private long currentBytes;
    private long shown;
    private long size;
    private long total;
    private boolean binary;
    private boolean cut;

    private TextPage(long first, long limit) {
        this.first = first;
        this.limit = limit;
    }

    /**
     * @param size the file's: one that grows while it is read has an end all the same
     * @param first the first line to show, from 1
     * @param limit how many
     */
    static TextPage read(InputStream file, long size, long first, long limit) throws IOException {
        var page = new TextPage(first, limit);
        byte[] chunk = new byte[65_536];
        int count = file.readNBytes(chunk, 0, (int) Math.min(chunk.length, size));
        if (TextFile.wide(chunk, count).isPresent()) {
            page.transcoded(chunk, count, file);
            count = 0;
        }
        for (long left = size;
                count > 0 && !page.binary;
                count = file.readNBytes(chunk, 0, (int) Math.min(chunk.length, left))) {
            left -= count;
            page.digest.update(chunk, 0, count);
            page.add(chunk, count);
        }
        if (page.currentBytes > 0) {
            page.endLine();
        }
        return page;
    }

    /** UTF-16 is rare, and files of it small: it is read whole, and shown when it is that. */
    private void transcoded(byte[] start, int count, InputStream rest) throws IOException {
        byte[] more = rest.readNBytes(MAX_WIDE);
        byte[] all = Arrays.copyOf(start, count + more.length);
        System.arraycopy(more, 0, all, count, more.length);
        TextFile text = TextFile.of(all);
        binary = text.isNarrow() || rest.read() >= 0;
        digest.update(all);
        byte[] plain = text.whole().getBytes(StandardCharsets.UTF_8);
        add(plain, plain.length);
    }

    private void add(byte[] chunk, int count) {
        for (int i = 0; i < count; i++) {
            byte b = chunk[i];
            binary |= b == 0 && size + i < LOOKED_AT;
            if (b == '\n') {
                endLine();
                continue;
            }
            currentBytes++;
            characters += (b & 0xC0) == 0x80 ? 0 : 1;
            if (kept < current.length) {
                current[kept++] = b;
            }
        }
        size += count;
    }

    private void endLine() {
        total++;
        boolean wanted = total >= first && lines.size() < limit && shown < MAX_CHARS;
        if (wanted) {
            boolean whole = kept == currentBytes;
            int end = whole && kept > 0 && current[kept - 1] == '\r' ? kept - 1 : kept;
            lines.add(new Line(Arrays.copyOf(current, end), characters));
            shown += Math.min(characters, MAX_LINE) + 7;
            cut |= characters > MAX_LINE + 1;
        }
        kept = 0;
        currentBytes = 0;
        characters = 0;
    }

    boolean isBinary() {
        return binary;
    }

    long size() {
        return size;
    }

    int total() {
        return Math.toIntExact(total);
    }

    /** The last line that is shown; before {@code first} when none is. */
    int last() {
        return Math.toIntExact(first - 1 + lines.size());
    }

    /** Whether some line is not shown to its end. */
    boolean isCut() {
        return cut;
    }

    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    String text() {
        if (total == 0) {
            return "(the file is empty)";
        }
        if (first > total) {
            return "(the file has " + total + " lines; there is nothing from line " + first + " on)";
        }
        Charset charset = charset();
        var text = new StringBuilder();
        long number = first;
        for (Line line : lines) {
            append(text, number++, new String(line.bytes(), charset), line.characters());
        }
        if (last() < total) {
            text.append("(PARTIAL view: lines " + first + " to " + last() + " of " + total + "; go on with offset "
                    + (last() + 1) + ")\n");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String line, long characters) {
        String digits = Long.toString(number);
        String body = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        text.append(" ".repeat(Math.max(0, 6 - digits.length()))).append(digits).append('\t');
        if (body.length() > MAX_LINE) {
            int end = Character.isHighSurrogate(body.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
            text.append(body, 0, end).append(" … (line cut: " + Math.max(characters, body.length()) + " characters)");
        } else {
            text.append(body);
        }
        text.append('\n');
    }

    /** As {@link TextFile} has it: UTF-8, or ISO 8859-1 for bytes that are none. */
    private Charset charset() {
        for (Line line : lines) {
            boolean whole = line.bytes().length < MAX_LINE_BYTES;
            try {
                if (whole) {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes()));
                }
            } catch (CharacterCodingException e) {
                return StandardCharsets.ISO_8859_1;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
