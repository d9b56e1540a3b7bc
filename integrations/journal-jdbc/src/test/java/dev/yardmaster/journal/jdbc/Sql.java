package dev.yardmaster.journal.jdbc;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What somebody with a SQLite shell does to a journal's file. */
public final class Sql {

    private Sql() {}

    public static void run(Path file, String... statements) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
