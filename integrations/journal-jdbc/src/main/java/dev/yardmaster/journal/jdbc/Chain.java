package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Entry;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The entries of a run: each names the one before it, the run names the last. They lie where they were appended, among
 * those of other runs.
 */
final class Chain {

    /**
     * The beginning of a query about the entries of the run with a key, from its last one back to a position. A chain that
     * leads in a circle, as only a damaged one does, ends after as many as the run has.
     */
    static final String WALK = "WITH RECURSIVE walk (id, previous, position, run_key) AS ("
            + "SELECT id, previous, position, run_key FROM entry WHERE id = (SELECT last FROM run WHERE run_key = ?)"
            + " UNION ALL SELECT entry.id, entry.previous, entry.position, entry.run_key FROM walk"
            + " JOIN entry ON entry.id = walk.previous AND entry.run_key = walk.run_key WHERE walk.position > ?"
            + " LIMIT (SELECT length FROM run WHERE run_key = ?)) ";

    private Chain() {}

    /** @throws dev.yardmaster.event.NewerVersionException when the run holds entries of a format that is unknown here */
    static void checkFormats(Connection connection, long runKey) throws SQLException {
        try (var statement = connection.prepareStatement(
                WALK + "SELECT DISTINCT type, version FROM walk JOIN entry ON entry.id = walk.id")) {
            statement.setLong(1, runKey);
            statement.setLong(2, 0);
            statement.setLong(3, runKey);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    Entry.checkKnown(String.valueOf(rows.getString(1)), rows.getInt(2));
                }
            }
        }
    }

    /** Deletes the entries of a run. */
    static void delete(Connection connection, long runKey) throws SQLException {
        try (var statement =
                connection.prepareStatement("DELETE FROM entry WHERE id IN (" + WALK + "SELECT id FROM walk)")) {
            statement.setLong(1, runKey);
            statement.setLong(2, 0);
            statement.setLong(3, runKey);
            statement.executeUpdate();
        }
    }
}
