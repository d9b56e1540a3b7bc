package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.StaleLeaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The protocol done wrong, so that the harness shows that it would notice: {@value #RECORD_AFTER} forgets that steps had
 * started and so knows only of effects that were followed by a record; {@value #RECORD_BEFORE} records a step as finished
 * before its body runs; {@value #NO_EPOCH} goes on when it is told that the run has another owner; {@value
 * #SWALLOWED_SYNC} goes on when something could not be made durable.
 */
final class MutantJournal extends PassedOn {

    static final String RECORD_AFTER = "record-after";
    static final String RECORD_BEFORE = "record-before";
    static final String NO_EPOCH = "no-epoch";
    static final String SWALLOWED_SYNC = "swallowed-sync";

    static final List<String> ALL = List.of(RECORD_AFTER, RECORD_BEFORE, NO_EPOCH, SWALLOWED_SYNC);

    private final String mutant;
    private final AtomicLong last = new AtomicLong(-1);

    MutantJournal(Journal journal, String mutant) {
        super(journal);
        if (!ALL.contains(mutant)) {
            throw new IllegalArgumentException("there is no mutant '" + mutant + "'; there are " + ALL);
        }
        this.mutant = mutant;
    }

    /** What a step of the workflow comes to. */
    static String output(String step) {
        return "did " + step;
    }

    /** What a resumed run is told: without the steps that had only started, which one of them does not record. */
    @Override
    public List<RunEvent.Recorded> read(RunId run, long fromOffset) {
        List<RunEvent.Recorded> all = super.read(run, fromOffset);
        if (!mutant.equals(RECORD_AFTER)) {
            return all;
        }
        var finished = new HashSet<String>();
        for (RunEvent.Recorded each : all) {
            if (each.entry().fact() instanceof Fact.StepFinished step) {
                finished.add(each.entry().at() + " " + step.step());
            }
        }
        return all.stream()
                .filter(each -> !(each.entry().fact() instanceof Fact.StepStarted started)
                        || finished.contains(each.entry().at() + " " + started.step()))
                .toList();
    }

    @Override
    public void answer(RunId run, Answer answer) {
        try {
            super.answer(run, answer);
        } catch (JournalFailedException e) {
            if (!mutant.equals(SWALLOWED_SYNC)) {
                throw e;
            }
        }
    }

    @Override
    protected Lease around(Lease lease) {
        return new PassedOn.Right(lease) {
            @Override
            public RunEvent.Recorded append(Entry entry) {
                if (mutant.equals(RECORD_BEFORE)) {
                    return recordedBefore(entry);
                }
                try {
                    RunEvent.Recorded recorded = super.append(entry);
                    last.accumulateAndGet(recorded.offset(), Math::max);
                    return recorded;
                } catch (StaleLeaseException | JournalFailedException e) {
                    goOn(e);
                    return pretended(entry);
                }
            }

            @Override
            public void flush() {
                try {
                    super.flush();
                } catch (StaleLeaseException | JournalFailedException e) {
                    goOn(e);
                }
            }

            private RunEvent.Recorded recordedBefore(Entry entry) {
                if (entry.at().value().equals(KillWorkflow.AGENT)) {
                    return super.append(entry); // what its steps come to cannot be known before
                }
                if (entry.fact() instanceof Fact.StepStarted started) {
                    super.append(entry);
                    return super.append(new Entry(entry.at(), finished(started)));
                }
                return entry.fact() instanceof Fact.StepFinished ? pretended(entry) : super.append(entry);
            }

            private RunEvent.Recorded pretended(Entry entry) {
                return new RunEvent.Recorded(run(), last.incrementAndGet(), Instant.EPOCH, entry);
            }
        };
    }

    private void goOn(RuntimeException e) {
        boolean swallowed = e instanceof StaleLeaseException ? mutant.equals(NO_EPOCH) : mutant.equals(SWALLOWED_SYNC);
        if (!swallowed) {
            throw e;
        }
    }

    private static Fact finished(Fact.StepStarted started) {
        var output = Optional.of(Json.of(output(started.step())));
        return new Fact.StepFinished(started.step(), output, Optional.empty(), Optional.empty(), Duration.ZERO);
    }
}
