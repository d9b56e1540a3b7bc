package dev.yardmaster.journal;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A journal in memory: nothing survives the process, and nothing is rendered as JSON unless somebody reads it so. */
public final class MemoryJournal implements Journal {

    private final InstantSource clock;
    private final Map<RunId, Log> logs = new LinkedHashMap<>();

    public MemoryJournal() {
        this(InstantSource.system());
    }

    /** @param clock stamps the entries */
    public MemoryJournal(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Lease> create(RunId run, Entry admitted) {
        synchronized (logs) {
            if (logs.containsKey(run)) {
                return Optional.empty();
            }
            var log = new Log(run);
            log.append(admitted);
            logs.put(run, log);
            return Optional.of(log);
        }
    }

    @Override
    public List<RunEvent.Recorded> read(RunId run, long fromOffset) {
        return log(run).from(fromOffset);
    }

    private Log log(RunId run) {
        synchronized (logs) {
            Log log = logs.get(run);
            if (log == null) {
                throw new UnknownRunException(run);
            }
            return log;
        }
    }

    @Override
    public List<RunId> runs() {
        synchronized (logs) {
            return List.copyOf(logs.keySet());
        }
    }

    @Override
    public void close() {
        // nothing to give back
    }

    /** The entries of one run. There is one owner: the process. */
    private final class Log implements Lease {

        private final RunId run;
        private final List<RunEvent.Recorded> entries = new ArrayList<>();

        private Log(RunId run) {
            this.run = run;
        }

        @Override
        public RunId run() {
            return run;
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public synchronized RunEvent.Recorded append(Entry entry) {
            var recorded = new RunEvent.Recorded(run, entries.size(), clock.instant(), entry);
            entries.add(recorded);
            return recorded;
        }

        private synchronized List<RunEvent.Recorded> from(long offset) {
            int first = Math.clamp(offset, 0, entries.size());
            return List.copyOf(entries.subList(first, entries.size()));
        }

        @Override
        public void flush() {
            // memory is as durable as it gets
        }

        @Override
        public void close() {
            // the process stays the owner
        }
    }
}
