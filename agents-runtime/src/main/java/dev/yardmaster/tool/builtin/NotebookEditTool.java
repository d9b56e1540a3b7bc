package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Replaces, inserts or deletes one cell of a notebook that was read before. */
final class NotebookEditTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["notebook_path", "new_source"], "properties": {
              "notebook_path": {"type": "string", "description": "The notebook to change: absolute, or relative to the workspace"},
              "cell_id": {"type": "string", "description": "The cell's id, or its number from 0; a new cell comes after it, or first without it"},
              "new_source": {"type": "string", "description": "All of the cell's new text; empty to delete it"},
              "cell_type": {"type": "string", "enum": ["code", "markdown"], "description": "Needed for a new cell"},
              "edit_mode": {"type": "string", "enum": ["replace", "insert", "delete"], "default": "replace"}}}
            """);

    @Override
    public String name() {
        return "NotebookEdit";
    }

    @Override
    public String description() {
        return "Changes one cell of a Jupyter notebook (.ipynb): replaces its text, inserts a cell after it, or deletes it. The notebook"
                + " has to be read first. What a replaced cell had put out is gone.";
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
        return List.of(FilePaths.writes(file(Arguments.of(this, call), workspace)));
    }

    private static ResolvedPath file(Arguments arguments, Workspace workspace) {
        ResolvedPath file = FilePaths.required(arguments, "notebook_path", workspace);
        if (!Notebook.isOne(file.written().toString())) {
            throw new InvalidArgumentsException("NotebookEdit: '" + workspace.shown(file.written())
                    + "' is no notebook (.ipynb); use Edit for other files");
        }
        return file;
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = file(arguments, context.workspace());
        FilePaths.check(FilePaths.writes(file), context);
        String shown = context.workspace().shown(file.written());
        try {
            var known = ChangeableFile.read(file, context);
            if (!known.wasReadAsItIs()) {
                return new ToolResult.Rejected(known.whyNot(shown));
            }
            Change change = change(arguments, known.text().text(), shown);
            if (!change.problem().isEmpty()) {
                return new ToolResult.Rejected(change.problem());
            }
            byte[] bytes = known.text().with(change.text()).bytes();
            context.workspace().write(file, bytes);
            Notebook.saw(file, bytes, context);
            return new ToolResult.Text(change.told() + " of " + shown);
        } catch (UnusablePathException e) {
            return new ToolResult.Failed(e.getMessage() + ". To make a new notebook use Write.");
        }
    }

    /**
     * What a call makes of a notebook.
     *
     * @param text the notebook's, changed
     * @param problem why it makes nothing of it; else empty
     */
    private record Change(String text, String told, String problem) {

        static Change problem(String what) {
            return new Change("", "", what);
        }
    }

    private static Change change(Arguments arguments, String text, String shown) {
        Optional<NotebookCells> notebook = NotebookCells.of(text);
        if (notebook.isEmpty()) {
            return Change.problem(
                    "'" + shown + "' is no notebook of nbformat 4 that can be read; read it with offset and"
                            + " limit, and use Edit");
        }
        NotebookCells cells = notebook.get();
        String mode = arguments.findText("edit_mode").orElse("replace");
        Optional<String> type = arguments.findText("cell_type");
        Optional<String> id = arguments.findText("cell_id").filter(each -> !each.isBlank());
        Optional<Integer> cell = id.flatMap(cells::find);
        if (id.isPresent() && cell.isEmpty()) {
            return Change.problem("there is no cell '" + id.get() + "' in '" + shown + "'; it has " + cells.count()
                    + ", which Read shows with their ids and numbers");
        }
        String source = arguments.text("new_source");
        if (mode.equals("insert")) {
            return type.isEmpty()
                    ? Change.problem("a new cell needs a cell_type: code or markdown")
                    : new Change(
                            cells.inserted(cell.orElse(-1), source, type.get()),
                            "Inserted a cell "
                                    + cell.map(at -> "after cell " + at).orElse("at the beginning"),
                            "");
        }
        if (cell.isEmpty()) {
            return Change.problem("to " + mode + " a cell, say which by cell_id");
        }
        return mode.equals("delete")
                ? new Change(cells.deleted(cell.get()), "Deleted cell " + cell.get(), "")
                : new Change(
                        cells.replaced(cell.get(), source, type.orElse(cells.type(cell.get()))),
                        "Replaced cell " + cell.get(),
                        "");
    }

    @Override
    public List<FileChange> foreseen(ToolCall call, Workspace workspace) throws IOException {
        return FileProbe.seen(whole(call, workspace));
    }

    @Override
    public Json beforehand(ToolCall call, ToolContext context) throws IOException {
        return Json.of(FileProbe.of(whole(call, context.workspace())));
    }

    /** What would become of the notebook; without an end where it would not be changed. */
    private FileChange whole(ToolCall call, Workspace workspace) throws IOException {
        Arguments arguments = Arguments.of(this, call);
        ResolvedPath file = file(arguments, workspace);
        Optional<byte[]> before = FileProbe.content(file, workspace);
        Optional<byte[]> after = before.map(TextFile::of).flatMap(text -> {
            Change change = change(arguments, text.text(), "");
            return change.problem().isEmpty()
                    ? Optional.of(text.with(change.text()).bytes())
                    : Optional.empty();
        });
        return new FileChange(workspace.shown(file.written()), before, after);
    }

    @Override
    public Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws IOException {
        return FileProbe.look(beforehand, call, file(Arguments.of(this, call), context.workspace()), context);
    }
}
