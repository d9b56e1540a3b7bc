package dev.yardmaster.cli.command;

import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.ResumeOptions;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
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
        var options = RunOptions.defaults();
        for (Map.Entry<String, String> label : errand.labels(task).entrySet()) {
            options = options.withLabel(label.getKey(), label.getValue());
        }
        var labelled = options;
        return new Recording(
                journal, (orchestrator, graph) -> orchestrator.start(graph, State.of(Dispatcher.TASK, task), labelled));
    }

    static Recording resumed(Journal journal, RunId run, ResumeOptions options) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.resume(run, graph, options));
    }

    static Recording forked(Journal journal, RunId run, long at) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.fork(run, at, graph));
    }
}
