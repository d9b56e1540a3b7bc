package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;

/** Shows a text file with line numbers. */
final class ReadTool implements Tool {

    private static final long MAX_BYTES = 50L * 1024 * 1024;
    private static final int DEFAULT_LINES = 2_000;
    private static final int MAX_LINE = 2_000;
    /** About 25,000 tokens. */
    private static final int MAX_CHARS = 100_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path"], "properties": {
              "file_path": {"type": "string", "description": "The file to read: absolute, or relative to the workspace"},
              "offset": {"type": "integer", "description": "The first line to show, from 1"},
              "limit": {"type": "integer", "description": "How many lines to show"}}}
            """);

    @Override
    public String name() {
        return "Read";
    }

    @Override
    public String description() {
        return "Shows a text file, each line with its number. Shows 2,000 lines unless told otherwise; longer files are"
                + " read in pieces with offset and limit. A file has to be read whole before it is changed.";
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
        return List.of(FilePaths.reads(FilePaths.required(Arguments.of(this, call), "file_path", workspace)));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = FilePaths.required(arguments, "file_path", context.workspace());
        byte[] bytes;
        try {
            bytes = context.workspace().read(file, MAX_BYTES);
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage() + ". Use Glob to find files, Bash with ls to list a folder.");
        }
        if (TextFile.isBinary(bytes)) {
            return new ToolResult.Failed(
                    "'" + context.workspace().shown(file.written()) + "' is binary (" + bytes.length + " bytes)");
        }
        List<String> lines = TextFile.of(bytes).text().lines().toList();
        long first = Math.max(1, arguments.findInteger("offset").orElse(1L));
        long limit = Math.max(1, arguments.findInteger("limit").orElse((long) DEFAULT_LINES));
        var page = new Page(lines, first, limit);
        if (page.isWhole()) {
            context.readFiles().saw(file.target(), TextFile.sha256(bytes));
        }
        return new ToolResult.Text(page.text());
    }

    /** A piece of a file. */
    private static final class Page {

        private final List<String> lines;
        private final long first;
        private final StringBuilder shown = new StringBuilder();
        private long last;
        private boolean cut;

        Page(List<String> lines, long first, long limit) {
            this.lines = lines;
            this.first = first;
            this.last = first - 1;
            long end = Math.min(lines.size(), first - 1 + limit);
            while (last < end && shown.length() < MAX_CHARS) {
                add(lines.get((int) last));
                last++;
            }
        }

        private void add(String line) {
            shown.append(String.format("%6d\t", last + 1));
            if (line.length() > MAX_LINE) {
                cut = true;
                shown.append(line, 0, MAX_LINE)
                        .append(" … (line cut: ")
                        .append(line.length())
                        .append(" characters)");
            } else {
                shown.append(line);
            }
            shown.append('\n');
        }

        boolean isWhole() {
            return first == 1 && last == lines.size() && !cut;
        }

        String text() {
            if (lines.isEmpty()) {
                return "(the file is empty)";
            }
            if (first > lines.size()) {
                return "(the file has " + lines.size() + " lines; there is nothing from line " + first + " on)";
            }
            String body = shown.toString();
            return last < lines.size()
                    ? body + "(PARTIAL view: lines " + first + " to " + last + " of " + lines.size()
                            + "; go on with offset " + (last + 1) + ")\n"
                    : body;
        }
    }
}
