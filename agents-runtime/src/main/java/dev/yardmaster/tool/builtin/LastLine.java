package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.process.RunningCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The last line of a file that grows, told now and then. */
final class LastLine {

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int LOOKED_AT = 8_192;

    private final Path file;
    private final Consumer<String> progress;
    private long seen;

    private LastLine(Path file, Consumer<String> progress) {
        this.file = file;
        this.progress = progress;
    }

    static LastLine of(Path file, Consumer<String> progress) {
        return new LastLine(file, progress);
    }

    /** Tells it until the command ends by itself, or the time is up. @return whether it ended */
    boolean until(RunningCommand command, Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        boolean over = false;
        for (long left = timeout.toNanos(); !over && left > 0; left = end - System.nanoTime()) {
            over = command.awaitOver(Duration.ofNanos(Math.min(left, BETWEEN.toNanos())));
            if (over) {
                command.end(); // so that all that it printed is there
            }
            tell();
        }
        return over;
    }

    private void tell() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= seen) {
            return;
        }
        try (var content = new RandomAccessFile(file.toFile(), "r")) {
            long length = content.length();
            byte[] bytes = new byte[(int) Math.min(LOOKED_AT, length - seen)];
            content.seek(length - bytes.length);
            content.readFully(bytes);
            seen = length;
            String text = new String(bytes, StandardCharsets.UTF_8)
                    .replace('\0', '\uFFFD')
                    .stripTrailing();
            String line = text.substring(text.lastIndexOf('\n') + 1);
            if (!line.isBlank()) {
                progress.accept(line);
            }
        }
    }
}
