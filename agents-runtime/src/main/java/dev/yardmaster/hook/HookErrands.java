package dev.yardmaster.hook;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hooks that were started and that nobody waits for, 16 at once. What they say is logged. When the work that they are of is
 * over, those that still run have five seconds more, then they are stopped; at once when it is interrupted. Thread-safe.
 */
public final class HookErrands implements AutoCloseable {

    private static final int MOST = 16;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private @Nullable ExecutorService threads;
    private final Semaphore places = new Semaphore(MOST);
    private final Duration grace;

    public HookErrands() {
        this(GRACE);
    }

    HookErrands(Duration grace) {
        this.grace = grace;
    }

    /** @return no opinion, or that it was not started */
    HookAnswer start(Hook hook, HookInput input) {
        if (!places.tryAcquire()) {
            return HookAnswer.failed("it was not started: " + MOST + " hooks that nobody waits for are running");
        }
        threads().submit(() -> {
            try {
                log().info("{} of {}: {}", hook, hook.source(), said(hook, input));
            } catch (InterruptedException e) {
                log().info("{} of {} was stopped: the work was over", hook, hook.source());
            } finally {
                places.release();
            }
        });
        return HookAnswer.none();
    }

    /** Not made with the class: every agent has errands, and hardly any runs one. */
    private static Logger log() {
        return LoggerFactory.getLogger(HookErrands.class);
    }

    private synchronized ExecutorService threads() {
        if (threads == null) {
            threads = Executors.newVirtualThreadPerTaskExecutor();
        }
        return threads;
    }

    private static String said(Hook hook, HookInput input) throws InterruptedException {
        if (hook.handler() instanceof CommandHandler command) {
            return command.errand(input);
        }
        HookAnswer answer = Hooks.answer(hook, input);
        return answer.failure().isEmpty() ? (answer.reason() + " " + answer.message()).strip() : answer.failure();
    }

    /** Waits for them as long as they have, and until they are gone. */
    @Override
    public synchronized void close() {
        if (threads == null) {
            return;
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.close();
    }
}
