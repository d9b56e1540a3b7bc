package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.dispatch.Dispatcher;
import dev.yardmaster.dispatch.FollowUp;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.RunView;
import java.util.List;
import java.util.Optional;

/**
 * A run of {@code do} that is over, from which a task goes on.
 *
 * @param call how it was called for
 * @param followUp the task with that run's conversation
 */
record Earlier(RunId run, Errand call, FollowUp followUp) {

    /**
     * The run that is meant, with the task that goes on from it.
     *
     * @param name a run's name, how that ends, or {@link Store#LAST}: the newest task
     * @throws UsageException when there is no such run, it is not over, or was no task
     */
    static Earlier of(Journal journal, String name, String task) {
        RunSummary run = name.equals(Store.LAST)
                ? Store.newest(journal, Earlier::wasTask, "was a task for a specialist")
                : Store.find(journal, name);
        checkIsTask(run);
        checkIsOver(run);
        RunView view = RunView.of(run.id(), journal.read(run.id(), 0));
        return new Earlier(run.id(), Errand.of(run), FollowUp.of(view, task));
    }

    private static boolean wasTask(RunSummary run) {
        return run.graph().equals(Dispatcher.GRAPH)
                && Errand.isOf(run)
                && Errand.of(run).workflow().isEmpty();
    }

    private static void checkIsTask(RunSummary run) {
        if (!wasTask(run)) {
            String what = Errand.isOf(run) ? "a workflow, '" + run.graph() + "'" : "started by a program";
            throw new UsageException("run '" + run.id() + "' was " + what
                    + "; only a task that was given with 'do' is gone on from. Give the new one without --continue");
        }
    }

    private static void checkIsOver(RunSummary run) {
        String id = run.id().value();
        String otherwise = ", or give it up with 'yardmaster cancel " + id + "'";
        switch (run.status()) {
            case RUNNING ->
                throw new UsageException(
                        run.owned()
                                ? "run '" + id + "' is still running; wait until it is done" + otherwise
                                : "run '" + id + "' was interrupted; finish it with 'yardmaster resume " + id + "'"
                                        + otherwise);
            case SUSPENDED ->
                throw new UsageException("run '" + id + "' waits; 'yardmaster show " + id
                        + "' says for what. 'yardmaster answer' tells it, and 'yardmaster resume " + id
                        + "' goes on with it"
                        + otherwise);
            case COMPLETED, FAILED, CANCELLED -> {}
        }
    }

    /** The agent that worked in it. */
    String agent() {
        return followUp.input().get(Dispatcher.EARLIER).agent();
    }

    /**
     * Its agent gets the task.
     *
     * @throws UsageException when that agent is not to be had any more
     */
    Match match(AgentCatalog agents, String task) {
        try {
            agents.get(agent());
        } catch (UnknownAgentException e) {
            throw new UsageException("run '" + run + "' cannot be gone on from by its agent: " + e.getMessage()
                    + ". Bring its file back with --agents, or name another with --agent, which reads what was said");
        }
        return new Match(
                task, List.of(), Optional.of(agent()), Match.Stage.MENTION, "it goes on from its work in run " + run);
    }
}
