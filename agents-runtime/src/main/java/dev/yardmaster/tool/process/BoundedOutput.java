package dev.yardmaster.tool.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a command prints: its beginning and its end, however much comes between. Not thread-safe. */
public final class BoundedOutput {

    private static final int HEAD = 20_000;
    private static final int TAIL = 10_000;

    private final byte[] head = new byte[HEAD];
    private final byte[] tail = new byte[TAIL];
    private int headLength;
    private long tailLength;
    private boolean more;

    /**
     * Of a file.
     *
     * @param rest the end of what did not fit in there; need not exist
     */
    static BoundedOutput of(Path file, Path rest) throws IOException {
        var output = new BoundedOutput();
        if (Files.exists(file)) {
            output.add(file);
        }
        if (Files.exists(rest)) {
            output.more = true;
            byte[] end = Files.readAllBytes(rest);
            output.add(end, end.length);
        }
        return output;
    }

    private void add(Path file) throws IOException {
        try (var content = new RandomAccessFile(file.toFile(), "r")) { // no channel: an interrupt would close it
            byte[] first = new byte[(int) Math.min(HEAD, content.length())];
            content.readFully(first);
            add(first, first.length);
            long skipped = Math.max(0, content.length() - HEAD - TAIL);
            tailLength += skipped;
            content.seek(first.length + skipped);
            byte[] last = new byte[(int) (content.length() - first.length - skipped)];
            content.readFully(last);
            add(last, last.length);
        }
    }

    /** Adds the first of these bytes. */
    public void add(byte[] bytes, int count) {
        int first = Math.min(count, HEAD - headLength);
        System.arraycopy(bytes, 0, head, headLength, first);
        headLength += first;
        for (int i = first; i < count; i++) {
            tail[(int) (tailLength++ % TAIL)] = bytes[i];
        }
    }

    /** Whether nothing is left out. */
    public boolean isWhole() {
        return tailLength <= TAIL && !more;
    }

    /** What was printed; says how much of the middle is missing. Bytes that are no UTF-8, and NULs, are replaced. */
    public String text() {
        if (tailLength <= TAIL) {
            byte[] all = Arrays.copyOf(head, headLength + (int) tailLength);
            System.arraycopy(tail, 0, all, headLength, (int) tailLength);
            return decoded(all);
        }
        byte[] end = new byte[TAIL];
        int from = (int) (tailLength % TAIL);
        System.arraycopy(tail, from, end, 0, TAIL - from);
        System.arraycopy(tail, 0, end, TAIL - from, from);
        return decoded(head) + "\n… (" + (more ? "more than " : "") + (tailLength - TAIL) + " bytes left out) …\n"
                + decoded(end);
    }

    private static String decoded(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }
}
