package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.NewerVersionException;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.JournalFailedException.Reason;
import dev.yardmaster.journal.MissingJournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A SQLite file. Settings: <a href="https://sqlite.org/pragma.html">sqlite.org/pragma</a>. */
final class SqliteDatabase implements Database {

    /** "YARD": says that a SQLite file is one of ours. */
    static final int APPLICATION = 0x59415244;

    /**
     * The log's length in pages, 16 MB, at which they are copied into the file. Pages that are changed again and again, as
     * those of indexes are, are then copied once for many times that they were logged.
     */
    private static final int LOG_PAGES = 4_000;

    private static final Duration BUSY = Duration.ofSeconds(30);

    private final Path file;
    private final Object identity;

    private SqliteDatabase(Path file, Object identity) {
        this.file = file;
        this.identity = identity;
    }

    static SqliteDatabase open(Path file, boolean mustExist) {
        if (Files.notExists(file)) {
            SqliteFile.checkNothingLeft(file);
            if (mustExist) {
                throw new MissingJournalException("there is no journal '" + file + "', and none was created");
            }
            SqliteFile.create(file);
        }
        var database = new SqliteDatabase(file, identity(file));
        database.checkKind();
        return database;
    }

    private static Object identity(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new CorruptJournalException("'" + file + "' is not a file; a journal is", null);
            }
            if (attributes.size() == 0) {
                throw new CorruptJournalException(
                        "journal '" + file + "' is empty, which no journal ever is; put a backup there, or remove it to"
                                + " begin a new one",
                        null);
            }
            Object key = attributes.fileKey();
            return key == null ? file : key;
        } catch (IOException e) {
            throw new JournalFailedException(
                    Reason.IO, "journal '" + file + "' cannot be opened: " + FileTrouble.of(e), e);
        }
    }

    /**
     * Looks whether the file is ours and of a version that is known, first in its header alone
     * (<a href="https://sqlite.org/fileformat.html">sqlite.org/fileformat</a>): what is not is not even opened.
     */
    private void checkKind() {
        var header = ByteBuffer.allocate(100);
        try (var channel = FileChannel.open(file)) {
            channel.read(header, 0);
        } catch (IOException e) {
            throw new JournalFailedException(Reason.IO, where() + " cannot be read: " + FileTrouble.of(e), e);
        }
        if (!new String(header.array(), 0, 16, StandardCharsets.ISO_8859_1).equals("SQLite format 3\0")
                || header.getInt(68) != APPLICATION) {
            throw new CorruptJournalException(
                    "'" + file
                            + "' is no journal; nothing was changed. Put a backup of the journal there, or move the"
                            + " file away to begin a new one",
                    null);
        }
        checkVersion(header.getInt(60));
        try (Connection connection = SqliteFile.connect(file, config())) {
            checkVersion(SqliteSchema.version(connection));
        } catch (SQLException e) {
            throw explain("open", e);
        }
    }

    private void checkVersion(int version) {
        if (version > SqliteSchema.VERSION) {
            throw new NewerVersionException(where() + " has format " + version + "; this version of Yardmaster knows "
                    + SqliteSchema.VERSION + ". Use the version that wrote it, or a newer one; nothing was changed");
        }
        if (version < SqliteSchema.VERSION) {
            SqliteFile.migrate(file, file);
        }
    }

    static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY.toMillis());
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.enableFullSync(true); // on macOS an fsync alone does not reach the disk
        return config;
    }

    @Override
    public Connection writer() throws SQLException {
        var config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        Connection connection = SqliteFile.connect(file, config);
        String mode = SqliteFile.text(connection, "PRAGMA journal_mode");
        if (!mode.equals("wal")) {
            connection.close();
            throw new JournalFailedException(
                    Reason.IO,
                    where() + " cannot keep a write-ahead log where it is (mode '" + mode + "'); use a local disk",
                    null);
        }
        SqliteFile.execute(connection, "PRAGMA wal_autocheckpoint = " + LOG_PAGES);
        return connection;
    }

    /** By hand: the driver, told to do it, would begin the next transaction, and so lock the file, after each commit. */
    @Override
    public void begin(Connection writer) throws SQLException {
        SqliteFile.execute(writer, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection writer) throws SQLException {
        SqliteFile.execute(writer, "COMMIT");
    }

    @Override
    public Connection reader() throws SQLException {
        Connection connection = SqliteFile.connect(file, config());
        SqliteFile.execute(connection, "PRAGMA query_only = ON");
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void check() {
        @Nullable Object now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw gone(e);
        }
        if (now != null && !now.equals(identity)) {
            throw gone(null);
        }
    }

    private JournalFailedException gone(@Nullable Throwable cause) {
        return new JournalFailedException(
                Reason.GONE,
                where() + " was removed or replaced while it was open; what was not flushed before is lost. Put it"
                        + " back from a backup, or begin anew with another file",
                cause);
    }

    @Override
    public YardmasterException explain(String doing, SQLException e) {
        return explain(doing, where(), e);
    }

    /** The same of a journal that is not open. @param where what it is called */
    static YardmasterException explain(String doing, String where, SQLException e) {
        SQLiteErrorCode code = e instanceof SQLiteException ours ? ours.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        String what = "cannot " + doing + " " + where + ": ";
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_FULL -> failed(Reason.FULL, what + "the disk is full; make room and open it again", e);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN ->
                failed(Reason.READ_ONLY, what + "it may not be written; check the rights of file and folder", e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                failed(Reason.LOCKED, what + "another process keeps it locked; end that process", e);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new CorruptJournalException(
                        what
                                + "its content is damaged; nothing was changed. Put a backup in its place, or move it"
                                + " away to begin a new one",
                        e);
            default -> failed(Reason.IO, what + e.getMessage(), e);
        };
    }

    private static JournalFailedException failed(Reason reason, String message, SQLException e) {
        return new JournalFailedException(reason, message, e);
    }

    @Override
    public String where() {
        return "journal '" + file + "'";
    }
}
