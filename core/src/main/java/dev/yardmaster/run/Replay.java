package dev.yardmaster.run;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come, folded from its journal. A node whose completion is recorded counts as completed, with the
 * recorded writes and edges; one that failed or was going on is open, to be run again.
 */
final class Replay {

    private static final Channel<Map<String, Json>> INPUT = Channel.mapOf("input", Json.class);

    private final Progress progress;
    private final Map<NodePath, Execution> open = new LinkedHashMap<>();

    private Replay(Progress progress) {
        this.progress = progress;
        collect();
    }

    /**
     * The fold of a run's entries, from the first on.
     *
     * @throws YardmasterException when the graph is not the one that was recorded: it has other nodes, edges or channels
     */
    static Replay of(Graph graph, List<RunEvent.Recorded> entries) {
        if (entries.isEmpty() || !(entries.getFirst().entry().fact() instanceof Fact.RunAdmitted admitted)) {
            throw new IllegalArgumentException("a run's journal begins with its admission; read it from offset 0");
        }
        var replay = new Replay(Progress.first(graph, graph.input(INPUT.decode(admitted.input()))));
        entries.forEach(each -> replay.add(each.entry()));
        return replay;
    }

    private void add(Entry entry) {
        if (entry.fact() instanceof Fact.NodeCompleted completed) {
            Execution execution = open.remove(entry.at());
            if (execution == null) {
                throw new YardmasterException("the journal says that '" + entry.at() + "' completed, which "
                        + "the graph does not run at this point; use the graph that the run was started with");
            }
            progress.complete(execution, execution.recorded(completed.writes()), completed.taken());
            collect();
        }
    }

    private void collect() {
        progress.ready().forEach(execution -> open.put(execution.path(), execution));
    }

    Progress progress() {
        return progress;
    }

    /** What is to be run now, in the order in which it became ready. */
    List<Execution> open() {
        return List.copyOf(open.values());
    }
}
