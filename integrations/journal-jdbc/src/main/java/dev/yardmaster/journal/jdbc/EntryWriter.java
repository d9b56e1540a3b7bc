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
    private final PreparedStatement status;
    private final PreparedStatement entry;
    private final PreparedStatement blob;

    EntryWriter(Connection connection) throws SQLException {
        // refuses an owner whose epoch is over, in the transaction that would store its entries
        advance =
                connection.prepareStatement("UPDATE run SET length = ? WHERE run_key = ? AND epoch = ? AND length = ?");
        status = connection.prepareStatement("UPDATE run SET status = ?, since = ? WHERE run_key = ?");
        entry = connection.prepareStatement("INSERT INTO entry"
                + " (run_key, position, at, path, type, version, codec, payload, hash, checksum)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        blob = connection.prepareStatement("INSERT INTO blob (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING");
    }

    void write(Batch batch) throws SQLException {
        for (Map.Entry<JdbcLease, List<StoredEntry>> each : batch.entries().entrySet()) {
            JdbcLease lease = each.getKey();
            if (lease.isStale() || !advance(lease, each.getValue())) {
                lease.markStale();
            } else {
                add(lease.runKey(), each.getValue());
            }
        }
        execute();
    }

    void execute() throws SQLException {
        entry.executeBatch();
    }

    private boolean advance(JdbcLease lease, List<StoredEntry> entries) throws SQLException {
        long first = entries.getFirst().position();
        advance.setLong(1, first + entries.size());
        advance.setLong(2, lease.runKey());
        advance.setLong(3, lease.epoch());
        advance.setLong(4, first);
        return advance.executeUpdate() == 1;
    }

    /** Adds entries of a run whose length says so already; {@link #execute} writes them. */
    void add(long runKey, List<StoredEntry> entries) throws SQLException {
        for (StoredEntry each : entries) {
            if (each.hash() != null) {
                blob.setString(1, each.hash());
                blob.setBytes(2, each.payload());
                blob.executeUpdate();
            }
            entry.setLong(1, runKey);
            entry.setLong(2, each.position());
            entry.setLong(3, each.at());
            entry.setString(4, each.path());
            entry.setString(5, each.type());
            entry.setInt(6, each.version());
            entry.setString(7, each.codec());
            entry.setBytes(8, each.hash() == null ? each.payload() : null);
            entry.setString(9, each.hash());
            entry.setLong(10, each.checksum());
            entry.addBatch();
            if (each.status() != null) {
                setStatus(runKey, each.status(), each.at());
            }
        }
    }

    private void setStatus(long runKey, RunStatus now, long since) throws SQLException {
        status.setString(1, now.name());
        status.setLong(2, since);
        status.setLong(3, runKey);
        status.executeUpdate();
    }
}
