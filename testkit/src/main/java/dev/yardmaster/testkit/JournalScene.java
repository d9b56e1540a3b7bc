package dev.yardmaster.testkit;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the parts of the journal's contract set their scenes with. */
final class JournalScene {

    static final RunId RUN = new RunId("run-1");

    private JournalScene() {}

    static Lease create(Journal journal, RunId run) {
        return journal.create(run, admitted("g")).orElseThrow();
    }

    static Entry admitted(String graph) {
        return admitted(graph, Map.of());
    }

    static Entry admitted(String graph, Map<String, String> labels) {
        var input = Json.of(Map.of("task", "x"));
        return Entry.ofRun(new Fact.RunAdmitted(graph, "fingerprint", input, labels, Optional.empty()));
    }

    static Entry step(String name, String input) {
        var given = Json.of(input);
        return new Entry(NodePath.of("node"), new Fact.StepStarted(name, Effect.ONCE, given, given.sha256(), 1));
    }

    static List<Fact> facts(Journal journal, RunId run) {
        return journal.read(run, 0).stream()
                .map(recorded -> recorded.entry().fact())
                .toList();
    }

    static List<String> found(Journal journal, RunQuery query) {
        return journal.runs(query).stream().map(run -> run.id().value()).toList();
    }

    static boolean answer(Journal journal, RunId run, String question, String choice) {
        journal.answer(run, new Answer(question, choice, "why", "me"));
        return true;
    }

    static boolean cancel(Journal journal, RunId run, String reason) {
        journal.cancel(run, reason);
        return true;
    }

    static Throwable catchIt(Callable<?> call) {
        return org.assertj.core.api.Assertions.catchThrowable(call::call);
    }

    /** What one call of many, begun together, came to. */
    interface Numbered<T> {
        T call(int number) throws Exception;
    }

    static <T> List<T> atOnce(int count, Numbered<T> task) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var begin = new CountDownLatch(1);
            var results = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                results.add(executor.submit(() -> {
                    begin.await();
                    return task.call(number);
                }));
            }
            begin.countDown();
            var values = new ArrayList<T>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        }
    }
}
