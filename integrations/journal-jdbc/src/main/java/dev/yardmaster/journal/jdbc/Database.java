package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.YardmasterException;
import java.sql.Connection;
import java.sql.SQLException;

/** What one kind of database does in its own way. */
interface Database {

    /** A connection whose commits are durable when they return. */
    Connection writer() throws SQLException;

    /** Begins a transaction of the writer; until it ends nobody else writes. */
    void begin(Connection writer) throws SQLException;

    void commit(Connection writer) throws SQLException;

    /** A connection that sees one moment of the store in each transaction. */
    Connection reader() throws SQLException;

    /** Called before each commit: the store is still the one that was opened. */
    void check();

    /** What the exception means, in words and type. @param doing what was tried, such as {@code write} */
    YardmasterException explain(String doing, SQLException e);

    /** Where it is, for messages: {@code journal '…/runs.db'}. */
    String where();
}
