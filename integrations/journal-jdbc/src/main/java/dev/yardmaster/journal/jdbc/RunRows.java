package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.journal.UnknownRunException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of runs: created, taken over, listed, pruned. */
final class RunRows {

    /**
     * A run that somebody owns.
     *
     * @param length how many entries it holds
     * @param last the id of the last one
     * @param formerMayLive whether the owner before is not known to have ended
     */
    record Owned(long key, long epoch, long length, long last, boolean formerMayLive) {}

    private final Owners owners;

    RunRows(Owners owners) {
        this.owners = owners;
    }

    Optional<Owned> create(
            Connection connection, Fact.RunAdmitted admitted, List<StoredEntry> first, EntryWriter entries)
            throws SQLException {
        StoredEntry admission = first.getFirst();
        long key;
        try (var statement = connection.prepareStatement("INSERT INTO run (id, graph, status, started, since, length,"
                + " epoch, owner) VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (id) DO NOTHING RETURNING run_key")) {
            statement.setString(1, admission.run().value());
            statement.setString(2, admitted.graph());
            statement.setString(3, RunStatus.RUNNING.name());
            statement.setLong(4, admission.at());
            statement.setLong(5, admission.at());
            statement.setLong(6, first.size());
            statement.setString(7, owners.self());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                key = row.getLong(1);
            }
        }
        try (var statement = connection.prepareStatement("INSERT INTO label (run_key, name, value) VALUES (?, ?, ?)")) {
            for (Map.Entry<String, String> label : admitted.labels().entrySet()) {
                statement.setLong(1, key);
                statement.setString(2, label.getKey());
                statement.setString(3, label.getValue());
                statement.executeUpdate();
            }
        }
        long last = entries.first(key, first);
        owners.ensure(connection);
        return Optional.of(new Owned(key, 1, first.size(), last, false));
    }

    Owned acquire(Connection connection, RunId run) throws SQLException {
        Owned before;
        String previous;
        try (var statement = connection.prepareStatement("SELECT run_key, epoch, length, last, run.owner, "
                + Owners.COLUMNS + " FROM run LEFT JOIN owner ON owner.id = run.owner WHERE run.id = ?")) {
            statement.setString(1, run.value());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new UnknownRunException(run);
                }
                before = new Owned(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), Owners.mayLive(row, 6));
                previous = row.getString(5);
                OwnerProcess owner = Owners.alive(row, 6);
                if (owner != null) {
                    throw new RunOwnedException(
                            run, owner.equals(OwnerProcess.current()) ? "this process" : owner.toString());
                }
            }
        }
        Chain.checkFormats(connection, before.key());
        try (var statement = connection.prepareStatement("UPDATE run SET owner = ?, epoch = ? WHERE run_key = ?")) {
            statement.setString(1, owners.self());
            statement.setLong(2, before.epoch() + 1);
            statement.setLong(3, before.key());
            statement.executeUpdate();
        }
        if (previous != null) {
            Owners.forgetIdle(connection, previous);
        }
        owners.ensure(connection);
        return new Owned(before.key(), before.epoch() + 1, before.length(), before.last(), before.formerMayLive());
    }

    void release(Connection connection, JdbcLease lease) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE run SET owner = NULL WHERE run_key = ? AND epoch = ? AND owner = ?")) {
            statement.setLong(1, lease.runKey());
            statement.setLong(2, lease.epoch());
            statement.setString(3, owners.self());
            statement.executeUpdate();
        }
    }

    static long key(Connection connection, RunId run) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT run_key FROM run WHERE id = ?")) {
            statement.setString(1, run.value());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new UnknownRunException(run);
                }
                return row.getLong(1);
            }
        }
    }

    static List<RunSummary> list(Connection connection, RunQuery query) throws SQLException {
        var sql = new StringBuilder("SELECT run_key, run.id, graph, status, run.started, since, " + Owners.COLUMNS
                + " FROM run LEFT JOIN owner ON owner.id = run.owner WHERE 1 = 1");
        var values = new ArrayList<Object>();
        if (!query.statuses().isEmpty()) {
            sql.append(" AND status IN (?")
                    .append(", ?".repeat(query.statuses().size() - 1))
                    .append(')');
            query.statuses().forEach(status -> values.add(status.name()));
        }
        query.labels().forEach((name, value) -> {
            sql.append(" AND run_key IN (SELECT label.run_key FROM label WHERE name = ? AND value = ?)");
            values.add(name);
            values.add(value);
        });
        query.from().ifPresent(from -> {
            sql.append(" AND run.started >= ?");
            values.add(StoredEntry.micros(from));
        });
        query.idleBefore().ifPresent(before -> {
            sql.append(" AND since < ?");
            values.add(StoredEntry.micros(before));
        });
        sql.append(" ORDER BY run_key DESC LIMIT ?");
        values.add(query.limit());
        var found = new ArrayList<RunSummary>();
        try (var statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (var rows = statement.executeQuery()) {
                var alive = new HashMap<String, Boolean>();
                while (rows.next()) {
                    found.add(summary(connection, rows, alive));
                }
            }
        }
        return found;
    }

    private static RunSummary summary(Connection connection, ResultSet row, Map<String, Boolean> alive)
            throws SQLException {
        String owner = row.getString(7);
        if (owner != null && !alive.containsKey(owner)) {
            alive.put(owner, Owners.alive(row, 7) != null);
        }
        try {
            return new RunSummary(
                    new RunId(row.getString(2)),
                    row.getString(3),
                    RunStatus.valueOf(row.getString(4)),
                    labels(connection, row.getLong(1)),
                    StoredEntry.instant(row.getLong(5)),
                    StoredEntry.instant(row.getLong(6)),
                    owner != null && alive.get(owner));
        } catch (IllegalArgumentException e) {
            throw new CorruptJournalException(
                    "run " + row.getLong(1) + " is damaged: " + e.getMessage()
                            + "; put a backup of the journal in its place",
                    e);
        }
    }

    private static Map<String, String> labels(Connection connection, long key) throws SQLException {
        var labels = new HashMap<String, String>();
        try (var statement = connection.prepareStatement("SELECT name, value FROM label WHERE run_key = ?")) {
            statement.setLong(1, key);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    labels.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return labels;
    }

    static List<RunId> prune(Connection connection, RunQuery query) throws SQLException {
        var gone = new ArrayList<RunId>();
        for (RunSummary run : list(connection, query)) {
            if (run.status().isEnd() && !run.owned()) {
                long key = key(connection, run.id());
                Chain.delete(connection, key);
                for (String table : List.of("request", "label", "run")) {
                    try (var statement = connection.prepareStatement("DELETE FROM " + table + " WHERE run_key = ?")) {
                        statement.setLong(1, key);
                        statement.executeUpdate();
                    }
                }
                gone.add(run.id());
            }
        }
        if (!gone.isEmpty()) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.hash = blob.hash)");
            }
        }
        return gone;
    }
}
