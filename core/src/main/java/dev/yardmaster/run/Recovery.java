package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunRequests;
import dev.yardmaster.journal.RunSummary;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Finds the runs whose owner is gone and that can go on by themselves. */
final class Recovery {

    private final Orchestrator orchestrator;
    private final Journal journal;
    private final InstantSource clock;
    private final Map<String, Graph> graphs;
    private final int mostAttempts;

    Recovery(
            Orchestrator orchestrator,
            Journal journal,
            InstantSource clock,
            Map<String, Graph> graphs,
            int mostAttempts) {
        this.orchestrator = orchestrator;
        this.journal = journal;
        this.clock = clock;
        this.graphs = graphs;
        this.mostAttempts = mostAttempts;
    }

    List<Run> run() {
        var taken = new ArrayList<Run>();
        RunQuery query = RunQuery.all().withStatus(RunStatus.RUNNING, RunStatus.SUSPENDED);
        for (RunSummary each : journal.runs(query).reversed()) {
            if (!each.owned()) {
                recover(each).ifPresent(taken::add);
            }
        }
        return taken;
    }

    private Optional<Run> recover(RunSummary run) {
        Graph graph = graphs.get(run.graph());
        if (graph == null) {
            LoggerFactory.getLogger(Recovery.class)
                    .warn("run '{}' is left as it is: no graph '{}' was given with graphs(…)", run.id(), run.graph());
            return Optional.empty();
        }
        try {
            RunView view = RunView.read(run.id(), journal.read(run.id(), 0));
            if (run.status() == RunStatus.SUSPENDED && !hasNews(view)) {
                return Optional.empty();
            }
            int attempts = fruitless(view);
            if (attempts >= mostAttempts) {
                giveUp(run, attempts);
                return Optional.empty();
            }
            return Optional.of(orchestrator.resume(run.id(), graph));
        } catch (RunOwnedException e) {
            return Optional.empty(); // another process was first
        } catch (YardmasterException e) {
            LoggerFactory.getLogger(Recovery.class)
                    .warn("run '{}' could not be recovered: {}", run.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether something it waits for was left for it since, or its time has come. */
    private boolean hasNews(RunView view) {
        if (view.waitsUntil().filter(due -> !due.isAfter(clock.instant())).isPresent()) {
            return true;
        }
        RunRequests requests = journal.requests(view.id());
        return requests.cancellation().isPresent()
                || requests.answers().stream().map(Answer::question).anyMatch(view.questions()::containsKey);
    }

    /** How often the run was taken up since something in it was finished. */
    private static int fruitless(RunView view) {
        int count = 0;
        for (var each : view.entries()) {
            count = switch (each.entry().fact()) {
                case Fact.RunResumed resumed -> count + 1;
                case Fact.NodeCompleted completed -> 0;
                case Fact.StepFinished finished -> 0;
                case Fact.QuestionAnswered answered -> 0;
                case Fact.TimerFired fired -> 0;
                default -> count;
            };
        }
        return count;
    }

    private void giveUp(RunSummary run, int attempts) {
        try (Lease lease = journal.acquire(run.id())) {
            lease.append(Entry.ofRun(new Fact.RunSuspended("needs attention: it was taken up " + attempts
                    + " times and its process died each time before anything was finished; resume it by hand when"
                    + " the reason is mended")));
        }
    }
}
