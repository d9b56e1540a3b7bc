package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;

/** Creates a file or replaces one that was read before. */
final class WriteTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path", "content"], "properties": {
              "file_path": {"type": "string", "description": "The file to write: absolute, or relative to the workspace"},
              "content": {"type": "string", "description": "All of its new content"}}}
            """);

    @Override
    public String name() {
        return "Write";
    }

    @Override
    public String description() {
        return "Creates a file with this content, folders on the way included, or replaces a file's whole content. An"
                + " existing file has to be read first. To change a part of a file use Edit.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.PROBED;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        return List.of(FilePaths.writes(FilePaths.required(Arguments.of(this, call), "file_path", workspace)));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = FilePaths.required(arguments, "file_path", context.workspace());
        FilePaths.check(FilePaths.writes(file), context);
        String shown = context.workspace().shown(file.written());
        String content = arguments.text("content");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(content)) {
            return new ToolResult.Rejected(
                    "the content holds half a character (a lone surrogate), which no file can; leave it out");
        }
        try {
            if (!Files.exists(file.target(), LinkOption.NOFOLLOW_LINKS)) {
                return written(file, content.getBytes(StandardCharsets.UTF_8), context, "Created " + shown);
            }
            var known = ChangeableFile.read(file, context);
            if (!known.wasReadAsItIs() || !context.readFiles().sawWhole(file.target())) {
                return new ToolResult.Rejected(known.whyNot(shown));
            }
            return written(file, known.text().with(content).bytes(), context, "Replaced " + shown);
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage());
        }
    }

    @Override
    public List<FileChange> foreseen(ToolCall call, Workspace workspace) throws IOException {
        return FileProbe.seen(change(call, workspace));
    }

    @Override
    public Json beforehand(ToolCall call, ToolContext context) throws IOException {
        return Json.of(FileProbe.of(change(call, context.workspace())));
    }

    private FileChange change(ToolCall call, Workspace workspace) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = FilePaths.required(arguments, "file_path", workspace);
        Optional<byte[]> before = FileProbe.content(file, workspace);
        String content = arguments.text("content");
        byte[] after = before.map(bytes -> TextFile.of(bytes).with(content).bytes())
                .orElseGet(() -> content.getBytes(StandardCharsets.UTF_8));
        return new FileChange(workspace.shown(file.written()), before, Optional.of(after));
    }

    @Override
    public Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws IOException {
        var file = FilePaths.required(Arguments.of(this, call), "file_path", context.workspace());
        return FileProbe.look(beforehand, call, file, context);
    }

    private static ToolResult written(ResolvedPath file, byte[] bytes, ToolContext context, String done)
            throws IOException {
        context.workspace().write(file, bytes);
        context.readFiles().saw(file.target(), TextFile.sha256(bytes));
        long lines = new String(bytes, StandardCharsets.UTF_8).lines().count();
        return new ToolResult.Text(done + " (" + lines + (lines == 1 ? " line)" : " lines)"));
    }
}
