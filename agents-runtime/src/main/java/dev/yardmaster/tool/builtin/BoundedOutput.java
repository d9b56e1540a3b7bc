package dev.yardmaster.tool.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a command prints: its beginning and its end, however much comes between. Thread-safe. */
final class BoundedOutput {

    private static final int HEAD = 20_000;
    private static final int TAIL = 10_000;
    private static final long BETWEEN_LINES = TimeUnit.MILLISECONDS.toNanos(100);

    private final byte[] head = new byte[HEAD];
    private final byte[] tail = new byte[TAIL];
    private int headLength;
    private long tailLength;

    /**
     * Reads until the end of the stream, or until it is closed.
     *
     * @param progress is told the last line now and then, and at the end
     */
    void drain(InputStream stream, Consumer<String> progress) {
        byte[] buffer = new byte[8_192];
        long told = System.nanoTime() - BETWEEN_LINES;
        Optional<String> untold = Optional.empty();
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(buffer, count);
                untold = lastLine(buffer, count);
                if (System.nanoTime() - told >= BETWEEN_LINES) {
                    untold.ifPresent(progress);
                    untold = Optional.empty();
                    told = System.nanoTime();
                }
            }
        } catch (IOException e) {
            return; // closed under us: the command was stopped
        }
        untold.ifPresent(progress);
    }

    private static Optional<String> lastLine(byte[] bytes, int count) {
        String text = decoded(Arrays.copyOf(bytes, count)).stripTrailing();
        String line = text.substring(text.lastIndexOf('\n') + 1);
        return line.isBlank() ? Optional.empty() : Optional.of(line);
    }

    synchronized void add(byte[] bytes, int count) {
        int first = Math.min(count, HEAD - headLength);
        System.arraycopy(bytes, 0, head, headLength, first);
        headLength += first;
        for (int i = first; i < count; i++) {
            tail[(int) (tailLength++ % TAIL)] = bytes[i];
        }
    }

    /** Whether nothing is left out. */
    synchronized boolean isWhole() {
        return tailLength <= TAIL;
    }

    /** What was printed; says how much of the middle is missing. Bytes that are no UTF-8, and NULs, are replaced. */
    synchronized String text() {
        if (tailLength <= TAIL) {
            byte[] all = Arrays.copyOf(head, headLength + (int) tailLength);
            System.arraycopy(tail, 0, all, headLength, (int) tailLength);
            return decoded(all);
        }
        byte[] end = new byte[TAIL];
        int from = (int) (tailLength % TAIL);
        System.arraycopy(tail, from, end, 0, TAIL - from);
        System.arraycopy(tail, 0, end, TAIL - from, from);
        return decoded(head) + "\n… (" + (tailLength - TAIL) + " bytes left out) …\n" + decoded(end);
    }

    private static String decoded(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
