package dev.yardmaster.workspace;

import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that tools may touch. Paths are resolved for real, links followed, before anybody decides about them. */
public final class Workspace {

    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    /**
     * A workspace on an existing folder.
     *
     * @throws YardmasterException when it does not exist, is no folder or cannot be read
     */
    public static Workspace of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new YardmasterException("the workspace '" + folder + "' "
                    + (Files.exists(folder) ? "is not a folder" : "does not exist") + "; name an existing folder");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new YardmasterException(
                    "the workspace '" + folder + "' cannot be read; check its permissions or name another folder");
        }
        try {
            return new Workspace(folder.toRealPath());
        } catch (IOException e) {
            throw new YardmasterException("the workspace '" + folder + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The real path of the folder. */
    public Path root() {
        return root;
    }
}
