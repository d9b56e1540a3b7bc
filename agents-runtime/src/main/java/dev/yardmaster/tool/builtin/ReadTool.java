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
import java.nio.channels.Channels;
import java.util.List;

/** Shows a text file with line numbers. */
final class ReadTool implements Tool {

    private static final long DEFAULT_LINES = 2_000;

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path"], "properties": {
              "file_path": {"type": "string", "description": "The file to read: absolute, or relative to the workspace"},
              "offset": {"type": "integer", "description": "The first line to show, from 1"},
              "limit": {"type": "integer", "description": "How many lines to show"},
              "pages": {"type": "string", "description": "Accepted for other files' sake; text has no pages"}}}
            """);

    @Override
    public String name() {
        return "Read";
    }

    @Override
    public String description() {
        return "Shows a text file, each line with its number. Shows 2,000 lines unless told otherwise; longer files are"
                + " read in pieces with offset and limit. What is to be changed has to be read first.";
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
        FilePaths.check(FilePaths.reads(file), context);
        String shown = context.workspace().shown(file.written());
        long first = Math.clamp(arguments.findInteger("offset").orElse(1L), 1, Integer.MAX_VALUE / 2);
        long limit = Math.clamp(arguments.findInteger("limit").orElse(DEFAULT_LINES), 1, Integer.MAX_VALUE / 2);
        TextPage page;
        try (var channel = context.workspace().open(file)) {
            page = TextPage.read(Channels.newInputStream(channel), first, limit);
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage() + ". Use Glob to find files, Bash with ls to list a folder.");
        }
        if (page.isBinary()) {
            return new ToolResult.Failed("'" + shown + "' is binary; look at it with a program that knows its format");
        }
        remember(page, file, (int) first, context);
        return new ToolResult.Text(page.text());
    }

    private static void remember(TextPage page, ResolvedPath file, int first, ToolContext context) {
        if (page.total() == 0 || page.last() >= first) {
            context.readFiles().saw(file.target(), page.sha256(), first, page.last(), page.total());
        }
    }
}
