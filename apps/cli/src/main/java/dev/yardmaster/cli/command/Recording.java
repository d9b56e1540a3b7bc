package dev.yardmaster.cli.command;

import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.dispatch.FollowUp;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.ResumeOptions;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.util.Map;

/**
 * Where a job is recorded, and how it begins: from the start, or from what is recorded already.
 *
 * @param journal closed when the job is over
 */
record Recording(Journal journal, Opening opening) {

    /** Begins a run. */
    @FunctionalInterface
    interface Opening {
        Run open(Orchestrator orchestrator, Graph graph);
    }

    static Recording fresh(Journal journal, Errand errand, String task) {
        var options = labelled(RunOptions.defaults(), errand, task);
        return new Recording(
                journal, (orchestrator, graph) -> orchestrator.start(graph, State.of(Dispatcher.TASK, task), options));
    }

    /** A task that goes on from a run, with its agent and its whole conversation. */
    static Recording following(Journal journal, RunView earlier, Errand errand, String task) {
        var followUp = FollowUp.of(earlier, task);
        var options = labelled(followUp.options(), errand, task);
        return new Recording(journal, (orchestrator, graph) -> orchestrator.start(graph, followUp.input(), options));
    }

    private static RunOptions labelled(RunOptions options, Errand errand, String task) {
        var all = options;
        for (Map.Entry<String, String> label : errand.labels(task).entrySet()) {
            all = all.withLabel(label.getKey(), label.getValue());
        }
        return all;
    }

    static Recording resumed(Journal journal, RunId run, ResumeOptions options) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.resume(run, graph, options));
    }

    static Recording forked(Journal journal, RunId run, long at) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.fork(run, at, graph));
    }
}
