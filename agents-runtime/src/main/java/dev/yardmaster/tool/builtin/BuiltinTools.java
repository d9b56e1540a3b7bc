package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.tool.web.WebFetchTool;

/** The tools that agent files expect, with the names, parameters and limits they expect. */
public final class BuiltinTools {

    private BuiltinTools() {}

    /** Read, Write, Edit, MultiEdit, NotebookEdit, LS, Glob, Grep, Bash, BashOutput, KillShell, WebFetch, TodoWrite, AskUserQuestion, Agent. */
    public static ToolSet all() {
        return ToolSet.of(
                new ReadTool(),
                new WriteTool(),
                new EditTool(),
                new MultiEditTool(),
                new NotebookEditTool(),
                new ListTool(),
                new GlobTool(),
                new GrepTool(),
                new BashTool(),
                new BashOutputTool(),
                new KillShellTool(),
                new WebFetchTool(),
                new TodoWriteTool(),
                new AskUserQuestionTool(),
                new AgentTool());
    }

    /** Whether a tool is one of these. */
    public static boolean isOne(Tool tool) {
        return tool.getClass().getPackageName().equals(BuiltinTools.class.getPackageName());
    }
}
