package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.RunStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes entries; its statements live as long as their connection. */
final class EntryWriter {

    private final PreparedStatement advance;
    private final PreparedStatement newest;
    private final PreparedStatement status;
    private final PreparedStatement entry;
    private final PreparedStatement blob;
    private long used;

    EntryWriter(Connection connection) throws SQLException {
        // refuses an owner whose epoch is over, in the transaction that would store its entries
        advance = connection.prepareStatement(
                "UPDATE run SET length = ?, last = ? WHERE run_key = ? AND epoch = ? AND length = ?");
        newest = connection.prepareStatement("SELECT coalesce(max(id), 0) FROM entry");
        status = connection.prepareStatement("UPDATE run SET status = ?, since = ? WHERE run_key = ?");
        entry = connection.prepareStatement("INSERT INTO entry"
                + " (id, previous, run_key, position, at, path, type, version, codec, payload, hash, checksum)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        blob = connection.prepareStatement("INSERT INTO blob (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING");
    }

    /** In a transaction, as others may have written since the last one. */
    void write(Batch batch) throws SQLException {
        try (var row = newest.executeQuery()) {
            row.next();
            used = row.getLong(1);
        }
        for (Map.Entry<JdbcLease, List<StoredEntry>> each : batch.entries().entrySet()) {
            JdbcLease lease = each.getKey();
            if (lease.isStale() || !advance(lease, each.getValue())) {
                lease.markStale();
            } else {
                lease.last(add(lease.runKey(), lease.last(), each.getValue()));
            }
        }
        execute();
    }

    private void execute() throws SQLException {
        entry.executeBatch();
    }

    /** Writes the first entries of a run, whose length says so already, in the transaction that {@link #write} began. */
    long first(long runKey, List<StoredEntry> entries) throws SQLException {
        long last = add(runKey, 0, entries);
        execute();
        advance(runKey, 1, entries.size(), entries.size(), last);
        return last;
    }

    private boolean advance(JdbcLease lease, List<StoredEntry> entries) throws SQLException {
        long before = entries.getFirst().position();
        return advance(lease.runKey(), lease.epoch(), before, before + entries.size(), used + entries.size());
    }

    private boolean advance(long runKey, long epoch, long before, long length, long last) throws SQLException {
        advance.setLong(1, length);
        advance.setLong(2, last);
        advance.setLong(3, runKey);
        advance.setLong(4, epoch);
        advance.setLong(5, before);
        return advance.executeUpdate() == 1;
    }

    /** Adds entries of a run after the one with an id; {@link #execute} writes them. @return the id of the last one */
    private long add(long runKey, long after, List<StoredEntry> entries) throws SQLException {
        long previous = after;
        for (StoredEntry each : entries) {
            if (each.hash() != null) {
                blob.setString(1, each.hash());
                blob.setBytes(2, each.payload());
                blob.executeUpdate();
            }
            entry.setLong(1, ++used);
            entry.setLong(2, previous);
            entry.setLong(3, runKey);
            entry.setLong(4, each.position());
            entry.setLong(5, each.at());
            entry.setString(6, each.path());
            entry.setString(7, each.type());
            entry.setInt(8, each.version());
            entry.setString(9, each.codec());
            entry.setBytes(10, each.hash() == null ? each.payload() : null);
            entry.setString(11, each.hash());
            entry.setLong(12, each.checksum());
            entry.addBatch();
            previous = used;
            if (each.status() != null) {
                setStatus(runKey, each.status(), each.at());
            }
        }
        return previous;
    }

    private void setStatus(long runKey, RunStatus now, long since) throws SQLException {
        status.setString(1, now.name());
        status.setLong(2, since);
        status.setLong(3, runKey);
        status.executeUpdate();
    }
}
