package dev.yardmaster.tool.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of the system, looked for where only it puts any: a search path may lead to anybody's. */
final class SystemProgram {

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));

    private static final int STICKY = 01000;
    /** By the group or by everybody. */
    private static final int WRITABLE = 0022;

    private SystemProgram() {}

    static Optional<String> find(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /**
     * The same, and then on a search path, where root alone can have put it (as on NixOS): neither the program nor a folder
     * above it can be replaced by others.
     */
    static Optional<String> findOfRoot(String name, @Nullable String searchPath) {
        return find(name)
                .or(() -> Stream.of(String.valueOf(searchPath).split(File.pathSeparator))
                        .filter(folder -> folder.startsWith("/") && folder.indexOf('\0') < 0)
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .flatMap(program -> real(program).stream())
                        .filter(SystemProgram::isOfRoot)
                        .map(Path::toString)
                        .findFirst());
    }

    private static Optional<Path> real(Path program) {
        try {
            return Optional.of(program.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfRoot(Path program) {
        try {
            for (Path each = program; each != null; each = each.getParent()) {
                int mode = (int) Files.getAttribute(each, "unix:mode");
                boolean shared =
                        (mode & STICKY) != 0 && Files.isDirectory(each); // nobody replaces what is root's in there
                if (!Integer.valueOf(0).equals(Files.getAttribute(each, "unix:uid"))
                        || (mode & WRITABLE) != 0 && !shared) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
