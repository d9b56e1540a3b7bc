package dev.yardmaster.journal.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables of a journal. A file says in its {@code user_version} which format it has; each script brings it from one to
 * the next, in a transaction of its own (docs/decisions/0155).
 */
final class SqliteSchema {

    private static final List<String> SCRIPTS = List.of("V1__journal.sql", "V2__chains.sql");

    /** The newest format. */
    static final int VERSION = SCRIPTS.size();

    private SqliteSchema() {}

    /** Brings a file that has an older format, or none, to a newer one. A process that comes second finds it done. */
    static void bring(Connection connection, int target) throws SQLException, IOException {
        for (int format = 1; format <= target; format++) {
            SqliteFile.execute(connection, "BEGIN IMMEDIATE");
            try {
                if (version(connection) < format) {
                    for (String statement : statements(SCRIPTS.get(format - 1))) {
                        SqliteFile.execute(connection, statement);
                    }
                }
                SqliteFile.execute(connection, "COMMIT");
            } catch (SQLException | IOException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception why) {
        try {
            SqliteFile.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e); // it ended by itself, as it does on a full disk
        }
    }

    static int version(Connection connection) throws SQLException {
        return Integer.parseInt(SqliteFile.text(connection, "PRAGMA user_version"));
    }

    /** The statements of a script, which has comments on lines of their own and no semicolon inside a statement. */
    private static List<String> statements(String script) throws IOException {
        try (var stream = SqliteSchema.class.getResourceAsStream("sqlite/" + script)) {
            if (stream == null) {
                throw new IOException("the program was packed without its file 'dev/yardmaster/journal/jdbc/sqlite/"
                        + script + "'; pack it with all files of yardmaster-journal-jdbc");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            String plain = text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
            return Arrays.stream(plain.split(";"))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .toList();
        }
    }
}
