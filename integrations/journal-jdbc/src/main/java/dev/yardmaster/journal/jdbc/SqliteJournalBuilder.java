package dev.yardmaster.journal.jdbc;

import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.PayloadCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How a SQLite file is opened as a journal. */
public final class SqliteJournalBuilder {

    private final Path file;
    private boolean mustExist;
    private InstantSource clock = InstantSource.system();
    private PayloadCodec codec = PayloadCodec.plain();
    private boolean codecAsIs = true;
    private final Map<String, PayloadCodec> codecs = new LinkedHashMap<>();
    private Duration writeBehind = Duration.ofMillis(10);

    SqliteJournalBuilder(Path file) {
        this.file = file.toAbsolutePath();
        if (this.file.toString().contains("?")) {
            throw new IllegalArgumentException(
                    "a journal's path must not contain '?', which SQLite takes for options: " + this.file);
        }
        alsoReads(codec);
    }

    /** Opens a file that is there, and creates none. */
    public SqliteJournalBuilder mustExist() {
        mustExist = true;
        return this;
    }

    /** Stamps the entries; the system's clock by default. */
    public SqliteJournalBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** What payloads pass through; by default they are stored as they are. */
    public SqliteJournalBuilder codec(PayloadCodec codec) {
        this.codec = codec;
        this.codecAsIs = false;
        return alsoReads(codec);
    }

    /** Reads what an earlier codec wrote, too. */
    public SqliteJournalBuilder alsoReads(PayloadCodec earlier) {
        codecs.put(earlier.name(), earlier);
        return this;
    }

    /** How long an entry that nobody flushes may wait for others to share a transaction with; 10 ms by default. */
    public SqliteJournalBuilder writeBehind(Duration longest) {
        this.writeBehind = longest;
        return this;
    }

    /**
     * Makes every entry durable before its append returns: slower, and for tests that stop a process at the n-th
     * commit, the same every time.
     */
    public SqliteJournalBuilder flushEachAppend() {
        this.writeBehind = Duration.ZERO;
        return this;
    }

    /**
     * Opens the journal.
     *
     * @throws dev.yardmaster.journal.MissingJournalException when it must exist and does not, or its file was removed
     *     and parts of it are left
     * @throws dev.yardmaster.event.NewerVersionException when a newer version of Yardmaster wrote it
     * @throws dev.yardmaster.journal.CorruptJournalException when the file is no journal, or damaged
     * @throws dev.yardmaster.journal.JournalFailedException when it cannot be read or written
     */
    public Journal open() {
        return open(UnaryOperator.identity());
    }

    /** Opens the journal on what a test puts around its database. */
    Journal open(UnaryOperator<Database> around) {
        var database = around.apply(SqliteDatabase.open(file, mustExist));
        return new JdbcJournal(database, clock, new Payloads(codec, codecAsIs, codecs), writeBehind);
    }
}
