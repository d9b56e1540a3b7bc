package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What something is laid over in a sandbox, links followed and as far as it exists.
 *
 * @param around what looks empty and is in no folder that can be written; such a folder may be in it, and is laid over it
 * @param inside what looks empty in one of these
 * @param readOnly what cannot be changed in one of these
 */
record Covered(List<Path> around, List<Path> inside, List<Path> readOnly) {

    static Covered of(Sandbox sandbox, Collection<Path> writable) {
        List<Path> hidden = real(sandbox.hidden());
        return new Covered(
                hidden.stream().filter(path -> !isIn(path, writable)).toList(),
                hidden.stream().filter(path -> isIn(path, writable)).toList(),
                real(sandbox.readOnly()).stream()
                        .filter(path -> isIn(path, writable))
                        .toList());
    }

    /** What looks like an empty folder. */
    List<Path> folders() {
        return Stream.concat(around.stream(), inside.stream())
                .filter(Files::isDirectory)
                .toList();
    }

    private static boolean isIn(Path path, Collection<Path> folders) {
        return folders.stream().anyMatch(path::startsWith);
    }

    private static List<Path> real(List<Path> paths) {
        return paths.stream()
                .flatMap(path -> {
                    try {
                        return Optional.of(path.toRealPath()).stream();
                    } catch (IOException e) {
                        return Stream.empty(); // nobody reads what is not there
                    }
                })
                .distinct()
                .toList();
    }
}
