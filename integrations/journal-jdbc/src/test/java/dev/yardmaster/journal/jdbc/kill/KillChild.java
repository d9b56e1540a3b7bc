package dev.yardmaster.journal.jdbc;

import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** The process that runs the workflow and dies where it is told to. */
final class CrashChild {

    /** Exit code of a halt at a sync point. */
    static final int HALTED = 66;

    private CrashChild() {}

    /**
     * @param args the folder of journal and ledger; the protocol, {@code intact} or a mutant's; what it is to die of:
     *     {@code never}, {@code before:N} or {@code after:N} of the n-th sync point, or {@code time:MICROS} after the
     *     journal was opened
     */
    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        String[] death = args[2].split(":");
        var file = SqliteJournal.builder(folder.resolve("runs.db"));
        boolean random = death[0].equals("time");
        Journal store = (random ? file : file.flushEachAppend()).open();
        if (random) {
            long micros = Long.parseLong(death[1]);
            Thread.ofPlatform().daemon().start(() -> {
                LockSupport.parkNanos(micros * 1_000);
                Runtime.getRuntime().halt(HALTED);
            });
        }
        var switched = new KillSwitch(store, death[0], random || death.length == 1 ? 0 : Integer.parseInt(death[1]));
        Journal journal = args[1].equals("intact") ? switched : new MutantJournal(switched, args[1]);
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            var graph = new CrashWorkflow(folder.resolve("ledger")).graph();
            Outcome outcome = orchestrator
                    .start(graph, State.empty(), RunOptions.defaults().withId(CrashWorkflow.RUN))
                    .await();
            System.out.println(
                    outcome instanceof Outcome.Completed completed
                            ? completed.state().get(CrashWorkflow.DONE)
                            : outcome.view().failures());
            System.out.println("syncs " + switched.count());
        }
    }
}
