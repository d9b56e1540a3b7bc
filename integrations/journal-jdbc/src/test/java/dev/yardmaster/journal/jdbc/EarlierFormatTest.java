package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that an earlier version wrote. */
class EarlierFormatTest {

    private static final String ROWS = "run_key, position, at, path, type, version, codec, payload, hash, checksum";
    private static final List<RunId> RUNS = List.of(new RunId("one"), new RunId("two"), new RunId("three"));

    @TempDir
    Path folder;

    private static Journal open(Path file) {
        return SqliteJournal.builder(file).open();
    }

    /** Runs whose entries lie among each other, one of them large. */
    private List<List<RunEvent.Recorded>> write(Path file) {
        try (Journal journal = open(file)) {
            var leases = new ArrayList<Lease>();
            RUNS.forEach(
                    run -> leases.add(journal.create(run, Entries.admitted()).orElseThrow()));
            for (int i = 0; i < 40; i++) {
                Lease lease = leases.get(i * 7 % 3);
                lease.append(Entries.step(i, i == 17 ? "large".repeat(20_000) : "small"));
                lease.flush();
            }
            return read(journal);
        }
    }

    private static List<List<RunEvent.Recorded>> read(Journal journal) {
        return RUNS.stream().map(run -> journal.read(run, 0)).toList();
    }

    /** The same rows in a file of format 1. */
    private Path ofFormatOne(Path file) throws Exception {
        Path old = folder.resolve("old.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old)) {
            SqliteSchema.bring(connection, 1);
        }
        Sql.run(
                old,
                "PRAGMA journal_mode = WAL",
                "CREATE TABLE flyway_schema_history (version TEXT)", // early files have it, and nobody reads it
                "ATTACH '" + file + "' AS new",
                "INSERT INTO run SELECT run_key, id, graph, status, started, since, length, epoch, owner FROM new.run",
                "INSERT INTO label SELECT * FROM new.label",
                "INSERT INTO entry (" + ROWS + ") SELECT " + ROWS + " FROM new.entry ORDER BY id",
                "INSERT INTO blob SELECT * FROM new.blob");
        return old;
    }

    @Test
    void are_read_and_gone_on_with() throws Exception {
        Path file = folder.resolve("runs.db");
        List<List<RunEvent.Recorded>> written = write(file);
        Path old = ofFormatOne(file);
        try (Journal journal = open(old)) {
            assertThat(read(journal)).isEqualTo(written);
            try (Lease lease = journal.acquire(RUNS.getFirst())) {
                lease.append(Entries.step(99, "later"));
            }
            assertThat(journal.read(RUNS.getFirst(), 0))
                    .hasSize(written.getFirst().size() + 1)
                    .startsWith(written.getFirst().toArray(RunEvent.Recorded[]::new));
        }
        try (Journal journal = open(old)) {
            assertThat(journal.read(RUNS.get(1), 3))
                    .isEqualTo(written.get(1).subList(3, written.get(1).size()));
        }
    }
}
