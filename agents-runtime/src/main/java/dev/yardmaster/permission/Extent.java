package dev.yardmaster.permission;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a policy is about: all calls, or those of one tool; and a folder that is the agent's own.
 *
 * @param tool the only tool whose calls it decides about
 * @param own the folder
 * @param changed whether files in it are changed without asking, or only read
 */
record Extent(Optional<String> tool, Optional<Path> own, boolean changed) {

    static final Extent ALL = new Extent(Optional.empty(), Optional.empty(), false);

    Extent of(String name) {
        return new Extent(Optional.of(name), own, changed);
    }

    /** The folder counts where it really is: behind a link it would be somebody else's. */
    Extent owning(Path folder, boolean change) {
        return new Extent(tool, Optional.of(folder), change);
    }

    boolean isWhole() {
        return tool.isEmpty();
    }

    boolean covers(Tool called) {
        return tool.map(called.name()::equals).orElse(true);
    }

    String shown() {
        return tool.map(only -> only + " in ").orElse("");
    }

    boolean owns(Access.Reads reads) {
        return isIn(reads.written(), reads.target());
    }

    boolean owns(Access.Writes writes) {
        return changed && isIn(writes.written(), writes.target());
    }

    private boolean isIn(Path written, Path target) {
        if (own.isEmpty()) {
            return false;
        }
        Path folder = own.get();
        Path real = real(folder);
        return written.startsWith(folder)
                && target.startsWith(real)
                && real.equals(folder)
                && ProtectedPaths.areFree(folder.relativize(written));
    }

    private static Path real(Path folder) {
        try {
            return Files.exists(folder) ? folder.toRealPath() : folder;
        } catch (IOException e) {
            return Path.of(""); // nothing lies in it
        }
    }
}
