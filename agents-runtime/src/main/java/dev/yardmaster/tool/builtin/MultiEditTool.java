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
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces several texts in a file that was read before, in one move. */
final class MultiEditTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["file_path", "edits"],
             "properties": {
              "file_path": {"type": "string", "description": "The file to change: absolute, or relative to the workspace"},
              "edits": {"type": "array", "minItems": 1, "description": "Made in this order, each in what the one before it left",
               "items": {"type": "object", "additionalProperties": false, "required": ["old_string", "new_string"],
                "properties": {
                 "old_string": {"type": "string", "description": "The text to replace, exactly as it is in the file then"},
                 "new_string": {"type": "string", "description": "What takes its place"},
                 "replace_all": {"type": "boolean", "default": false, "description": "Replace every occurrence"}}}}}}
            """);

    @Override
    public String name() {
        return "MultiEdit";
    }

    @Override
    public String description() {
        return "Replaces several texts in one file. The file has to be read first. The edits are made one after the other,"
                + " each as Edit would; when one of them cannot be made, none is.";
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
        var replacements = new ArrayList<Replacement>();
        for (JsonNode each : arguments.find("edits").orElseThrow().as(JsonNode.class)) {
            replacements.add(new Replacement(
                    each.get("old_string").asText(),
                    each.get("new_string").asText(),
                    each.path("replace_all").asBoolean()));
        }
        return new FileEdit(FilePaths.required(arguments, "file_path", workspace), replacements);
    }
}
