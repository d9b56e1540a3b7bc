package dev.yardmaster.journal.jdbc.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What really happened, outside the framework: a line for each effect, synced to the disk before it counts as done. */
record Ledger(Path file, SyncPoints points) {

    void write(String key) {
        points.pass(() -> {
            try {
                return Files.writeString(
                        file,
                        key + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.DSYNC);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** How often a line is in a file. */
    static long times(Path file, String line) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().filter(line::equals).count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
