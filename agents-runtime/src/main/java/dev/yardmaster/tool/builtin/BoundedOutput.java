package dev.yardmaster.tool.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a command prints: its beginning and its end, however much comes between. Thread-safe. */
final class BoundedOutput {

    private static final int HEAD = 20_000;
    private static final int TAIL = 10_000;

    private final byte[] head = new byte[HEAD];
    private final byte[] tail = new byte[TAIL];
    private int headLength;
    private long tailLength;

    /** Reads until the end of the stream, or until it is closed. */
    void drain(InputStream stream) {
        byte[] buffer = new byte[8_192];
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(buffer, count);
            }
        } catch (IOException e) {
            return; // closed under us: the command was stopped
        }
    }

    private synchronized void add(byte[] bytes, int count) {
        int first = Math.min(count, HEAD - headLength);
        System.arraycopy(bytes, 0, head, headLength, first);
        headLength += first;
        for (int i = first; i < count; i++) {
            tail[(int) (tailLength++ % TAIL)] = bytes[i];
        }
    }

    /** What was printed; says how much of the middle is missing. Bytes that are no UTF-8 are replaced. */
    synchronized String text() {
        String beginning = new String(head, 0, headLength, StandardCharsets.UTF_8);
        if (tailLength <= TAIL) {
            return beginning + new String(tail, 0, (int) tailLength, StandardCharsets.UTF_8);
        }
        byte[] end = new byte[TAIL];
        int from = (int) (tailLength % TAIL);
        System.arraycopy(tail, from, end, 0, TAIL - from);
        System.arraycopy(tail, 0, end, TAIL - from, from);
        return beginning + "\n… (" + (tailLength - TAIL) + " bytes left out) …\n"
                + new String(end, StandardCharsets.UTF_8);
    }
}
