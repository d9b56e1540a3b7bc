package dev.yardmaster.journal.jdbc;

import dev.yardmaster.journal.Journal;
import dev.yardmaster.testkit.JournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest implements JournalContract {

    @TempDir
    Path folder;

    @Override
    public Journal open() {
        return SqliteJournal.builder(folder.resolve("runs.db")).open();
    }

    @Override
    public void lapse(Journal journal) {
        Sql.run(folder.resolve("runs.db"), "UPDATE owner SET until_wall = 0, until_up = 0");
    }
}
