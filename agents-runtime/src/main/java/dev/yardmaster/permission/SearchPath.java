package dev.yardmaster.permission;

import dev.yardmaster.workspace.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the shell finds programs. What a command's name means is known only where the workspace does not get to say it. */
final class SearchPath {

    private static final String FOLDERS =
            Optional.ofNullable(System.getenv("PATH")).orElse("");

    private SearchPath() {}

    /** The file that a program's name means, links followed. */
    static Optional<Path> find(String program) {
        return files(program, FOLDERS).flatMap(file -> real(file).stream()).findFirst();
    }

    /** Whether the workspace holds a program of this name on the search path, as an activated environment does. */
    static boolean isTaken(String program, Workspace workspace) {
        return isTaken(program, workspace, FOLDERS);
    }

    static boolean isTaken(String program, Workspace workspace, String folders) {
        return files(program, folders)
                .flatMap(file -> Stream.concat(Stream.of(file), real(file).stream()))
                .anyMatch(workspace::contains);
    }

    private static Stream<Path> files(String program, String folders) {
        return Arrays.stream(folders.split(File.pathSeparator)).flatMap(folder -> {
            try {
                Path file = Path.of(folder).resolve(program);
                return file.isAbsolute() && Files.isExecutable(file) ? Stream.of(file) : Stream.empty();
            } catch (InvalidPathException e) {
                return Stream.empty();
            }
        });
    }

    private static Optional<Path> real(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
