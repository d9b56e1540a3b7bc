package dev.yardmaster.run;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodePolicy;
import dev.yardmaster.graph.Update;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs one node under its policy: when there is a permit, again when it fails, and no longer than it may. Between two
 * attempts others may have its permit.
 */
final class NodeRunner {

    /** What nearly every execution begins with, and journals keep. */
    private static final Fact FIRST_START = new Fact.NodeStarted(1);

    private final LiveRun live;
    private final Shell shell;
    private final Limits limits;

    NodeRunner(LiveRun live, Shell shell) {
        this.live = live;
        this.shell = shell;
        this.limits = shell.limits().forRun();
    }

    /** Blocks until the node has come to something. @throws Exception what its last attempt threw */
    Update run(Execution execution, Node body) throws Exception {
        NodePolicy policy = execution.policy();
        boolean timed = policy.timeout().isPresent();
        try (Permit permit = limits.acquire(body.kind(), timed, shell.clock())) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return attempt(execution, body, policy.timeout(), attempt, permit);
                } catch (Exception e) {
                    if (live.isStopping()
                            || !policy.triesAgain(attempt, e)
                                    && policy.fallback().isEmpty()) {
                        throw e;
                    }
                    NodePath path = execution.path();
                    live.record().append(path, new Fact.NodeFailed(Failures.of(e, path), true));
                    if (!policy.triesAgain(attempt, e)) {
                        permit.regain(); // an attempt that was interrupted while it waited has not
                        return attempt(
                                execution,
                                inItsOwnScope(policy.fallback().orElseThrow()),
                                Optional.empty(),
                                attempt + 1,
                                permit);
                    }
                    pause(policy.delay(attempt), permit);
                }
            }
        }
    }

    /** What the first body's attempts recorded under the same names is not the fallback's. */
    private static Node inItsOwnScope(Node fallback) {
        return (state, context) -> fallback.run(state, context.scope("fallback"));
    }

    private void pause(Duration wait, Permit permit) throws InterruptedException {
        permit.lentWhile(() -> {
            shell.pause().pause(wait);
            return wait;
        });
    }

    private Update attempt(Execution execution, Node body, Optional<Duration> timeout, int attempt, Permit permit)
            throws Exception {
        NodePath path = execution.path();
        StepMemory memory = attempt == 1 ? live.memory() : live.memoryNow();
        int before = memory.attempts(path);
        live.record().append(path, before == 0 ? FIRST_START : new Fact.NodeStarted(before + 1));
        var steps = new Steps(live, execution, memory, permit);
        Update update = timeout.isPresent()
                ? inTime(timeout.get(), execution, body, steps, permit)
                : body.run(execution.input(), steps);
        Objects.requireNonNull(
                update, "the node returned null; Update.none() is what a node returns that writes nothing");
        execution.check(update);
        return update;
    }

    /** The time in which it only waits, for a person or a timer, is not its own. */
    private Update inTime(Duration limit, Execution execution, Node body, Steps steps, Permit permit) throws Exception {
        Thread worker = Thread.currentThread();
        var watchdog = new Watchdog(shell.pause(), limit, permit::waited, worker::interrupt);
        try {
            return body.run(execution.input(), steps);
        } catch (Exception e) {
            if (!watchdog.hasFired() || live.isStopping()) {
                throw e;
            }
            var late = new NodeTimeoutException(execution.path(), limit);
            late.addSuppressed(e);
            throw late;
        } finally {
            watchdog.close();
            if (watchdog.hasFired() && !live.isStopping()) {
                Thread.interrupted(); // the thread goes on with other work
            }
        }
    }
}
