package dev.yardmaster.tool;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files one agent has seen, and what was in them then. Thread-safe. */
public final class ReadFiles {

    private final Map<Path, String> seen = new ConcurrentHashMap<>();

    /** Remembers that the whole of {@code file} was seen with this content hash (SHA-256, hexadecimal). */
    public void saw(Path file, String sha256) {
        seen.put(file, sha256);
    }

    /** The content hash of {@code file} when it was last seen whole. */
    public Optional<String> find(Path file) {
        return Optional.ofNullable(seen.get(file));
    }
}
