package dev.yardmaster.tool;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A tool of which an application knows that some calls may be repeated. */
record RepeatableTool(Tool tool, Predicate<ToolCall> repeatable) implements Tool {

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public List<String> aliases() {
        return tool.aliases();
    }

    @Override
    public String description() {
        return tool.description();
    }

    @Override
    public Json parameters() {
        return tool.parameters();
    }

    @Override
    public Effect effect(ToolCall call) {
        Effect effect = tool.effect(call);
        boolean lowered = effect.compareTo(Effect.IDEMPOTENT) > 0 && repeatable.test(call);
        return lowered ? Effect.IDEMPOTENT : effect;
    }

    @Override
    public List<Access> accesses(ToolCall call, Workspace workspace) {
        return tool.accesses(call, workspace);
    }

    @Override
    public ToolResult run(ToolCall call, ToolContext context) throws Exception {
        return tool.run(call, context);
    }

    @Override
    public List<FileChange> foreseen(ToolCall call, Workspace workspace) throws Exception {
        return tool.foreseen(call, workspace);
    }

    @Override
    public int longestResult() {
        return tool.longestResult();
    }

    @Override
    public Json beforehand(ToolCall call, ToolContext context) throws Exception {
        return tool.beforehand(call, context);
    }

    @Override
    public Optional<ToolResult> probe(ToolCall call, Json beforehand, ToolContext context) throws Exception {
        return tool.probe(call, beforehand, context);
    }
}
