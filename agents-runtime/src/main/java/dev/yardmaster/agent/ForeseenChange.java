package dev.yardmaster.agent;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.workspace.FileChange;
import dev.yardmaster.workspace.UnifiedDiff;
import dev.yardmaster.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call would change, as a person sees it who is asked about it. It is recorded with the decision to ask, so that whoever
 * answers, wherever and whenever, sees the same; and the call runs only if the files are as they were then.
 *
 * @param files the state of the files that it was made of
 * @param diff as {@code diff -u} shows it; of a very long one the beginning, and how many lines are not there
 */
record ForeseenChange(String files, String diff) {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_CHARACTERS = 60_000;

    /** Empty where the tool cannot tell it before, or nothing would change. */
    static Optional<ForeseenChange> of(Tool tool, ToolCall call, List<Access> accesses, Workspace workspace) {
        String before = WrittenFiles.state(accesses);
        List<FileChange> changes;
        try {
            changes = tool.foreseen(call, workspace);
        } catch (Exception e) {
            return Optional.empty(); // the tool itself will say what is wrong, should it be let run
        }
        return changes.isEmpty() ? Optional.empty() : Optional.of(new ForeseenChange(before, diff(changes)));
    }

    private static String diff(List<FileChange> changes) {
        var lines = new ArrayList<String>();
        changes.forEach(each -> lines.addAll(UnifiedDiff.of(each)));
        int shown = 0;
        int characters = 0;
        while (shown < Math.min(lines.size(), MOST_LINES) && characters <= MOST_CHARACTERS) {
            characters += lines.get(shown).length() + 1;
            shown++;
        }
        if (characters > MOST_CHARACTERS) {
            shown--;
        }
        String text = String.join("\n", lines.subList(0, shown));
        return shown == lines.size() ? text : text + "\n… and " + (lines.size() - shown) + " more lines";
    }
}
