package dev.yardmaster.tool.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The file that says who knows the names of hosts. */
final class Resolver {

    private Resolver() {}

    /** Where it really is, if that is among what is hidden from a sandbox. */
    static Optional<String> outside() {
        try {
            Path file = Path.of("/etc/resolv.conf").toRealPath();
            return file.startsWith("/run") ? Optional.of(file.toString()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
