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
        return started(journal, State.of(Dispatcher.TASK, task), labelled(RunOptions.defaults(), errand, task));
    }

    /** A task that goes on from an earlier run's conversation. */
    static Recording following(Journal journal, Errand errand, FollowUp followUp) {
        State input = followUp.input();
        return started(journal, input, labelled(followUp.options(), errand, input.get(Dispatcher.TASK)));
    }

    /** A workflow's run. @param title how lists of runs call it */
    static Recording ofWorkflow(Journal journal, Errand errand, String title, State input) {
        return started(journal, input, labelled(RunOptions.defaults(), errand, title));
    }

    private static Recording started(Journal journal, State input, RunOptions options) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.start(graph, input, options));
    }

    private static RunOptions labelled(RunOptions options, Errand errand, String task) {
        var labelled = options;
        for (Map.Entry<String, String> label : errand.labels(task).entrySet()) {
            labelled = labelled.withLabel(label.getKey(), label.getValue());
        }
        return labelled;
    }

    static Recording resumed(Journal journal, RunId run, ResumeOptions options) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.resume(run, graph, options));
    }

    static Recording forked(Journal journal, RunId run, long at) {
        return new Recording(journal, (orchestrator, graph) -> orchestrator.fork(run, at, graph));
    }
}
