package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.AlreadyAnsweredException;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.RunRequests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What anybody left for the owners of runs. */
final class RequestRows {

    private static final String ANSWER = "answer";
    private static final String CANCEL = "cancel";

    private final Payloads payloads;

    RequestRows(Payloads payloads) {
        this.payloads = payloads;
    }

    /** Adds an answer; true, unless it is refused because it is not the first. */
    Command.Body<Boolean> answer(RunId run, Answer answer) {
        var payload = encode(run, answer);
        return connection -> {
            if (!add(connection, run, ANSWER, answer.question(), payload)) {
                throw new AlreadyAnsweredException(run, first(connection, run, answer.question()));
            }
            return true;
        };
    }

    /** Adds the wish to cancel; whether it is the first. */
    Command.Body<Boolean> cancel(RunId run, String reason) {
        var payload = encode(run, reason);
        return connection -> add(connection, run, CANCEL, "", payload);
    }

    private Payloads.Encoded encode(RunId run, Object content) {
        return payloads.encode(run, Json.of(content).text());
    }

    private Answer first(Connection connection, RunId run, String question) throws SQLException {
        return read(connection, run).answers().stream()
                .filter(answer -> answer.question().equals(question))
                .findFirst()
                .orElseThrow(() -> damaged(run, "the first answer to '" + question + "' cannot be read"));
    }

    private boolean add(Connection connection, RunId run, String kind, String subject, Payloads.Encoded payload)
            throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO request (run_key, kind, subject, codec, payload,"
                + " checksum) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run_key, kind, subject) DO NOTHING")) {
            statement.setLong(1, RunRows.key(connection, run));
            statement.setString(2, kind);
            statement.setString(3, subject);
            statement.setString(4, payload.codec());
            statement.setBytes(5, payload.bytes());
            statement.setLong(6, Payloads.checksum(run.value(), kind, subject, payload.codec(), payload.bytes()));
            return statement.executeUpdate() == 1;
        }
    }

    RunRequests read(Connection connection, RunId run) throws SQLException {
        var answers = new ArrayList<Answer>();
        Optional<String> cancellation = Optional.empty();
        try (var statement = connection.prepareStatement(
                "SELECT kind, subject, codec, payload, checksum FROM request WHERE run_key = ? ORDER BY number")) {
            statement.setLong(1, RunRows.key(connection, run));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    String kind = rows.getString(1);
                    byte[] payload = rows.getBytes(4);
                    long checksum = Payloads.checksum(run.value(), kind, rows.getString(2), rows.getString(3), payload);
                    if (checksum != rows.getLong(5)) {
                        throw damaged(run, "its checksum does not fit");
                    }
                    Json content = Json.parse(payloads.decode(run, rows.getString(3), payload));
                    if (kind.equals(ANSWER)) {
                        answers.add(content.as(Answer.class));
                    } else {
                        cancellation = Optional.of(content.as(String.class));
                    }
                }
            }
        } catch (InvalidJsonException e) {
            throw damaged(run, e.getMessage());
        }
        return new RunRequests(answers, cancellation);
    }

    private static CorruptJournalException damaged(RunId run, String how) {
        return new CorruptJournalException(
                "an answer or request for run '" + run + "' is damaged: " + how
                        + ". Put a backup of the journal in its place",
                null);
    }

    /** The number of the newest request. */
    static long newest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT coalesce(max(number), 0) FROM request")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The runs that something was left for after a number. */
    static List<RunId> since(Connection connection, long number) throws SQLException {
        var found = new ArrayList<RunId>();
        try (var statement = connection.prepareStatement("SELECT DISTINCT run.id FROM request"
                + " JOIN run ON run.run_key = request.run_key WHERE number > ?")) {
            statement.setLong(1, number);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new RunId(rows.getString(1)));
                }
            }
        }
        return found;
    }
}
