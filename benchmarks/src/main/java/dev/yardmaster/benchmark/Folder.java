package dev.yardmaster.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A new folder on a disk, not in memory; gone with all it holds when it is closed. */
record Folder(Path path) implements AutoCloseable {

    static Folder none() {
        return new Folder(Path.of("none"));
    }

    /** In the folder that {@code benchmark.folder} names. */
    static Folder make() throws IOException {
        Path above = Files.createDirectories(Path.of(System.getProperty("benchmark.folder", ".")));
        return new Folder(Files.createTempDirectory(above, "durable"));
    }

    /** How many bytes its files have. */
    long size() throws IOException {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
