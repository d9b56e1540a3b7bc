package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import java.util.List;
import java.util.Optional;

/** A journal each of whose writes is a sync point at which its process may be killed. */
final class KillSwitch extends PassedOn {

    private final SyncPoints points;

    KillSwitch(Journal journal, SyncPoints points) {
        super(journal);
        this.points = points;
    }

    @Override
    public Optional<Lease> create(RunId run, List<Entry> first) {
        return points.pass(() -> super.create(run, first));
    }

    @Override
    public Lease acquire(RunId run) {
        return points.pass(() -> super.acquire(run));
    }

    @Override
    public void answer(RunId run, Answer answer) {
        points.pass(() -> {
            super.answer(run, answer);
            return answer;
        });
    }

    @Override
    protected Lease around(Lease lease) {
        return new PassedOn.Right(lease) {
            @Override
            public RunEvent.Recorded append(Entry entry) {
                return points.pass(() -> super.append(entry));
            }
        };
    }
}
