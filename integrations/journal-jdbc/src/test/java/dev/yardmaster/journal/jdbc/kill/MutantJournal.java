package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The protocol done wrong, as others do it, so that the harness shows that it would notice: {@code record-after} forgets
 * that steps had started and so knows only of effects that were followed by a record; {@code record-before} records a
 * step as finished before its body runs.
 */
final class MutantJournal extends PassedOn {

    private final boolean before;

    MutantJournal(Journal journal, String mutant) {
        super(journal);
        this.before = switch (mutant) {
            case "record-before" -> true;
            case "record-after" -> false;
            default -> throw new IllegalArgumentException("there is no mutant '" + mutant + "'");
        };
    }

    /** What a resumed run is told: without the steps that had only started, which this protocol does not record. */
    @Override
    public List<RunEvent.Recorded> read(RunId run, long fromOffset) {
        List<RunEvent.Recorded> all = super.read(run, fromOffset);
        if (before) {
            return all;
        }
        var finished = all.stream()
                .filter(each -> each.entry().fact() instanceof Fact.StepFinished)
                .map(each ->
                        each.entry().at() + ((Fact.StepFinished) each.entry().fact()).step())
                .toList();
        return all.stream()
                .filter(each -> !(each.entry().fact() instanceof Fact.StepStarted started)
                        || finished.contains(each.entry().at() + started.step()))
                .toList();
    }

    @Override
    protected Lease around(Lease lease) {
        return new PassedOn.Right(lease) {
            @Override
            public RunEvent.Recorded append(Entry entry) {
                if (!before) {
                    return super.append(entry);
                }
                if (entry.fact() instanceof Fact.StepStarted started) {
                    super.append(entry);
                    return super.append(new Entry(entry.at(), finished(started)));
                }
                return entry.fact() instanceof Fact.StepFinished ? recordedBefore(entry) : super.append(entry);
            }

            private RunEvent.Recorded recordedBefore(Entry entry) {
                return new RunEvent.Recorded(run(), 0, Instant.EPOCH, entry);
            }
        };
    }

    private static Fact finished(Fact.StepStarted started) {
        var output = Optional.of(Json.of(started.effect() + " " + started.step()));
        return new Fact.StepFinished(started.step(), output, Optional.empty(), Optional.empty(), Duration.ZERO);
    }
}
