package dev.yardmaster.agent;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.tool.Liaison;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Stops calls of an application's own tools that give no sign of life for too long: a call is interrupted, and the model is
 * told. A line of progress is a sign of life, and the time in which it waits for a person or another agent does not count.
 * Built-in tools have limits of their own. A tool that ignores interrupts goes on.
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
        var watch = new Watch(context);
        running.add(watch);
        if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            sweeper.execute(this::sweep);
        }
        try {
            ToolResult result = tool.run(call, watch.watched());
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

    /** Something that others do. */
    @FunctionalInterface
    private interface Waiting<T> {
        T come() throws InterruptedException;
    }

    /** A call under way. */
    private final class Watch implements Liaison {

        private final Thread thread = Thread.currentThread();
        private volatile long lastSign = nanos.getAsLong();
        private final ToolContext context;
        private int waiting;
        private boolean over;
        private boolean stopped;

        Watch(ToolContext context) {
            this.context = context;
        }

        ToolContext watched() {
            return context.with(
                    line -> {
                        lastSign = nanos.getAsLong();
                        context.progress().accept(line);
                    },
                    this);
        }

        @Override
        public ToolResult handOff(String agent, String task, String model) throws InterruptedException {
            return waits(() -> context.liaison().handOff(agent, task, model));
        }

        @Override
        public ToolResult handOffApart(String agent, String task, String model) throws InterruptedException {
            return waits(() -> context.liaison().handOffApart(agent, task, model));
        }

        @Override
        public Optional<ToolResult> handOver(String agent, String task, String model, List<String> without)
                throws InterruptedException {
            return waits(() -> context.liaison().handOver(agent, task, model, without));
        }

        @Override
        public Answer ask(Question question) throws InterruptedException {
            return waits(() -> context.liaison().ask(question));
        }

        @Override
        public Optional<ToolResult.Text> read(String text, String question) throws InterruptedException {
            return waits(() -> context.liaison().read(text, question));
        }

        private <T> T waits(Waiting<T> what) throws InterruptedException {
            count(1);
            try {
                return what.come();
            } finally {
                count(-1);
            }
        }

        private synchronized void count(int more) {
            waiting += more;
            lastSign = nanos.getAsLong();
        }

        synchronized void look() {
            if (!over && !stopped && waiting == 0 && nanos.getAsLong() - lastSign >= patience.toNanos()) {
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
