package dev.yardmaster.worktree;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turn of one among all who do something, in this process and others: a lock on a file, which a process that dies lets go
 * of. The file stays, for one that was removed could be locked twice.
 */
final class FileTurn {

    /** How long another process may have its turn. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    /** One process has a file's lock as a whole. */
    private static final ConcurrentMap<Path, Lock> HERE = new ConcurrentHashMap<>();

    private final Lock here;
    private final FileChannel channel;

    private FileTurn(Lock here, FileChannel channel) {
        this.here = here;
        this.channel = channel;
    }

    /** Waits for it; whoever has it does not take it again. @throws NoWorktreeException when another process keeps it */
    static FileTurn on(Path file) throws InterruptedException {
        return on(file, PATIENCE);
    }

    static FileTurn on(Path file, Duration patience) throws InterruptedException {
        Lock here = HERE.computeIfAbsent(file, any -> new ReentrantLock());
        here.lockInterruptibly();
        try {
            return new FileTurn(here, locked(file, patience));
        } catch (Throwable e) {
            here.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path file, Duration patience) throws InterruptedException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(channel, file, patience);
                return channel;
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("'" + file + "' cannot be locked: " + FileTrouble.of(e), e);
        }
    }

    private static void lock(FileChannel channel, Path file, Duration patience)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (!isLocked(channel)) {
            if (System.nanoTime() - begun >= patience.toNanos()) {
                throw new NoWorktreeException("another process of Yardmaster has locked '" + file + "' for "
                        + patience.toSeconds() + " s; end it, or wait until it is done, and try again");
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by the same classes, loaded twice into this process
        }
    }

    /** Lets the next have it. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a lock cannot be let go", e);
        } finally {
            here.unlock();
        }
    }
}
