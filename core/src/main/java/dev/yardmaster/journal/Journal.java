package dev.yardmaster.journal;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.util.List;
import java.util.Optional;

/** The append-only record of runs; the only thing that is stored. Thread-safe; calls may block on storage. */
public interface Journal extends AutoCloseable {

    /**
     * Creates a run; its first entry is durable when this returns.
     *
     * @return the right to append to it; empty when there is a run of this name already
     */
    Optional<Lease> create(RunId run, Entry admitted);

    /**
     * The entries of a run from an offset on, in order.
     *
     * @throws UnknownRunException when there is no such run
     */
    List<RunEvent.Recorded> read(RunId run, long fromOffset);

    /** All runs, oldest first. */
    List<RunId> runs();

    @Override
    void close();
}
