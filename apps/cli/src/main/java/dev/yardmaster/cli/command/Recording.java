package dev.yardmaster.cli.command;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.dispatch.FollowUp;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.model.KnownSecrets;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.ResumeOptions;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Where a job is recorded, and how it begins: from the start, or from what is recorded already.
 *
 * @param journal closed when the job is over
 * @param secrets are taken out of everything before it is recorded
 * @param patience how long to wait with it for a time
 */
record Recording(Journal journal, UnaryOperator<String> secrets, Duration patience, Opening opening) {

    /** Begins a run. */
    @FunctionalInterface
    interface Opening {
        Run open(Orchestrator orchestrator, Graph graph);
    }

    /** Nobody waits for a pipe; a person at a terminal may, and knows Ctrl-C. */
    private static final Duration PIPED = Duration.ofMinutes(1);

    private static final Duration WATCHED = Duration.ofDays(3650);

    private static Duration patience(Caller caller) {
        return caller.tty().out() ? WATCHED : PIPED;
    }

    static Recording fresh(Caller caller, Errand errand, String task, Budget budget) {
        RunOptions options = RunOptions.defaults().withBudget(budget);
        return started(caller, State.of(Dispatcher.TASK, task), labelled(options, errand, task));
    }

    /** A task that carries labels, by which its run can be found, too. */
    static Recording labelled(Caller caller, Errand errand, String task, List<String> labels, Budget budget) {
        if (labels.isEmpty()) {
            return fresh(caller, errand, task, budget);
        }
        var options = RunOptions.defaults().withBudget(budget).withLabel("labels", String.join(", ", labels));
        return started(
                caller,
                State.of(Dispatcher.TASK, task).with(Dispatcher.LABELS, labels),
                labelled(options, errand, task));
    }

    /** A task that goes on from an earlier run's conversation. */
    static Recording following(Caller caller, Errand errand, FollowUp followUp, Budget budget) {
        State input = followUp.input();
        RunOptions options = followUp.options().withBudget(budget);
        return started(caller, input, labelled(options, errand, input.get(Dispatcher.TASK)));
    }

    /** A workflow's run. @param title how lists of runs call it */
    static Recording ofWorkflow(Caller caller, Errand errand, String title, State input, Budget budget) {
        RunOptions options = RunOptions.defaults().withBudget(budget);
        return started(caller, input, labelled(options, errand, title));
    }

    /** The secrets that are not recorded. */
    static UnaryOperator<String> secrets(Caller caller) {
        return KnownSecrets.of(caller.environment());
    }

    private static Recording started(Caller caller, State input, RunOptions options) {
        return new Recording(
                Store.open(caller),
                secrets(caller),
                patience(caller),
                (orchestrator, graph) -> orchestrator.start(graph, input, options));
    }

    private static RunOptions labelled(RunOptions options, Errand errand, String task) {
        var labelled = options;
        for (Map.Entry<String, String> label : errand.labels(task).entrySet()) {
            labelled = labelled.withLabel(label.getKey(), label.getValue());
        }
        return labelled;
    }

    static Recording resumed(Caller caller, Journal journal, RunId run, ResumeOptions options) {
        return new Recording(
                journal,
                secrets(caller),
                patience(caller),
                (orchestrator, graph) -> orchestrator.resume(run, graph, options));
    }

    static Recording forked(Caller caller, Journal journal, RunId run, long at, Errand errand) {
        return new Recording(
                journal,
                secrets(caller),
                patience(caller),
                (orchestrator, graph) -> orchestrator.fork(run, at, graph, errand.label()));
    }
}
