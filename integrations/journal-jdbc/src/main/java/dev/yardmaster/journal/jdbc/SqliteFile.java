package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.JournalFailedException.Reason;
import dev.yardmaster.journal.MissingJournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** The file that a SQLite journal is in: how it comes into being, and its plain statements. */
final class SqliteFile {

    private SqliteFile() {}

    /** The file of a journal that was removed leaves its log behind; a new one must not be put beside that. */
    static void checkNothingLeft(Path file) {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log)) {
            throw new MissingJournalException("journal '" + file + "' is gone, and its log '" + log.getFileName()
                    + "' is still there; put the file back, or remove the log too");
        }
    }

    /** Creates a journal beside its name and then gives it the name, so that nobody ever sees half of one. */
    static void create(Path file) {
        try {
            Path folder = file.getParent();
            Files.createDirectories(folder, ownerOnly("rwx------"));
            Path draft = Files.createTempFile(folder, file.getFileName().toString(), ".new", ownerOnly("rw-------"));
            try {
                migrate(draft, file);
                Files.createLink(file, draft); // unlike a move, never replaces what another process put there
                sync(folder);
            } catch (FileAlreadyExistsException e) {
                return; // another process was first: that one is used
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new JournalFailedException(
                    Reason.IO,
                    "journal '" + file + "' cannot be created: " + FileTrouble.of(e) + "; check its folder",
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String rights) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Brings a file to the newest format. @param named what it is or will be called */
    static void migrate(Path file, Path named) {
        String doing = file.equals(named) ? "bring to this version's format" : "create";
        try (Connection connection = connect(file, SqliteDatabase.config())) {
            SqliteSchema.bring(connection, SqliteSchema.VERSION);
            execute(connection, "PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw SqliteDatabase.explain(doing, "journal '" + named + "'", e);
        } catch (IOException e) {
            throw new JournalFailedException(
                    Reason.IO, "cannot " + doing + " journal '" + named + "': " + FileTrouble.of(e), e);
        }
    }

    static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        return source(file, config).getConnection();
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        config.resetOpenMode(SQLiteOpenMode.CREATE); // a file that has vanished is an error, not a new file
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return result.next() ? result.getString(1) : "";
        }
    }
}
