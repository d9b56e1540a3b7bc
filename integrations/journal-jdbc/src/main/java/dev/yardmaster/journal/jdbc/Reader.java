package dev.yardmaster.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** The one connection that reads, by one thread at a time. */
final class Reader implements AutoCloseable {

    private final Database database;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    Reader(Database database) {
        this.database = database;
        try {
            this.connection = database.reader();
        } catch (SQLException e) {
            throw database.explain("open", e);
        }
    }

    /** Reads one moment of the store. */
    <T> T read(Command.Body<T> query) {
        lock.lock();
        try {
            if (closed) {
                throw Refusal.closed(database.where());
            }
            try {
                return query.apply(connection);
            } finally {
                connection.rollback(); // the next one sees a later moment
            }
        } catch (SQLException e) {
            throw database.explain("read", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connection.close();
        } catch (SQLException e) {
            throw database.explain("close", e);
        } finally {
            lock.unlock();
        }
    }
}
