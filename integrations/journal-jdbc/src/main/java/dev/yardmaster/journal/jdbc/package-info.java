/**
 * The journal in a database. What a database does in its own way is in a {@code Database}; everything else is plain
 * JDBC. The one there is today is a SQLite file.
 */
@NullMarked
package dev.yardmaster.journal.jdbc;

import org.jspecify.annotations.NullMarked;
