package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.process.BoundedOutput;
import dev.yardmaster.tool.process.CommandFolder;
import dev.yardmaster.tool.process.RunningCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Predicate;

/** What a command in the background prints, read from its file piece by piece, each once. Thread-safe. */
final class BackgroundOutput {

    private static final int MAX_LINE = 64 * 1024;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final RunningCommand command;
    private final CommandFolder folder;
    private long read;

    BackgroundOutput(RunningCommand command) {
        this.command = command;
        this.folder = command.folder();
    }

    private long written() throws IOException {
        return Files.exists(folder.output()) ? Files.size(folder.output()) : 0;
    }

    /** Waits until there is something that was not read yet, or nothing will come any more. */
    void awaitNews(Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (written() == seen() && System.nanoTime() < end && !command.awaitOver(BETWEEN_LOOKS)) {}
    }

    private synchronized long seen() {
        return read;
    }

    /**
     * What was printed since it was last read: whole lines while there are such.
     *
     * @param complete whether nothing will come any more
     * @param wanted which lines are shown; the others count as read, too
     */
    synchronized String next(boolean complete, Predicate<String> wanted) throws IOException {
        var shown = new BoundedOutput();
        long written = written();
        if (written > read) {
            try (var content =
                    new RandomAccessFile(folder.output().toFile(), "r")) { // an interrupt would close a channel
                read(content, complete ? written : wholeLines(content, written), wanted, shown);
            }
        }
        String text = shown.text().stripTrailing();
        return (shown.isWhole() ? text : text + "\n" + BashTool.whole(folder))
                + (Files.exists(folder.rest()) && read == written
                        ? "\n(what came after " + CommandFolder.MAX_BYTES + " bytes was not kept)"
                        : "");
    }

    /** Up to where there are whole lines; where there is none, up to the end. */
    private long wholeLines(RandomAccessFile content, long written) throws IOException {
        byte[] buffer = new byte[8_192];
        for (long until = written; until > read; ) {
            int count = (int) Math.min(buffer.length, until - read);
            content.seek(until - count);
            content.readFully(buffer, 0, count);
            for (int i = count; i > 0; i--) {
                if (buffer[i - 1] == '\n') {
                    return until - count + i;
                }
            }
            until -= count;
        }
        return written;
    }

    private void read(RandomAccessFile content, long until, Predicate<String> wanted, BoundedOutput shown)
            throws IOException {
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
    }

    private static void show(ByteArrayOutputStream line, Predicate<String> wanted, BoundedOutput shown) {
        if (wanted.test(line.toString(StandardCharsets.UTF_8).stripTrailing())) {
            shown.add(line.toByteArray(), line.size());
        }
        line.reset();
    }
}
