package dev.yardmaster.definition;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.file.Path;

/** A folder of agent files that somebody named cannot be read. */
public final class AgentFolderException extends YardmasterException {

    private static final long serialVersionUID = 1;

    private final transient Path folder;

    AgentFolderException(Path folder, String problem, String remedy) {
        super("agents from " + Quoted.path(folder.toString()) + ": " + problem + "; " + remedy);
        this.folder = folder;
    }

    AgentFolderException(Path folder, IOException cause) {
        super(
                "agents from " + Quoted.path(folder.toString()) + " cannot be read (" + FileTrouble.of(cause)
                        + "); check the permissions of the folder",
                cause);
        this.folder = folder;
    }

    /** The folder, or file, that was named. */
    public Path folder() {
        return folder;
    }
}
