package dev.yardmaster.graph;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Drives the engine through a random graph, in a random order of completions or in virtual time. */
final class Simulation {

    private final Behaviour behaviour;
    private final RandomGraph random;
    private final Graph graph;
    private String current = "";

    /** What a run came to. @param started when each execution began; all at 0 in a random order */
    record Seen(Map<String, Long> started, TreeSet<String> failed, String state) {}

    /** What a journal would hold of an end. @param completion empty when it failed */
    private record End(NodePath path, Optional<Fact.NodeCompleted> completion) {}

    Simulation(Shape shape, Behaviour behaviour, int maxIterations) {
        this.behaviour = behaviour;
        this.random = new RandomGraph(behaviour, maxIterations, RandomGraph.Leaves.none(), () -> current);
        this.graph = random.of(shape);
    }

    private Progress begin() {
        return Progress.first(graph, RandomGraph.input());
    }

    Seen inRandomOrder(long seed) {
        return to(Integer.MAX_VALUE, seed, new ArrayList<>());
    }

    /**
     * Dies at a random moment and goes on from what was recorded until then, in another order.
     *
     * @return what both together ran
     */
    Seen killedAndResumed(long seed) {
        var record = new ArrayList<End>();
        var ran = to(Integer.MAX_VALUE, seed, record).started().size();
        record.clear();
        to(new SplittableRandom(seed).nextInt(ran + 1), seed, record);
        var retrace = Retrace.of(graph, RandomGraph.input());
        var started = new TreeMap<String, Long>();
        for (End each : record) {
            if (each.completion().isPresent()) {
                var completed = each.completion().get();
                started.put(each.path().value(), 0L);
                retrace.completed(each.path(), completed.writes(), completed.taken());
            } else {
                retrace.failed(each.path());
            }
        }
        var running = new ArrayList<>(retrace.open());
        drive(retrace.progress(), running, new SplittableRandom(~seed), Integer.MAX_VALUE, started, record);
        return seen(retrace.progress(), started);
    }

    private Seen to(int most, long seed, List<End> record) {
        var progress = begin();
        var started = new TreeMap<String, Long>();
        drive(progress, new ArrayList<>(progress.ready()), new SplittableRandom(seed), most, started, record);
        return most < Integer.MAX_VALUE ? new Seen(started, new TreeSet<>(), "") : seen(progress, started);
    }

    private void drive(
            Progress progress,
            List<Execution> running,
            SplittableRandom order,
            int most,
            Map<String, Long> started,
            List<End> record) {
        for (int i = 0; i < most && !running.isEmpty(); i++) {
            Execution next = running.remove(order.nextInt(running.size()));
            start(started, next, 0);
            finish(progress, next, record);
            running.addAll(progress.ready());
        }
    }

    /** Each node takes its time, and any number of them run at once. */
    Seen inVirtualTime() {
        record Running(Execution execution, long end, int order) {}
        var running = new PriorityQueue<Running>(
                Comparator.comparingLong(Running::end).thenComparingInt(Running::order));
        var progress = begin();
        var started = new TreeMap<String, Long>();
        long now = 0;
        int order = 0;
        var ready = progress.ready();
        while (!ready.isEmpty() || !running.isEmpty()) {
            for (Execution execution : ready) {
                start(started, execution, now);
                long takes = execution.body().isEmpty()
                        ? 0
                        : behaviour.duration(execution.path().value());
                running.add(new Running(execution, now + takes, order++));
            }
            Running first = running.remove();
            now = first.end();
            finish(progress, first.execution(), new ArrayList<>());
            ready = progress.ready();
        }
        return seen(progress, started);
    }

    private static void start(Map<String, Long> started, Execution execution, long now) {
        if (started.put(execution.path().value(), now) != null) {
            throw new AssertionError("'" + execution.path() + "' ran twice");
        }
    }

    private void finish(Progress progress, Execution execution, List<End> record) {
        String path = execution.path().value();
        if (execution.body().isPresent() && behaviour.fails(path)) {
            record.add(new End(execution.path(), Optional.empty()));
            progress.fail(execution, Failure.of("test", "on purpose", execution.path()));
            return;
        }
        Update update = execution.body().isPresent()
                ? random.update(execution.path(), execution.input(), execution.arrivedFrom(), "")
                : Update.none();
        List<String> taken;
        try {
            current = path;
            taken = execution.choose(update);
        } catch (InvalidChoiceException e) {
            record.add(new End(execution.path(), Optional.empty()));
            progress.fail(execution, Failure.of("test", "contradiction", execution.path()));
            return;
        }
        record.add(new End(execution.path(), Optional.of(new Fact.NodeCompleted(update.facts(), taken))));
        progress.complete(execution, update, taken);
    }

    private static Seen seen(Progress progress, Map<String, Long> started) {
        if (!progress.isOver()) {
            throw new AssertionError("nothing runs and the run is not over; it ran " + started.keySet());
        }
        var failed = new TreeSet<String>();
        progress.failures().stream().map(Failure::at).map(NodePath::value).forEach(failed::add);
        String state =
                progress.result().map(result -> Json.of(result.json()).text()).orElse("failed");
        return new Seen(started, failed, state);
    }
}
