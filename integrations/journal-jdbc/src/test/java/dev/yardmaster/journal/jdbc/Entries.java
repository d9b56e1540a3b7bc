package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import java.util.Map;
import java.util.Optional;

/** Entries to store. */
final class Entries {

    private Entries() {}

    static Entry admitted() {
        return Entry.ofRun(new Fact.RunAdmitted("g", "f", Json.of("x"), Map.of("l", "v"), Optional.empty()));
    }

    static Entry step(int number, String input) {
        var given = Json.of(input);
        return new Entry(
                NodePath.of("node"), new Fact.StepStarted("step/" + number, Effect.ONCE, given, given.sha256(), 1));
    }
}
