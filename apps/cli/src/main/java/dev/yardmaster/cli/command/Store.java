package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.journal.jdbc.SqliteJournal;
import dev.yardmaster.undo.Originals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the command line's runs are recorded: {@code .yardmaster/runs.db} of the repository that it is called in, or of
 * the working folder where that is in none. The folder ignores itself.
 */
final class Store {

    private static final String FOLDER = ".yardmaster";
    private static final String FILE = "runs.db";

    /** Stands for the newest run that there is. */
    static final String LAST = "last";

    /** How many runs are named where one was not found. */
    private static final int NEWEST = 3;

    private Store() {}

    private static Path folder(Caller caller) {
        for (Path each = caller.folder(); each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))) {
                return each.resolve(FOLDER);
            }
        }
        return caller.folder().resolve(FOLDER);
    }

    /** Whether two callers have the same one. */
    static boolean same(Caller one, Caller other) {
        try {
            return Files.isSameFile(folder(one), folder(other));
        } catch (IOException e) {
            return false; // one of them has none
        }
    }

    /** What files were before runs changed them. */
    static Originals originals(Caller caller) {
        return Originals.in(folder(caller).resolve("originals"));
    }

    /** What commands leave behind. */
    static Path commands(Caller caller) {
        return folder(caller).resolve("commands");
    }

    /** The journal; begun when there is none. */
    static Journal open(Caller caller) {
        Path folder = folder(caller);
        try {
            Files.createDirectories(folder);
            Path ignored = folder.resolve(".gitignore");
            if (Files.notExists(ignored)) {
                Files.writeString(ignored, "*\n");
            }
        } catch (IOException e) {
            throw new UsageException("runs are recorded in '" + folder + "', which cannot be made: " + FileTrouble.of(e)
                    + "; call this in a folder that you may write to");
        }
        return SqliteJournal.builder(folder.resolve(FILE)).open();
    }

    /** @throws UsageException when nothing was ever run here */
    static Journal existing(Caller caller) {
        Path file = folder(caller).resolve(FILE);
        if (Files.notExists(file)) {
            throw new UsageException("no runs are recorded here (there is no '" + file
                    + "'); go to the folder that they were started in");
        }
        return SqliteJournal.builder(file).mustExist().open();
    }

    /**
     * The run that is meant by its name, by how its name ends, or by {@code last}: the newest.
     *
     * @throws UsageException when there is none, or more than one
     */
    static RunSummary find(Journal journal, String name) {
        List<RunSummary> all = journal.runs(RunQuery.all());
        List<RunSummary> found =
                all.stream().filter(run -> run.id().value().equals(name)).toList();
        if (found.isEmpty() && name.equals(LAST)) {
            return newest(journal, run -> true, "is recorded");
        }
        if (found.isEmpty()) {
            found = all.stream().filter(run -> run.id().value().endsWith(name)).toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new UsageException(
                found.isEmpty()
                        ? unknown(name, all)
                        : "more than one run's name ends with '" + name + "': " + names(found.stream()));
    }

    private static String unknown(String name, List<RunSummary> all) {
        List<String> names = all.stream()
                .map(run -> run.id().value())
                .map(id -> name.contains("-") ? id : id.substring(id.lastIndexOf('-') + 1)) // as it was typed
                .toList();
        String newest =
                all.isEmpty() ? "" : "; the newest are " + names(all.stream().limit(NEWEST));
        return "there is no run '" + name + "' here" + DidYouMean.hint(name, names) + newest
                + "; 'yardmaster runs' lists them";
    }

    private static String names(Stream<RunSummary> runs) {
        return runs.map(run -> run.id().value()).collect(Collectors.joining(", "));
    }

    /** The newest run that fits. @throws UsageException when none does @param what in words */
    static RunSummary newest(Journal journal, Predicate<RunSummary> fits, String what) {
        return journal.runs(RunQuery.all()).stream()
                .filter(fits)
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("there is no run here that " + what + "; 'yardmaster runs' lists them"));
    }
}
