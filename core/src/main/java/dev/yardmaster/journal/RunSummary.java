package dev.yardmaster.journal;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a list of runs says of each.
 *
 * @param graph the name of the graph it runs
 * @param startedAt when it was admitted
 * @param since when its status last changed
 * @param owned whether a process that is alive, as far as can be known, goes on with it; a run that is running and not
 *     owned was interrupted
 */
public record RunSummary(
        RunId id,
        String graph,
        RunStatus status,
        Map<String, String> labels,
        Instant startedAt,
        Instant since,
        boolean owned) {

    public RunSummary {
        labels = labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
