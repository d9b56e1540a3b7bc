package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.UnknownRunException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads entries, and believes none whose row is not what was written. */
final class EntryReader {

    private final Payloads payloads;

    EntryReader(Payloads payloads) {
        this.payloads = payloads;
    }

    List<RunEvent.Recorded> read(Connection connection, RunId run, long from) throws SQLException {
        long key;
        long length;
        try (var statement = connection.prepareStatement("SELECT run_key, length FROM run WHERE id = ?")) {
            statement.setString(1, run.value());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new UnknownRunException(run);
                }
                key = row.getLong(1);
                length = row.getLong(2);
            }
        }
        long first = Math.max(0, from);
        var found = new ArrayList<RunEvent.Recorded>();
        try (var statement = connection.prepareStatement(Chain.WALK + "SELECT entry.position, at, path, type, version,"
                + " codec, payload, entry.hash, checksum, blob.bytes FROM walk JOIN entry ON entry.id = walk.id"
                + " LEFT JOIN blob ON blob.hash = entry.hash WHERE entry.position >= ?")) {
            statement.setLong(1, key);
            statement.setLong(2, first);
            statement.setLong(3, key);
            statement.setLong(4, first);
            try (var rows = statement.executeQuery()) {
                long expected = length;
                while (rows.next()) {
                    found.add(recorded(run, --expected, rows));
                }
                if (expected > first) {
                    throw damaged(run, expected - 1, "it is missing", null);
                }
            }
        }
        Collections.reverse(found);
        return found;
    }

    private RunEvent.Recorded recorded(RunId run, long expected, ResultSet row) throws SQLException {
        String hash = row.getString(8);
        byte[] payload = row.getBytes(hash == null ? 7 : 10);
        if (payload == null || row.getLong(1) != expected) {
            throw damaged(run, expected, "it is missing", null);
        }
        var stored = new StoredEntry(
                run,
                expected,
                row.getLong(2),
                text(row, 3),
                text(row, 4),
                row.getInt(5),
                text(row, 6),
                payload,
                hash,
                null);
        if (stored.checksum() != row.getLong(9) || (hash != null && !hash.equals(Payloads.hash(payload)))) {
            throw damaged(run, expected, "its checksum does not fit", null);
        }
        String json = payloads.decode(run, stored.codec(), payload);
        try {
            var entry = Entry.read(stored.type(), stored.version(), NodePath.of(stored.path()), json);
            return new RunEvent.Recorded(run, expected, StoredEntry.instant(stored.at()), entry);
        } catch (InvalidJsonException e) {
            throw damaged(run, expected, e.getMessage(), e);
        }
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static CorruptJournalException damaged(RunId run, long position, String how, @Nullable Throwable cause) {
        return new CorruptJournalException(
                "entry " + position + " of run '" + run + "' is damaged: " + how
                        + ". The run cannot be read or resumed; put a backup of the journal in its place",
                cause);
    }
}
