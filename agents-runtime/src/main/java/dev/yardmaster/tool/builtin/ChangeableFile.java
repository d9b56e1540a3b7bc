package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.Optional;

/**
 * A file that is about to be changed, beside what the agent knows of it.
 *
 * @param bytes its content now
 * @param seen the hash of its content when the agent last saw some of it
 */
record ChangeableFile(byte[] bytes, Optional<String> seen) {

    private static final long MAX_BYTES = 20L * 1024 * 1024;

    /** @throws dev.yardmaster.workspace.UnusablePathException when it is no regular file or too large */
    static ChangeableFile read(ResolvedPath file, ToolContext context) throws IOException {
        return new ChangeableFile(
                read(file, context.workspace()), context.readFiles().find(file.target()));
    }

    /** Its content alone. */
    static byte[] read(ResolvedPath file, Workspace workspace) throws IOException {
        return workspace.read(file, MAX_BYTES);
    }

    TextFile text() {
        return TextFile.of(bytes);
    }

    boolean wasRead() {
        return seen.isPresent();
    }

    boolean wasReadAsItIs() {
        return seen.equals(Optional.of(TextFile.sha256(bytes)));
    }

    String whyNot(String shown) {
        if (!wasRead()) {
            return "'" + shown + "' exists and was not read; read it first";
        }
        return wasReadAsItIs()
                ? "'" + shown + "' was not read whole; read the rest first"
                : "'" + shown + "' has changed on disk since you read it; read it again first";
    }
}
