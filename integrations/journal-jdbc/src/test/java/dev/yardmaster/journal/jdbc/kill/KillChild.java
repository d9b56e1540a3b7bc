package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.jdbc.FailingSync;
import dev.yardmaster.journal.jdbc.SqliteJournal;
import dev.yardmaster.run.AnswerRefusedException;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunOptions;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The process that runs the workflow and is killed. It does one job after the other, so that a process that was not
 * killed need not be started anew. What it says: {@code at} its point to die, {@code waits} for an answer, {@code done}
 * with the final state, {@code stopped} with the reason, {@code syncs} with their number, and {@code end} of the job.
 */
final class KillChild {

    private final Job job;
    private final Parent parent;
    private final SyncPoints points;

    private KillChild(Job job, Parent parent) {
        this.job = job;
        this.parent = parent;
        this.points = new SyncPoints(job.death(), parent);
    }

    public static void main(String[] args) throws InterruptedException {
        var parent = new Parent();
        for (Optional<String> line = parent.hear(); line.isPresent(); line = parent.hear()) {
            new KillChild(Job.parse(line.get()), parent).work();
            parent.tell("end");
        }
    }

    private void work() throws InterruptedException {
        if (job.death().kind() == Death.Kind.OPENING) {
            parent.tell("at");
        }
        try (var orchestrator = Orchestrator.builder().journal(journal()).build()) {
            Graph graph = new KillWorkflow(job.folder(), points).graph();
            Run run = orchestrator.start(
                    graph, KillWorkflow.INPUT, RunOptions.defaults().withId(KillWorkflow.RUN));
            Outcome outcome = ended(orchestrator, run);
            if (outcome instanceof Outcome.Completed completed) {
                parent.tell("done " + Json.of(completed.state().json()).text());
            } else {
                parent.tell("stopped " + outcome.view().failures());
            }
        } catch (YardmasterException e) {
            parent.tell("stopped " + e.getMessage().replace('\n', ' '));
        }
        parent.tell("syncs " + points.count());
    }

    private Journal journal() {
        var file = SqliteJournal.builder(job.journal());
        Journal store = switch (job.death().kind()) {
            case FAILED_SYNC -> FailingSync.open(job.journal(), job.death().at());
            case BEFORE, AFTER, STANDSTILL -> file.flushEachAppend().open();
            case NEVER, LATER, OPENING -> file.open();
        };
        var switched = new KillSwitch(store, points);
        return job.protocol().equals("intact") ? switched : new MutantJournal(switched, job.protocol());
    }

    private Outcome ended(Orchestrator orchestrator, Run run) throws InterruptedException {
        var goesOn = new Semaphore(0);
        run.listen(0, event -> {
            if (event instanceof RunEvent.Recorded recorded
                    && recorded.entry().fact() instanceof Fact.QuestionAnswered) {
                goesOn.release();
            }
        });
        Outcome outcome = run.await();
        while (outcome instanceof Outcome.Suspended waits) {
            if (job.answers()) {
                answer(orchestrator, waits);
            } else {
                parent.tell("waits");
                goesOn.acquire();
            }
            outcome = run.await();
        }
        return outcome;
    }

    /**
     * Answers what is asked, the last question first.
     *
     * @throws YardmasterException when the run waits and takes no answer
     */
    private static void answer(Orchestrator orchestrator, Outcome.Suspended waits) {
        int taken = 0;
        for (String question : new ArrayList<>(waits.view().questions().keySet()).reversed()) {
            try {
                orchestrator.answer(KillWorkflow.RUN, KillWorkflow.answer(question, "itself"));
                taken++;
            } catch (AnswerRefusedException e) {
                continue; // and if the others are, too, it is told below
            }
        }
        if (taken == 0) {
            throw new YardmasterException("the run waits, and nothing that it asks can be answered: "
                    + waits.view().questions().keySet());
        }
    }
}
