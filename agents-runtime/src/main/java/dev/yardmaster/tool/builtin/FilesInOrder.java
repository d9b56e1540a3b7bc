package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.builtin.FileTree.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Looks into many files, several at a time while others are still being found, and tells of them in their order. Of what is
 * found out no more is kept than of the few files that are ahead. To be used by one thread.
 *
 * @param <R> what is found out about a file
 */
final class FilesInOrder<R> implements AutoCloseable {

    /** No threads are worth it for fewer files. */
    private static final int FEW = 64;

    private static final int BATCH = 16;
    private static final long BATCH_BYTES = 1 << 20;
    private static final int AHEAD = 8;
    private static final int MOST_THREADS = 8;

    private final Supplier<Work<R>> workers;
    private final Teller<R> teller;
    private final Queue<Work<R>> idle = new ConcurrentLinkedQueue<>();
    private final Deque<Batch> ahead = new ArrayDeque<>();

    /** It starts none before it is given something to do. */
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().daemon().name("yardmaster-search-", 0).factory());

    private Batch next = new Batch();
    private int count;

    /** Looks into a file. One is used by one thread at a time. */
    interface Work<R> {
        R of(Found file) throws InterruptedException;
    }

    /** Is told, in the thread that adds files. */
    interface Teller<R> {
        void tell(Found file, R result) throws InterruptedException;
    }

    FilesInOrder(Supplier<Work<R>> workers, Teller<R> teller) {
        this.workers = workers;
        this.teller = teller;
    }

    /** A few files, looked into by one thread; their folders are held until they were, or never will be. */
    private final class Batch {

        final List<Found> files = new ArrayList<>(BATCH);
        final AtomicBoolean begun = new AtomicBoolean();
        final FutureTask<List<R>> results = new FutureTask<>(this::look);
        boolean sent;
        private long bytes;

        void add(Found file) {
            file.in().held();
            files.add(file);
            bytes += file.attributes().size();
        }

        boolean isFull() {
            return files.size() == BATCH || bytes > BATCH_BYTES;
        }

        private List<R> look() throws InterruptedException {
            if (begun.getAndSet(true)) {
                return List.of();
            }
            Work<R> work = Optional.ofNullable(idle.poll()).orElseGet(workers);
            var found = new ArrayList<R>(files.size());
            try {
                for (Found file : files) {
                    found.add(work.of(file));
                }
            } finally {
                letGo();
            }
            idle.add(work);
            return found;
        }

        private void letGo() {
            for (Found file : files) {
                file.in().close();
            }
        }

        void giveUp() {
            if (!begun.getAndSet(true)) {
                letGo();
            }
        }
    }

    void add(Found file) throws InterruptedException {
        next.add(file);
        count++;
        if (next.isFull()) {
            send();
        }
    }

    private void send() throws InterruptedException {
        ahead.add(next);
        if (count > FEW) {
            ahead.forEach(this::start);
        }
        next = new Batch();
        while (ahead.size() > AHEAD) {
            tellFirst();
        }
    }

    private void start(Batch batch) {
        if (!batch.sent) {
            batch.sent = true;
            threads.execute(batch.results);
        }
    }

    /** Tells of all that were added. */
    void finish() throws InterruptedException {
        send();
        while (!ahead.isEmpty()) {
            tellFirst();
        }
    }

    private void tellFirst() throws InterruptedException {
        Batch first = ahead.element(); // until it was waited for, it is one of those to give up
        if (!first.sent) {
            first.results.run();
        }
        List<R> found;
        try {
            found = first.results.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException cancelled) {
                throw cancelled;
            }
            throw new IllegalStateException(e.getCause());
        }
        ahead.remove();
        for (int i = 0; i < found.size(); i++) {
            teller.tell(first.files.get(i), found.get(i));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        next.giveUp();
        for (Batch batch : ahead) {
            batch.giveUp();
        }
    }
}
