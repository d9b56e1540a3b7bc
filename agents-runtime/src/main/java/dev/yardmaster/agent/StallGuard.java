package dev.yardmaster.agent;

import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Stops calls of an application's own tools that give no sign of life for too long: a call is interrupted, and the model is
 * told. A line of progress is a sign of life. Built-in tools have limits of their own, or wait for others by right. A tool
 * that ignores interrupts goes on.
 */
final class StallGuard {

    static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration patience;
    private final Executor sweeper;
    private final LongSupplier nanos;
    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    StallGuard(Duration patience) {
        this(patience, sweep -> Thread.ofVirtual().name("stalls").start(sweep), System::nanoTime);
    }

    /** @param sweeper where it is looked from time to time, as long as there are calls */
    StallGuard(Duration patience, Executor sweeper, LongSupplier nanos) {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("a tool needs longer than nothing to give a sign of life: " + patience);
        }
        this.patience = patience;
        this.sweeper = sweeper;
        this.nanos = nanos;
    }

    private void sweep() {
        Duration quarter = patience.dividedBy(4);
        try {
            do {
                Thread.sleep(quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE);
                look();
            } while (goesOn());
        } catch (InterruptedException e) {
            sweeping.set(false); // nobody does that; the next call starts it again
        }
    }

    private boolean goesOn() {
        if (!running.isEmpty()) {
            return true;
        }
        sweeping.set(false);
        return !running.isEmpty() && sweeping.compareAndSet(false, true); // one came just now
    }

    /** Stops what was silent for too long. */
    void look() {
        running.forEach(Watch::look);
    }

    /** Runs a call. @throws Exception what the tool throws, unless it was stopped here */
    ToolResult run(Tool tool, ToolCall call, ToolContext context) throws Exception {
        if (BuiltinTools.isOne(tool)) {
            return tool.run(call, context);
        }
        var watch = new Watch();
        running.add(watch);
        if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            sweeper.execute(this::sweep);
        }
        try {
            ToolResult result = tool.run(call, watch.heardBy(context));
            if (!watch.end()) {
                return result;
            }
            Thread.interrupted(); // the thread goes on
            return result instanceof ToolResult.Failed ? stopped(tool) : result; // which came just in time
        } catch (Exception e) {
            if (!watch.end()) {
                throw e;
            }
            Thread.interrupted();
            return stopped(tool);
        }
    }

    private ToolResult stopped(Tool tool) {
        return new ToolResult.Failed(tool.name() + " gave no sign of life for " + minutes()
                + " and was stopped; what it had begun may have happened");
    }

    private String minutes() {
        return patience.toMinutes() > 0 ? patience.toMinutes() + " min" : patience.toMillis() + " ms";
    }

    /** A call under way. */
    private final class Watch {

        private final Thread thread = Thread.currentThread();
        private volatile long lastSign = nanos.getAsLong();
        private boolean over;
        private boolean stopped;

        ToolContext heardBy(ToolContext context) {
            return context.withProgress(line -> {
                lastSign = nanos.getAsLong();
                context.progress().accept(line);
            });
        }

        synchronized void look() {
            if (!over && !stopped && nanos.getAsLong() - lastSign >= patience.toNanos()) {
                stopped = true;
                thread.interrupt();
            }
        }

        /** @return whether it was stopped */
        synchronized boolean end() {
            over = true;
            running.remove(this);
            return stopped;
        }
    }
}
