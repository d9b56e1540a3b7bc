package dev.yardmaster.run;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Update;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Takes secrets out of what is recorded, before the run goes on with it: what a run uses is what it recorded, so that a
 * resumed one comes to the same.
 */
final class Redactor {

    private static final Redactor NONE = new Redactor(Optional.empty());

    private final Optional<UnaryOperator<String>> secrets;

    private Redactor(Optional<UnaryOperator<String>> secrets) {
        this.secrets = secrets;
    }

    /** Leaves everything as it is, and looks at nothing. */
    static Redactor none() {
        return NONE;
    }

    static Redactor of(UnaryOperator<String> secrets) {
        return new Redactor(Optional.of(secrets));
    }

    /** Itself where there is no secret in it. */
    Json of(Json value) {
        return secrets.isPresent() ? value.withStrings(secrets.get()) : value;
    }

    String of(String text) {
        return secrets.isPresent() ? secrets.get().apply(text) : text;
    }

    /** A value that has a JSON form; itself where there is no secret in it. */
    <T> T of(T value, Class<T> type) {
        if (secrets.isEmpty()) {
            return value;
        }
        Json before = Json.of(value);
        Json after = of(before);
        return after == before ? value : after.as(type);
    }

    /** A fact; itself where there is no secret in it. */
    Fact of(Fact fact) {
        if (secrets.isEmpty()) {
            return fact;
        }
        var entry = new Entry(NodePath.run(), fact);
        Json before = Json.of(fact);
        Json after = of(before);
        return after == before
                ? fact
                : Entry.read(entry.type(), entry.version(), entry.at(), after.text())
                        .fact();
    }

    /** What an execution writes. */
    Update of(Execution execution, Update update) {
        if (secrets.isEmpty()) {
            return update;
        }
        List<Fact.Write> writes = update.facts();
        List<Fact.Write> kept = writes.stream()
                .map(write -> new Fact.Write(write.channel(), of(write.value()), write.replaces()))
                .toList();
        return kept.equals(writes) ? update : execution.recorded(kept);
    }
}
