package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Leftover;
import dev.yardmaster.worktree.Leftovers;
import dev.yardmaster.worktree.NoWorktreeException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs that are about to be deleted have left in git: worktrees go, and branches whose work is in the workspace; what is
 * not stays, and is told.
 *
 * @param unmerged whether that goes, too
 */
record Pruning(Caller caller, boolean unmerged) {

    private static final int FILES = 5;

    /**
     * What came of it.
     *
     * @param stays what did not go
     * @param elsewhere runs that were started with another store, as in the repository that this one is a copy of, by where
     *     they worked: what they left is theirs to whom that belongs
     */
    record Cleared(List<Leftover> stays, Map<Path, List<String>> elsewhere) {

        /** The runs that cannot be deleted, as nobody would know of what they left. */
        Set<RunId> inTrouble() {
            return inTrouble(true).stream().map(each -> new RunId(each.run())).collect(Collectors.toSet());
        }

        private List<Leftover> inTrouble(boolean it) {
            return stays.stream()
                    .filter(each -> each.trouble().isPresent() == it)
                    .toList();
        }

        void tell(Screen screen) {
            elsewhere.forEach((folder, runs) -> screen.text(
                    "",
                    SafeText.line("left alone: what " + runs.size() + (runs.size() == 1 ? " run" : " runs")
                            + " may have left in " + folder + ", as it was not started from here")));
            List<Leftover> work = inTrouble(false);
            if (!work.isEmpty()) {
                screen.text(
                        "",
                        "Work that is not in the workspace stays on "
                                + (work.size() == 1 ? "this branch:" : "these branches:"));
                for (Leftover each : work) {
                    screen.text("  ", SafeText.line(each.branch() + "  " + files(each.files())));
                }
                screen.text(
                        "",
                        "'git show BRANCH' shows it, 'git cherry-pick -n BRANCH' takes it over, 'git branch -D BRANCH' deletes it.");
            }
            List<Leftover> trouble = inTrouble(true);
            if (!trouble.isEmpty()) {
                screen.text("", "This could not be cleared, so that it stays, and its run:");
                for (Leftover each : trouble) {
                    screen.text(
                            "  ",
                            SafeText.line(each.branch() + "  " + each.trouble().orElse("")));
                }
            }
        }
    }

    Cleared clear(List<RunSummary> runs) throws InterruptedException {
        var stays = new ArrayList<Leftover>();
        var elsewhere = new LinkedHashMap<Path, List<String>>();
        var here = new LinkedHashMap<Path, List<String>>();
        for (RunSummary run : runs) {
            Optional<Errand> errand = errand(run);
            Path workspace = errand.map(
                            each -> each.caller(caller).path(each.workspace()).normalize())
                    .orElse(caller.folder());
            if (Files.isDirectory(workspace)) {
                boolean ours = errand.map(each -> Store.same(caller, each.caller(caller)))
                        .orElse(true);
                (ours ? here : elsewhere)
                        .computeIfAbsent(workspace, any -> new ArrayList<>())
                        .add(run.id().value());
            }
        }
        for (var each : here.entrySet()) {
            Optional<Leftovers> left = in(each.getKey());
            if (left.isPresent()) {
                stays.addAll(cleared(left.get(), each.getValue()));
            }
        }
        return new Cleared(stays, elsewhere);
    }

    /** Where a whole repository is in trouble, its runs stay, and those of others do not wait for it. */
    private List<Leftover> cleared(Leftovers left, List<String> runs) throws InterruptedException {
        try {
            return left.clear(runs, unmerged);
        } catch (NoWorktreeException | UncheckedIOException e) {
            String trouble = FileTrouble.told(e);
            return runs.stream()
                    .map(run -> new Leftover(run, "yardmaster/" + run, List.of(), Optional.of(trouble)))
                    .toList();
        }
    }

    private static Optional<Leftovers> in(Path workspace) throws InterruptedException {
        try {
            return Optional.of(Leftovers.in(Workspace.of(workspace)));
        } catch (NoWorktreeException e) {
            return Optional.empty(); // so there are none
        }
    }

    private static Optional<Errand> errand(RunSummary run) {
        try {
            return Errand.find(run.id(), run.labels());
        } catch (UsageException e) {
            return Optional.empty(); // of another version
        }
    }

    private static String files(List<String> files) {
        return String.join(", ", files.subList(0, Math.min(FILES, files.size())))
                + (files.size() > FILES ? " and " + (files.size() - FILES) + " more" : "");
    }
}
