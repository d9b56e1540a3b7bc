package dev.yardmaster.replay;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.run.StepFailedException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What comes to light while one attempt at a node is replayed. Thread-safe: calls of tools come from several threads. */
final class Observed {

    private final UnaryOperator<String> secrets;
    private final Set<String> reached = new HashSet<>();
    private Optional<Difference> difference = Optional.empty();
    private boolean ended;
    private boolean failed;

    /** @param secrets what was taken out of everything when the run was recorded */
    Observed(UnaryOperator<String> secrets) {
        this.secrets = secrets;
    }

    /** A value as it would be recorded. */
    Json json(Object value) {
        return Json.of(value).withStrings(secrets);
    }

    synchronized void reached(String step) {
        reached.add(step);
    }

    synchronized boolean hasReached(String step) {
        return reached.contains(step);
    }

    synchronized int reached() {
        return reached.size();
    }

    /** Takes note of a difference; the first of the record counts. */
    synchronized ReplayEndException differs(Difference found) {
        if (difference.isEmpty() || difference.get().offset() > found.offset()) {
            difference = Optional.of(found);
        }
        return new ReplayEndException();
    }

    /** The record goes no further. */
    synchronized ReplayEndException ends() {
        ended = true;
        return new ReplayEndException();
    }

    /** A step fails as it did. */
    synchronized StepFailedException fails(StepKey step, Failure failure) {
        failed = true;
        return new StepFailedException(step, failure);
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized Optional<Difference> difference() {
        return difference;
    }
}
