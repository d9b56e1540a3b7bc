package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells by content hashes whether a file was changed as a call would have changed it. Files are replaced whole, so that
 * there is no third possibility but somebody else's change.
 *
 * @param before the SHA-256 of the content before the call, in hexadecimal; empty when there was no file
 * @param after that of the content it would write; empty when the call would change nothing
 */
record FileProbe(String before, String after) {

    static FileProbe of(Optional<byte[]> before, Optional<byte[]> after) {
        return new FileProbe(
                before.map(TextFile::sha256).orElse(""),
                after.map(TextFile::sha256).orElse(""));
    }

    static FileProbe of(FileChange change) {
        return of(change.before(), change.after());
    }

    /** The content of a file; empty when there is none. */
    static Optional<byte[]> content(ResolvedPath file, Workspace workspace) throws IOException {
        return Files.exists(file.target(), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(ChangeableFile.read(file, workspace))
                : Optional.empty();
    }

    /** A change for a person to look at; none where nothing would be changed. */
    static List<FileChange> seen(FileChange change) {
        boolean changes = change.after().isPresent()
                && !change.before()
                        .map(now -> Arrays.equals(now, change.after().get()))
                        .orElse(false);
        return changes ? List.of(change) : List.of();
    }

    /** See {@link dev.yardmaster.tool.Tool#probe}. */
    static Optional<ToolResult> look(Json recorded, ToolCall call, ResolvedPath file, ToolContext context)
            throws IOException {
        if (recorded.isNull()) {
            return Optional.of(ToolResult.InDoubt.of(call));
        }
        var probe = recorded.as(FileProbe.class);
        String now = content(file, context.workspace()).map(TextFile::sha256).orElse("");
        if (!probe.after.isEmpty() && now.equals(probe.after)) {
            context.readFiles().saw(file.target(), now);
            return Optional.of(new ToolResult.Text(
                    "Done: '" + context.workspace().shown(file.written()) + "' holds what was to be written."));
        }
        return now.equals(probe.before) ? Optional.empty() : Optional.of(ToolResult.InDoubt.of(call));
    }
}
