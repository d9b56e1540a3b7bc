package dev.yardmaster.definition;

import dev.yardmaster.event.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names of tools that the format knows, and which of them are to be had here. */
final class ToolNames {

    /** Every tool that the published documentation of the format names, old names included. */
    static final Set<String> OF_THE_FORMAT = Set.of(
            "Agent",
            "Artifact",
            "AskUserQuestion",
            "Bash",
            "BashOutput",
            "CronCreate",
            "CronDelete",
            "CronList",
            "Edit",
            "EndConversation",
            "EnterPlanMode",
            "EnterWorktree",
            "ExitPlanMode",
            "ExitWorktree",
            "Glob",
            "Grep",
            "KillBash",
            "KillShell",
            "LS",
            "LSP",
            "ListMcpResourcesTool",
            "Monitor",
            "MultiEdit",
            "NotebookEdit",
            "NotebookRead",
            "PowerShell",
            "Read",
            "ReadMcpResourceTool",
            "ScheduleWakeup",
            "SendMessage",
            "Skill",
            "SlashCommand",
            "Task",
            "TaskCreate",
            "TaskGet",
            "TaskList",
            "TaskOutput",
            "TaskStop",
            "TaskUpdate",
            "TodoRead",
            "TodoWrite",
            "ToolSearch",
            "WaitForMcpServers",
            "WebFetch",
            "WebSearch",
            "Workflow",
            "Write");

    private static final int LONGEST_GUESSED = 40;

    private final Set<String> available = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    ToolNames(Collection<String> available) {
        this.available.addAll(available);
        known.addAll(OF_THE_FORMAT);
        known.addAll(available);
    }

    /** {@code Bash} of {@code Bash(git:*)}. */
    static String base(String entry) {
        int open = entry.indexOf('(');
        return open < 0 ? entry : entry.substring(0, open).strip();
    }

    /** The tools that an entry may hold to a part: {@code Bash(git:*)}, {@code Agent(reviewer)}. */
    private static final Set<String> HELD =
            Set.of("agent", "task", "bash", "read", "edit", "write", "multiedit", "webfetch", "skill");

    /** Whether there is no specifier, or one for a tool that takes some. */
    static boolean canBeHeld(String entry) {
        return entry.indexOf('(') < 0 || HELD.contains(base(entry).toLowerCase(Locale.ROOT));
    }

    boolean isKnown(String entry) {
        String base = base(entry);
        return base.equals("*") || isOfServer(base) || known.contains(base);
    }

    boolean isAvailable(String entry) {
        String base = base(entry);
        return base.equals("*") || available.contains(base);
    }

    Optional<String> meant(String entry) {
        String base = base(entry);
        return base.length() > LONGEST_GUESSED ? Optional.empty() : DidYouMean.find(base, known);
    }

    List<String> availableNames() {
        return new ArrayList<>(available);
    }

    /** {@code mcp__server}, {@code mcp__server__*}, {@code mcp__server__tool}. */
    private static boolean isOfServer(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("mcp__");
    }
}
