package dev.yardmaster.tool.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.GlobPattern;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows what is in a folder. */
final class ListTool implements Tool {

    private static final int MAX_RESULTS = 1_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "properties": {
              "path": {"type": "string", "description": "The folder: absolute, or relative to the workspace; the workspace when left out"},
              "ignore": {"type": "array", "items": {"type": "string"}, "description": "Names to leave out, as patterns such as *.class"}}}
            """);

    @Override
    public String name() {
        return "LS";
    }

    @Override
    public String description() {
        return "Shows the names in a folder, sorted, at most 1,000; a folder's ends with /, a link's with @. Hidden and"
                + " ignored files are shown, too. To look below use Glob.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.READ_ONLY;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        return List.of(FilePaths.reads(FilePaths.folder(Arguments.of(this, call), workspace)));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath folder = FilePaths.folder(arguments, context.workspace());
        FilePaths.check(FilePaths.reads(folder), context);
        if (!Files.isDirectory(folder.target())) {
            return new ToolResult.Failed(
                    "'" + context.workspace().shown(folder.written()) + "' is no folder; name an existing one");
        }
        var ignored = new ArrayList<GlobPattern>();
        arguments
                .find("ignore")
                .ifPresent(globs ->
                        globs.as(JsonNode.class).forEach(glob -> ignored.add(FilePaths.glob(name(glob.asText())))));
        return new ToolResult.Text(text(names(folder.target(), ignored, context)));
    }

    /** The pattern of a name; models also write {@code node_modules/} and {@code **}{@code /*.class}. */
    private static String name(String glob) {
        String open = glob.startsWith("**/") ? glob.substring(3) : glob;
        return open.endsWith("/") ? open.substring(0, open.length() - 1) : open;
    }

    private static List<String> names(Path folder, List<GlobPattern> ignored, ToolContext context) throws IOException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean shown = ignored.stream().noneMatch(glob -> glob.matches(name))
                        && context.grant().covers(new Access.Reads(entry, entry));
                if (shown) {
                    names.add(Workspace.visible(name) + kind(entry));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }

    private static String kind(Path entry) {
        if (Files.isSymbolicLink(entry)) {
            return "@";
        }
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? "/" : "";
    }

    private static String text(List<String> names) {
        if (names.isEmpty()) {
            return "(nothing to show)";
        }
        String shown = String.join("\n", names.subList(0, Math.min(MAX_RESULTS, names.size())));
        return names.size() <= MAX_RESULTS
                ? shown
                : shown + "\n(" + (names.size() - MAX_RESULTS) + " more; use Glob with a pattern)";
    }
}
