package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Change;
import dev.yardmaster.worktree.Leftovers;
import dev.yardmaster.worktree.NoWorktreeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What deleted runs have left in git: worktrees go, and branches whose work is in the workspace; what is not stays, and is told.
 *
 * @param unmerged whether that goes, too
 */
record Pruning(Caller caller, Screen screen, boolean unmerged) {

    private static final int FILES = 5;

    void of(List<RunSummary> deleted) throws InterruptedException {
        var stays = new ArrayList<Change>();
        for (var each : byWorkspace(deleted).entrySet()) {
            try {
                stays.addAll(Leftovers.in(Workspace.of(each.getKey())).clear(each.getValue(), unmerged));
            } catch (NoWorktreeException e) {
                continue; // so there are none
            }
        }
        if (stays.isEmpty()) {
            return;
        }
        screen.text(
                "",
                "Work that is not in the workspace stays on "
                        + (stays.size() == 1 ? "this branch:" : "these branches:"));
        for (Change each : stays) {
            screen.text("  ", SafeText.line(each.branch() + "  " + files(each.files())));
        }
        screen.text(
                "",
                "'git show BRANCH' shows it, 'git cherry-pick -n BRANCH' takes it over, 'git branch -D BRANCH' deletes it.");
    }

    private static String files(List<String> files) {
        return String.join(", ", files.subList(0, Math.min(FILES, files.size())))
                + (files.size() > FILES ? " and " + (files.size() - FILES) + " more" : "");
    }

    /** The runs' names by where they worked, as far as that is still there. */
    private Map<Path, List<String>> byWorkspace(List<RunSummary> runs) {
        var found = new LinkedHashMap<Path, List<String>>();
        for (RunSummary run : runs) {
            Path workspace = workspace(run);
            if (Files.isDirectory(workspace)) {
                found.computeIfAbsent(workspace, any -> new ArrayList<>())
                        .add(run.id().value());
            }
        }
        return found;
    }

    private Path workspace(RunSummary run) {
        try {
            return Errand.find(run.id(), run.labels())
                    .map(errand ->
                            errand.caller(caller).path(errand.workspace()).normalize())
                    .orElse(caller.folder());
        } catch (UsageException e) {
            return caller.folder(); // of another version
        }
    }
}
