package dev.yardmaster.cli.command;

import dev.yardmaster.cli.output.Times;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.journal.UnknownRunException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What was run here. */
@Command(
        name = "runs",
        header = "List what was run here",
        description = {
            "The newest first: its name, where it stands, since when, and its task. Runs are recorded in .yardmaster/ of"
                    + " the repository, or of the working folder. --prune DAYS deletes those that ended so many days ago, with"
                    + " their git worktrees; work that is not in the workspace stays on its branch.",
            "",
            "Example:",
            "  yardmaster runs"
        })
final class RunsCommand implements Callable<Integer> {

    private static final int SHOWN = 50;

    @Mixin
    private Common common;

    @Option(names = "--all", description = "All of them, not only the newest " + SHOWN)
    private boolean all;

    @Option(
            names = "--prune",
            paramLabel = "DAYS",
            description = "Delete the runs that ended so many days ago or earlier")
    private @Nullable Integer prune;

    @Option(
            names = "--unmerged",
            description = "With --prune: delete branches of those runs, too, whose work is not in the workspace")
    private boolean unmerged;

    @Option(
            names = "--json",
            description =
                    "One JSON object a line for every run; with --prune one that tells what was deleted (docs/json.md)")
    private boolean json;

    RunsCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (unmerged && prune == null) {
            throw new UsageException("--unmerged is for branches of runs that are deleted; add --prune DAYS");
        }
        Screen screen = common.screen();
        try (var journal = Store.existing(common.caller())) {
            if (prune != null) {
                return prune(journal, screen, prune);
            }
            List<RunSummary> runs =
                    journal.runs(all ? RunQuery.all() : RunQuery.all().newest(SHOWN));
            if (json) {
                runs.forEach(run -> RunJson.write(common.caller().out(), journal, run));
                return Exit.DONE;
            }
            for (RunSummary run : runs) {
                String line = run.id() + "  " + padded(word(run)) + "  " + padded(since(run)) + "  "
                        + SafeText.line(Errand.task(run));
                screen.line(Columns.cut(line, screen.width()));
            }
            if (!all && runs.size() == SHOWN) {
                screen.line("the newest " + SHOWN + "; --all lists all of them");
            }
            if (runs.isEmpty()) {
                screen.line("nothing was run here yet");
            }
            return Exit.DONE;
        }
    }

    private int prune(Journal journal, Screen screen, int days) throws InterruptedException {
        if (days < 0) {
            throw new UsageException(
                    "--prune takes days, 0 or more, not " + days + "; with 0 all runs that ended are deleted");
        }
        RunQuery old = RunQuery.all().idleSince(Instant.now().minus(Duration.ofDays(days)));
        List<RunSummary> over = journal.runs(old).stream()
                .filter(run -> run.status().isEnd() && !run.owned())
                .toList();
        Pruning.Cleared cleared = new Pruning(common.caller(), unmerged).clear(over);
        List<RunId> deleted = deleted(journal, old, cleared.inTrouble());
        deleted.forEach(Store.originals(common.caller())::forget);
        if (json) {
            PrunedJson.write(common.caller().out(), deleted, cleared.stays(), cleared.elsewhere());
        } else {
            screen.line("deleted " + deleted.size() + (deleted.size() == 1 ? " run" : " runs"));
            cleared.tell(screen);
        }
        return cleared.inTrouble().isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    /** Deletes runs, and none of some that stay: who is owned is not deleted. */
    private static List<RunId> deleted(Journal journal, RunQuery old, Set<RunId> stay) {
        var held = new ArrayList<Lease>();
        try {
            for (RunId run : stay) {
                try {
                    held.add(journal.acquire(run));
                } catch (UnknownRunException e) { // another process has just deleted it
                }
            }
            return journal.prune(old);
        } finally {
            held.forEach(Lease::close);
        }
    }

    private static String padded(String word) {
        return String.format("%-11s", word);
    }

    private static String since(RunSummary run) {
        return Times.roughly(Duration.between(run.since(), Instant.now())) + " ago";
    }

    /** Where a run stands, in a word. */
    static String word(RunSummary run) {
        if (run.status() == RunStatus.RUNNING) {
            return run.owned() ? "running" : "interrupted";
        }
        return switch (run.status()) {
            case RUNNING, SUSPENDED -> "waits";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }
}
