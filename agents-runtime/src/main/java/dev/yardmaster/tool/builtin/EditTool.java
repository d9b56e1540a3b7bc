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
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Replaces a text in a file that was read before. */
final class EditTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path", "old_string", "new_string"],
             "properties": {
              "file_path": {"type": "string", "description": "The file to change: absolute, or relative to the workspace"},
              "old_string": {"type": "string", "description": "The text to replace, exactly as it is in the file"},
              "new_string": {"type": "string", "description": "What takes its place"},
              "replace_all": {"type": "boolean", "default": false, "description": "Replace every occurrence"}}}
            """);

    @Override
    public String name() {
        return "Edit";
    }

    @Override
    public String description() {
        return "Replaces a text in a file. The file has to be read first. old_string has to match exactly, blanks and"
                + " line breaks included, and to occur once, unless replace_all is set.";
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
        FileEdit edit = edit(call, workspace);
        return List.of(FilePaths.reads(edit.file()), FilePaths.writes(edit.file()));
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        return edit(call, context.workspace()).make(context);
    }

    @Override
    public List<FileChange> foreseen(ToolCall call, Workspace workspace) throws IOException {
        return FileProbe.seen(edit(call, workspace).change(workspace));
    }

    @Override
    public Json beforehand(ToolCall call, ToolContext context) throws IOException {
        return edit(call, context.workspace()).beforehand(context);
    }

    @Override
    public Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws IOException {
        return FileProbe.look(beforehand, call, edit(call, context.workspace()).file(), context);
    }

    private FileEdit edit(ToolCall call, Workspace workspace) {
        Arguments arguments = Arguments.of(this, call);
        var replacement = new Replacement(
                arguments.text("old_string"), arguments.text("new_string"), arguments.flag("replace_all"));
        return new FileEdit(FilePaths.required(arguments, "file_path", workspace), List.of(replacement));
    }
}
