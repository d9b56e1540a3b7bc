package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which graphs the runs had that ended last: enough to find those runs in the journal, and little to keep. */
final class RecentlyEnded {

    private static final int MOST = 10_000;

    private final Map<RunId, Graph> graphs = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Graph> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(RunId run, Graph graph) {
        graphs.put(run, graph);
    }

    synchronized Optional<Graph> graph(RunId run) {
        return Optional.ofNullable(graphs.get(run));
    }
}
