package dev.yardmaster.tool.builtin;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Finds files by name. */
final class GlobTool implements Tool {

    private static final int MAX_RESULTS = 100;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["pattern"], "properties": {
              "pattern": {"type": "string", "description": "Such as **/*.py or src/**/{a,b}.ts; a pattern without / matches names in every folder"},
              "path": {"type": "string", "description": "The folder to search; the workspace when left out"}}}
            """);

    @Override
    public String name() {
        return "Glob";
    }

    @Override
    public String description() {
        return "Finds files whose path matches a pattern; newest first, at most 100. Hidden and ignored files are found, too.";
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

    private record Found(Path file, long modified) {}

    /** As many as are shown, whatever their number is. */
    private static final class Newest {

        private static final Comparator<Found> ORDER =
                Comparator.comparingLong(Found::modified).reversed().thenComparing(Found::file);

        private final PriorityQueue<Found> kept = new PriorityQueue<>(ORDER.reversed());
        private long count;

        void add(Found found) {
            count++;
            kept.add(found);
            if (kept.size() > MAX_RESULTS) {
                kept.remove();
            }
        }

        List<Found> inOrder() {
            return kept.stream().sorted(ORDER).toList();
        }
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException, InterruptedException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath folder = FilePaths.folder(arguments, context.workspace());
        FilePaths.check(FilePaths.reads(folder), context);
        if (!Files.isDirectory(folder.target())) {
            return new ToolResult.Failed(
                    "'" + context.workspace().shown(folder.written()) + "' is no folder; name an existing one");
        }
        GlobPattern glob = FilePaths.glob(below(arguments.text("pattern"), folder));
        var found = new Newest();
        var tree = FileTree.of(context.workspace(), folder.target());
        tree.visit(file -> {
            Path path = file.path();
            if (glob.matches(file.relative()) && context.grant().covers(new Access.Reads(path, path))) {
                found.add(new Found(path, file.attributes().lastModifiedTime().toMillis()));
            }
        });
        return new ToolResult.Text(text(found, tree, context.workspace()));
    }

    /** A pattern for paths below the folder; models also write {@code ./src/*.py} and absolute ones. */
    private static String below(String pattern, ResolvedPath folder) {
        String written = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        for (Path start : List.of(folder.written(), folder.target())) {
            if (written.startsWith(start + "/")) {
                return written.substring(start.toString().length() + 1);
            }
        }
        return written.contains("/") ? written : "**/" + written;
    }

    private static String text(Newest found, FileTree tree, Workspace workspace) {
        if (found.count == 0) {
            return tree.isComplete() ? "No files found" : "No files found before the search was stopped";
        }
        var lines = new ArrayList<>(found.inOrder().stream()
                .map(each -> workspace.shown(each.file()))
                .toList());
        if (found.count > MAX_RESULTS) {
            lines.add("(" + (found.count - MAX_RESULTS) + " more; use a narrower pattern)");
        }
        if (!tree.isComplete()) {
            lines.add("(the search was stopped early; use a narrower path)");
        }
        return String.join("\n", lines);
    }
}
