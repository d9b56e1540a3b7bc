package dev.yardmaster.tool.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text of another charset, as the bytes that it is in UTF-8. */
final class Utf8Stream extends InputStream {

    private static final int SIZE = 1 << 14;

    private final Reader text;
    private final char[] chars = new char[SIZE];

    /** How many of the characters are left from before: half of one. */
    private int left;

    private byte[] bytes = new byte[0];
    private int at;

    Utf8Stream(InputStream text, Charset charset) {
        this.text = new InputStreamReader(text, charset);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        while (at == bytes.length) {
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, to, from, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        int count = text.read(chars, left, chars.length - left);
        int filled = left + Math.max(0, count);
        if (filled == 0) {
            return false;
        }
        left = count > 0 && Character.isHighSurrogate(chars[filled - 1]) ? 1 : 0;
        bytes = new String(chars, 0, filled - left).getBytes(StandardCharsets.UTF_8);
        at = 0;
        chars[0] = chars[filled - 1];
        return true;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
