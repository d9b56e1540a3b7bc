package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.Journal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A SQLite journal one of whose commits fails, as SQLite says it when an fsync does. */
public final class FailingSync implements Database {

    private final Database database;
    private final int failing;
    private int commits;

    private FailingSync(Database database, int failing) {
        this.database = database;
        this.failing = failing;
    }

    /** Opens a journal that flushes each append. @param failing which commit fails, from 1 */
    public static Journal open(Path file, int failing) {
        return SqliteJournal.builder(file).flushEachAppend().open(database -> new FailingSync(database, failing));
    }

    @Override
    public void commit(Connection writer) throws SQLException {
        commits++;
        if (commits == failing) {
            SqliteFile.execute(writer, "ROLLBACK");
            throw new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
        database.commit(writer);
    }

    @Override
    public Connection writer() throws SQLException {
        return database.writer();
    }

    @Override
    public void begin(Connection writer) throws SQLException {
        database.begin(writer);
    }

    @Override
    public Connection reader() throws SQLException {
        return database.reader();
    }

    @Override
    public void check() {
        database.check();
    }

    @Override
    public YardmasterException explain(String doing, SQLException e) {
        return database.explain(doing, e);
    }

    @Override
    public String where() {
        return database.where();
    }
}
