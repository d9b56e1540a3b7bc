package dev.yardmaster.run;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * How long there was work: the time from each entry to the next, without that which went by until a person answered, a
 * timer fired, or somebody began again. Read from the journal alone, so it goes on where it was after a restart.
 */
final class Worktime {

    private Duration sum = Duration.ZERO;
    private Instant last;
    private boolean waits;

    /** @param from where nothing has been done yet */
    Worktime(Instant from) {
        this.last = from;
    }

    /** Of entries in order, the first of which is where nothing has been done yet. */
    static Worktime of(Iterable<RunEvent.Recorded> entries) {
        var all = new Worktime(entries.iterator().next().at());
        entries.forEach(all::heard);
        return all;
    }

    synchronized void heard(RunEvent.Recorded recorded) {
        Fact fact = recorded.entry().fact();
        boolean goesOn = fact instanceof Fact.QuestionAnswered
                || fact instanceof Fact.TimerFired
                || fact instanceof Fact.RunResumed
                || fact instanceof Fact.NodeStarted;
        if (!goesOn && !waits) {
            sum = sum.plus(since(recorded.at()));
        }
        last = recorded.at();
        waits = fact instanceof Fact.QuestionAsked || fact instanceof Fact.RunSuspended;
    }

    synchronized Duration until(Instant now) {
        return waits ? sum : sum.plus(since(now));
    }

    private Duration since(Instant now) {
        return now.isAfter(last) ? Duration.between(last, now) : Duration.ZERO; // clocks are set back, too
    }
}
