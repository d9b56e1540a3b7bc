package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** Keeps an agent's list of tasks. The list before is that of its last call, which is recorded: nothing else holds it. */
final class TodoWriteTool implements Tool {

    private static final Json PARAMETERS = Json.parse("""
            {"type": "object", "additionalProperties": false, "required": ["todos"], "properties": {
              "todos": {"type": "array", "description": "The whole list as it is now", "items": {
               "type": "object", "additionalProperties": false, "required": ["content", "status", "activeForm"],
               "properties": {
                "content": {"type": "string", "description": "What is to be done, such as Run the tests"},
                "status": {"type": "string", "enum": ["pending", "in_progress", "completed"]},
                "activeForm": {"type": "string", "description": "What is shown while it is done, such as Running the tests"}}}}}}
            """);

    @Override
    public String name() {
        return "TodoWrite";
    }

    @Override
    public String description() {
        return "Writes down your tasks and how far they are: the whole list each time. Use it for work of several steps; mark a"
                + " task in_progress before you begin it and completed as soon as it is done.";
    }

    @Override
    public Json parameters() {
        return PARAMETERS;
    }

    @Override
    public Effect effect(ToolCall call) {
        return Effect.IDEMPOTENT;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        Arguments.of(this, call);
        return List.of(new Access.Own());
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) {
        TodoList now = list(call);
        Optional<TodoList> before = context.desk().lastCall(this).map(this::list);
        now.working().ifPresent(context.progress());
        return new ToolResult.Text(now.text(before.orElse(TodoList.empty())));
    }

    private TodoList list(ToolCall call) {
        return TodoList.of(Arguments.of(this, call).find("todos").orElseThrow());
    }
}
