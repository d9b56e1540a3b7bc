package dev.yardmaster.run;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.util.List;
import java.util.function.Consumer;

/** One execution of a graph. Thread-safe. */
public interface Run {

    RunId id();

    /**
     * Waits until the run has ended or can only go on with a person's answer, or at a time that is not near; asked again
     * after that, it waits again.
     *
     * @throws OrchestratorClosedException when its orchestrator is closed before that
     */
    Outcome await() throws InterruptedException;

    /** What was recorded from an offset on, in order; offset 0 is the run's admission. */
    List<RunEvent.Recorded> events(long fromOffset);

    /**
     * Tells a listener what was recorded from an offset on, and then what happens, in order and without a gap. It is
     * called on this thread first and then on the run's: it must be quick. What it throws is logged and ignored.
     *
     * @return close it to hear no more
     */
    Subscription listen(long fromOffset, Consumer<RunEvent> listener);

    /** The right to be told. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** What its journal says now. */
    RunView view();
}
