package dev.yardmaster.tool.builtin;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a command in the background prints, in a file of up to 64 MiB; what comes after that is dropped. It is read piece
 * by piece, each once. Thread-safe.
 */
final class SpilledOutput implements Closeable {

    static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final int MAX_LINE = 64 * 1024;

    private final Path file;
    /** No channel: that would be closed by an interrupt of whoever reads. */
    private final RandomAccessFile content;

    private long written;
    private long lineEnd;
    private long read;
    private boolean complete;
    private boolean dropped;

    SpilledOutput(Path file) throws IOException {
        this.file = file;
        this.content = new RandomAccessFile(file.toFile(), "rw");
    }

    /** Reads until the end of the stream, or until one of both is closed. */
    void drain(InputStream stream) {
        byte[] buffer = new byte[8_192];
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(buffer, count);
            }
        } catch (IOException e) {
            return; // closed under us: the command was stopped
        } finally {
            end();
        }
    }

    private synchronized void add(byte[] bytes, int count) throws IOException {
        int kept = (int) Math.min(count, MAX_BYTES - written);
        dropped |= kept < count;
        content.seek(written);
        content.write(bytes, 0, kept);
        for (int i = 0; i < kept; i++) {
            if (bytes[i] == '\n') {
                lineEnd = written + i + 1;
            }
        }
        written += kept;
        notifyAll();
    }

    private synchronized void end() {
        complete = true;
        notifyAll();
    }

    /** Waits until there is something that was not read yet, or nothing will come any more. */
    synchronized void awaitNews(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); read == written && !complete && left > 0; ) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /**
     * What was printed since it was last read: whole lines while there are such.
     *
     * @param wanted which lines are shown; the others count as read, too
     */
    synchronized String next(Predicate<String> wanted) throws IOException {
        var shown = new BoundedOutput();
        long until = complete || lineEnd <= read ? written : lineEnd;
        content.seek(read);
        var line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        while (read < until) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, until - read));
            if (count < 0) {
                break; // somebody has cut the file
            }
            read += count;
            for (int i = 0; i < count; i++) {
                line.write(buffer[i]);
                if (buffer[i] == '\n' || line.size() == MAX_LINE) {
                    show(line, wanted, shown);
                }
            }
        }
        show(line, wanted, shown);
        String text = shown.text().stripTrailing();
        return (shown.isWhole() ? text : text + "\n(until this agent's work ends, all of it is in " + file + ")")
                + (dropped && read == written ? "\n(what came after " + MAX_BYTES + " bytes was not kept)" : "");
    }

    private static void show(ByteArrayOutputStream line, Predicate<String> wanted, BoundedOutput shown) {
        if (wanted.test(line.toString(StandardCharsets.UTF_8).stripTrailing())) {
            shown.add(line.toByteArray(), line.size());
        }
        line.reset();
    }

    /** Forgets it all. */
    @Override
    public synchronized void close() throws IOException {
        content.close();
        Files.deleteIfExists(file);
    }
}
