package dev.yardmaster.journal;

import dev.yardmaster.event.RunStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which runs are wanted; all conditions hold together.
 *
 * @param statuses one of these; any when empty
 * @param labels all of these, with these values
 * @param from started at this time or later
 * @param idleBefore whose status has not changed since this time
 * @param limit at most so many, the newest; 1 or more
 */
public record RunQuery(
        Set<RunStatus> statuses,
        Map<String, String> labels,
        Optional<Instant> from,
        Optional<Instant> idleBefore,
        int limit) {

    private static final RunQuery ALL =
            new RunQuery(Set.of(), Map.of(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE);

    public RunQuery {
        statuses = Collections.unmodifiableSet(new TreeSet<>(statuses));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " finds nothing; it must be 1 or more");
        }
    }

    public static RunQuery all() {
        return ALL;
    }

    public RunQuery withStatus(RunStatus... any) {
        return new RunQuery(Set.of(any), labels, from, idleBefore, limit);
    }

    public RunQuery withLabel(String name, String value) {
        var more = new TreeMap<>(labels);
        more.put(name, value);
        return new RunQuery(statuses, more, from, idleBefore, limit);
    }

    public RunQuery startedSince(Instant instant) {
        return new RunQuery(statuses, labels, Optional.of(instant), idleBefore, limit);
    }

    public RunQuery idleSince(Instant instant) {
        return new RunQuery(statuses, labels, from, Optional.of(instant), limit);
    }

    public RunQuery newest(int count) {
        return new RunQuery(statuses, labels, from, idleBefore, count);
    }

    /** Whether a run is wanted, the limit aside. */
    public boolean fits(RunSummary run) {
        return (statuses.isEmpty() || statuses.contains(run.status()))
                && (labels.isEmpty() || run.labels().entrySet().containsAll(labels.entrySet()))
                && from.map(instant -> !run.startedAt().isBefore(instant)).orElse(true)
                && idleBefore.map(instant -> run.since().isBefore(instant)).orElse(true);
    }
}
