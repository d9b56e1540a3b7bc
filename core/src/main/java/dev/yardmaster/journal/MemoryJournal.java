package dev.yardmaster.journal;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal in memory: nothing survives the process, and nothing is rendered as JSON unless somebody reads it so. Leases
 * never expire, as the process that holds them is the one that asks. What it holds can be read after it was closed.
 */
public final class MemoryJournal implements Journal {

    private final InstantSource clock;
    private final Map<RunId, MemoryLog> logs;
    private volatile boolean closed;

    public MemoryJournal() {
        this(InstantSource.system());
    }

    /** @param clock stamps the entries */
    public MemoryJournal(InstantSource clock) {
        this(clock, new LinkedHashMap<>());
    }

    private MemoryJournal(InstantSource clock, Map<RunId, MemoryLog> logs) {
        this.clock = clock;
        this.logs = logs;
    }

    /** A second journal on the same runs, owning none of them: what another process, or this one restarted, would open. */
    public MemoryJournal another() {
        return new MemoryJournal(clock, logs);
    }

    /**
     * Lets this journal's leases lapse, as those of a process do that dies: others may take its runs over, and then what
     * it appends is refused.
     */
    public void lapse() {
        all().forEach(log -> log.lapse(this));
    }

    @Override
    public Optional<Lease> create(RunId run, List<Entry> first) {
        checkOpen();
        synchronized (logs) {
            if (logs.containsKey(run)) {
                return Optional.empty();
            }
            var log = new MemoryLog(run, clock, first);
            logs.put(run, log);
            return Optional.of(log.acquire(this));
        }
    }

    @Override
    public Lease acquire(RunId run) {
        checkOpen();
        return log(run).acquire(this);
    }

    @Override
    public List<RunEvent.Recorded> read(RunId run, long fromOffset) {
        return log(run).from(fromOffset);
    }

    private MemoryLog log(RunId run) {
        synchronized (logs) {
            MemoryLog log = logs.get(run);
            if (log == null) {
                throw new UnknownRunException(run);
            }
            return log;
        }
    }

    private List<MemoryLog> all() {
        synchronized (logs) {
            return new ArrayList<>(logs.values());
        }
    }

    void checkOpen() {
        if (closed) {
            throw new JournalFailedException(JournalFailedException.Reason.CLOSED, "the journal is closed", null);
        }
    }

    @Override
    public List<RunSummary> runs(RunQuery query) {
        return all().reversed().stream()
                .map(MemoryLog::summary)
                .filter(query::fits)
                .limit(query.limit())
                .toList();
    }

    @Override
    public void answer(RunId run, Answer answer) {
        checkOpen();
        log(run).answer(answer);
    }

    @Override
    public void cancel(RunId run, String reason) {
        checkOpen();
        log(run).cancel(reason);
    }

    @Override
    public RunRequests requests(RunId run) {
        return log(run).requests();
    }

    @Override
    public List<RunId> prune(RunQuery query) {
        checkOpen();
        synchronized (logs) {
            List<RunId> gone = runs(query).stream()
                    .filter(run -> run.status().isEnd() && !run.owned())
                    .map(RunSummary::id)
                    .toList();
            gone.forEach(logs::remove);
            return gone;
        }
    }

    @Override
    public void close() {
        closed = true;
        lapse();
    }
}
