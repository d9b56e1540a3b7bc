package dev.yardmaster.journal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who holds leases. A journal renews one row for all of its leases; they are good for 30 seconds after that, or until
 * the journal's process is known to have ended.
 */
final class Owners {

    static final Duration TERM = Duration.ofSeconds(30);
    static final Duration RENEWAL = Duration.ofSeconds(10);

    /** The columns of {@link #read}, of a table or join that is called {@code owner}. */
    static final String COLUMNS = "owner.id, owner.host, owner.pid, owner.started, owner.until_wall, owner.until_up";

    private final String self = UUID.randomUUID().toString();
    private long renewedAt = System.nanoTime() - TERM.toNanos();

    /** The id of the journal that asks. */
    String self() {
        return self;
    }

    /** Makes sure that a lease given out now is good for a while. */
    void ensure(Connection connection) throws SQLException {
        if (System.nanoTime() - renewedAt > RENEWAL.toNanos() / 2) {
            renew(connection);
        }
    }

    void renew(Connection connection) throws SQLException {
        var process = OwnerProcess.current();
        long up = System.nanoTime();
        try (var statement = connection.prepareStatement(
                "INSERT INTO owner (id, host, pid, started, until_wall, until_up) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET until_wall = excluded.until_wall,"
                        + " until_up = excluded.until_up")) {
            statement.setString(1, self);
            statement.setString(2, process.host());
            statement.setLong(3, process.pid());
            statement.setLong(4, process.started());
            statement.setLong(5, StoredEntry.micros(Instant.now().plus(TERM)));
            statement.setLong(6, up + TERM.toNanos());
            statement.executeUpdate();
        }
        renewedAt = up;
    }

    /** The owner in a row that begins, at a column, with {@link #COLUMNS}; null when there is none any more. */
    static @Nullable OwnerProcess alive(ResultSet row, int column) throws SQLException {
        if (row.getString(column) == null) {
            return null;
        }
        OwnerProcess process = process(row, column);
        boolean expired = process.sharesUptime()
                ? row.getLong(column + 5) - System.nanoTime() < 0
                : row.getLong(column + 4) < StoredEntry.micros(Instant.now());
        return expired || process.isGone() ? null : process;
    }

    /** Whether the owner in such a row, whose lease may have run out, is not known to have ended. */
    static boolean mayLive(ResultSet row, int column) throws SQLException {
        return row.getString(column) != null && !process(row, column).isGone();
    }

    private static OwnerProcess process(ResultSet row, int column) throws SQLException {
        return new OwnerProcess(row.getString(column + 1), row.getLong(column + 2), row.getLong(column + 3));
    }

    /** Gives up everything that this journal owns. */
    void release(Connection connection) throws SQLException {
        try (var runs = connection.prepareStatement("UPDATE run SET owner = NULL WHERE owner = ?");
                var owner = connection.prepareStatement("DELETE FROM owner WHERE id = ?")) {
            runs.setString(1, self);
            runs.executeUpdate();
            owner.setString(1, self);
            owner.executeUpdate();
        }
    }

    /** Forgets an owner whose last run was taken over. */
    static void forgetIdle(Connection connection, String owner) throws SQLException {
        try (var statement = connection.prepareStatement(
                "DELETE FROM owner WHERE id = ? AND NOT EXISTS (SELECT 1 FROM run WHERE run.owner = owner.id)")) {
            statement.setString(1, owner);
            statement.executeUpdate();
        }
    }
}
