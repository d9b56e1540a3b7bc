package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.YardmasterException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something done in a shared transaction for one caller, who waits for what comes of it. */
final class Command<T> {

    /** The doing. A refusal (an exception of ours) must come before anything is written: the others' work is committed. */
    @FunctionalInterface
    interface Body<T> {
        T apply(Connection connection) throws SQLException;
    }

    private final Body<T> body;
    private @Nullable T result;
    private @Nullable YardmasterException refusal;

    Command(Body<T> body) {
        this.body = body;
    }

    void apply(Connection connection) throws SQLException {
        try {
            result = body.apply(connection);
        } catch (YardmasterException e) {
            refusal = e;
        }
    }

    /** What came of it; asked after its batch is done. */
    T result() {
        if (refusal != null) {
            throw refusal;
        }
        if (result == null) {
            throw new IllegalStateException("asked before the command was done");
        }
        return result;
    }
}
