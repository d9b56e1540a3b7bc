package dev.yardmaster.run;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.graph.Retrace;
import dev.yardmaster.graph.State;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come, folded from its journal. A node whose completion is recorded counts as completed, with the
 * recorded writes and edges; one that failed or was going on is open, to be run again.
 *
 * @see Retrace
 */
final class FoldedRun {

    private static final Channel<Map<String, Json>> INPUT = Channel.mapOf("input", Json.class);

    private final Retrace retrace;

    private FoldedRun(Retrace retrace) {
        this.retrace = retrace;
    }

    /**
     * The fold of a run's entries, from the first on.
     *
     * @throws YardmasterException when the graph is not the one that was recorded: it has other nodes, edges or channels
     */
    static FoldedRun of(Graph graph, List<RunEvent.Recorded> entries) {
        if (entries.isEmpty() || !(entries.getFirst().entry().fact() instanceof Fact.RunAdmitted admitted)) {
            throw new IllegalArgumentException("a run's journal begins with its admission; read it from offset 0");
        }
        var folded = new FoldedRun(Retrace.of(graph, input(graph, admitted)));
        entries.forEach(each -> folded.add(each.entry()));
        return folded;
    }

    /** What a run was started with. */
    static State input(Graph graph, Fact.RunAdmitted admitted) {
        return graph.input(values(admitted));
    }

    /** The same by channel name, for whatever graph. */
    static Map<String, Json> values(Fact.RunAdmitted admitted) {
        return INPUT.decode(admitted.input());
    }

    private void add(Entry entry) {
        switch (entry.fact()) {
            case Fact.NodeStarted started -> retrace.begun(entry.at());
            case Fact.NodeCompleted completed -> retrace.completed(entry.at(), completed.writes(), completed.taken());
            case Fact.NodeFailed failed -> {
                if (!failed.retried()) {
                    retrace.failed(entry.at());
                }
            }
            default -> {}
        }
    }

    Progress progress() {
        return retrace.progress();
    }

    /** What is to be run now, in the order in which it became ready. */
    List<Execution> open() {
        return retrace.open();
    }
}
