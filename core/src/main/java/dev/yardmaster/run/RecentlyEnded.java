package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which graphs the runs had that ended last: enough to find those runs in the journal, and little to keep. A ring that is
 * searched from its newest end: every run is put into it, and hardly one is looked for.
 */
final class RecentlyEnded {

    private static final int MOST = 10_000;

    private final List<RunId> runs = new ArrayList<>();
    private final List<Graph> graphs = new ArrayList<>();
    private int next;

    synchronized void add(RunId run, Graph graph) {
        if (runs.size() < MOST) {
            runs.add(run);
            graphs.add(graph);
        } else {
            runs.set(next, run);
            graphs.set(next, graph);
        }
        next = (next + 1) % MOST;
    }

    synchronized Optional<Graph> graph(RunId run) {
        for (int age = 1; age <= runs.size(); age++) {
            int place = Math.floorMod(next - age, MOST);
            if (runs.get(place).equals(run)) {
                return Optional.of(graphs.get(place));
            }
        }
        return Optional.empty();
    }
}
