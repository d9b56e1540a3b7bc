package dev.yardmaster.journal.jdbc;

import java.nio.file.Path;

/**
 * The journal in a SQLite file: what is flushed is on the disk (write-ahead log, {@code synchronous=FULL}), many runs
 * share one transaction, several processes may use the file at once. The file must be on a local disk, as SQLite's log
 * needs memory that the processes share.
 *
 * <p>Nothing there is overwritten: a file that is something else, damaged, or of a newer version is refused; a new file
 * gets its name only when it is complete.
 */
public final class SqliteJournal {

    private SqliteJournal() {}

    /** A journal in this file; it and its folder are created when absent, readable by their owner only. */
    public static SqliteJournalBuilder builder(Path file) {
        return new SqliteJournalBuilder(file);
    }
}
