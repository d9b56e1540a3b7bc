package dev.yardmaster.tool;

import dev.yardmaster.workspace.Sandbox;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the commands of a call are kept in, and where they leave what became of them.
 *
 * @param folder of this call alone, outside of what commands may change in a sandbox, and the same again after a crash;
 *     it need not exist. Empty where nobody would look for it
 */
public record Confinement(Sandbox sandbox, Optional<Path> folder) {

    private static final Confinement PLAIN = new Confinement(Sandbox.off(), Optional.empty());

    /** No sandbox, and nothing that outlasts a crash. */
    public static Confinement plain() {
        return PLAIN;
    }
}
