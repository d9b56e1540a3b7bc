package dev.yardmaster.run;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.YardmasterException;
import java.util.List;
import java.util.stream.Collectors;

/** A run was to have a final state and has none; {@link #outcome} is what it has instead. */
public final class NotCompletedException extends YardmasterException {

    private final Outcome outcome;

    NotCompletedException(Outcome outcome, String what) {
        super("run '" + outcome.view().id() + "' of graph '" + outcome.view().graph() + "' " + what);
        this.outcome = outcome;
    }

    static NotCompletedException of(Outcome.Failed failed) {
        List<Failure> failures = failed.view().failures();
        int more = failures.size() - 1;
        return new NotCompletedException(
                failed,
                "failed"
                        + failures.stream()
                                .findFirst()
                                .map(NotCompletedException::told)
                                .orElse("")
                        + (more > 0 ? " (and " + more + (more == 1 ? " more failure)" : " more failures)") : ""));
    }

    private static String told(Failure failure) {
        return (failure.at().isRun() ? "" : " at '" + failure.at() + "'") + ": " + failure.message();
    }

    static NotCompletedException of(Outcome.Suspended waiting) {
        try {
            return new NotCompletedException(waiting, forWhat(waiting));
        } catch (YardmasterException e) { // its entries are in a journal that is closed by now, or it was deleted
            return new NotCompletedException(waiting, "waits; for what could not be read: " + e.getMessage());
        }
    }

    private static String forWhat(Outcome.Suspended waiting) {
        String asked = waiting.view().questions().values().stream()
                .map(Question::text)
                .collect(Collectors.joining("'; '", "'", "'"));
        String time = waiting.view().waitsUntil().map(due -> " until " + due).orElse("");
        return waiting.view().questions().isEmpty()
                ? "waits" + time
                : "waits for an answer to " + asked + "; answer it, and await the run again";
    }

    public Outcome outcome() {
        return outcome;
    }
}
