package dev.yardmaster.run;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.RunId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run is to be run.
 *
 * @param id the caller's own (an order number): starting twice with it and the same input returns the first run;
 *     generated when empty
 * @param labels to find it by; none by default
 * @param deadline how long it may take, waiting for people included; then what runs is interrupted and the run has failed;
 *     no limit by default. Recorded: what is left of it counts when the run is resumed
 * @param failFast whether a failed node interrupts what runs beside it; by default that is left to finish
 * @param budget how much it may use up, unlimited by default; then no model is asked any more, what goes on ends, and the run
 *     has failed. Recorded: what is left of it counts when the run is resumed
 */
public record RunOptions(
        Optional<RunId> id, Map<String, String> labels, Optional<Duration> deadline, boolean failFast, Budget budget) {

    private static final RunOptions DEFAULTS =
            new RunOptions(Optional.empty(), Map.of(), Optional.empty(), false, Budget.unlimited());

    public RunOptions {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public static RunOptions defaults() {
        return DEFAULTS;
    }

    public RunOptions withId(RunId own) {
        return new RunOptions(Optional.of(own), labels, deadline, failFast, budget);
    }

    public RunOptions withLabel(String name, String value) {
        var more = new TreeMap<>(labels);
        more.put(
                Objects.requireNonNull(name, "the name of a label is null"),
                Objects.requireNonNull(value, () -> "label '" + name + "' is null; leave it out"));
        return new RunOptions(id, more, deadline, failFast, budget);
    }

    public RunOptions withFailFast() {
        return new RunOptions(id, labels, deadline, true, budget);
    }

    public RunOptions withDeadline(Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a deadline must be in the future: " + limit);
        }
        return new RunOptions(id, labels, Optional.of(limit), failFast, budget);
    }

    public RunOptions withBudget(Budget most) {
        return new RunOptions(id, labels, deadline, failFast, most);
    }
}
